# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail becomes a ticket, an agent answers it from a mail client, the answer arrives: once per client's shape."""

from __future__ import annotations

import re
import unittest

import harness
from people import AGENT_TOKEN, Person, Received

QUESTION = """Hello,

since Monday the VPN drops about once an hour, always in the middle of a call. I have to sign in again
every time. I work from home over Wi-Fi. Can you help?

Regards
Tessa
"""
ANSWER = "Hello Tessa, please have a look at the article below. If it drops again after that, tell me the time."
FOLLOW_UP = "I did all of that, but it dropped again today at 13:40. What now?"
OFFER = re.compile(r"^(\d)\. (.+) \(write /use \1 on top of your answer\)$", re.MULTILINE)


def squeezed(text: str) -> str:
    """Words with single blanks between them."""
    return " ".join(text.split())


class MailStory(harness.Story):
    """The whole walk of a mail, there and back twice."""

    def test_walk(self) -> None:
        """The same story for every pair of clients."""
        for shape, question_shape in (("outlook", "outlook"), ("outlook-plain", "outlook-plain"), ("gmail", "gmail"),
                                      ("apple", "apple"), ("thunderbird", "thunderbird-bottom"),
                                      ("thunderbird-bottom", "thunderbird")):
            with self.subTest(agent=shape, requester=question_shape):
                self.walk(shape, question_shape)

    def walk(self, shape: str, question_shape: str) -> None:
        """Question, acknowledgement, notice, answer, follow-up, end."""
        tessa = Person(self.servers, "Tessa Lind", f"tessa.{shape}@example.net", question_shape)
        sam = Person(self.servers, "Sam Example", "sam@example.org", shape)
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org")
        for person in (tessa, sam, kari):
            self.addCleanup(person.leave)

        question = tessa.send(f"VPN drops every hour ({shape})", QUESTION)
        acknowledgement = tessa.wait_for_kind("acknowledgement")
        ticket = acknowledgement.ticket
        self.check_acknowledgement(acknowledgement, str(question["Message-ID"]))

        notice = sam.wait_for_kind("opened", ticket)
        titles = self.check_notice(notice, kari.wait_for_kind("opened", ticket))

        sam.reply(notice, "/use 1\n" + ANSWER)
        answer = tessa.wait_for_kind("answer", ticket)
        self.check_answer(answer, notice, titles[0])
        receipt = sam.wait_for_kind("receipt", ticket)
        self.assertIn(titles[0], receipt.text)

        tessa.reply(answer, FOLLOW_UP)
        wrote = sam.wait_for_kind("wrote", ticket)
        self.check_follow_up(wrote)

        sam.reply(wrote, "/close")
        closed = tessa.wait_for_kind("closed", ticket)
        self.check_clean(closed, wrote)
        second = sam.wait_for_kind("receipt", ticket, after=receipt)
        self.assertIn("closed", second.text)
        self.check_end(ticket, tessa, sam, kari)

    def check_acknowledgement(self, mail: Received, question_id: str) -> None:
        """Marked as automatic, threaded, with the number, answerable."""
        self.assertEqual("auto-generated", mail["Auto-Submitted"])
        self.assertEqual("All", mail["X-Auto-Response-Suppress"])
        self.assertRegex(mail["Message-ID"], r"^<[^<>@\s]+@example\.org>$")
        self.assertIn(question_id, mail["References"])
        self.assertEqual(question_id, mail["In-Reply-To"])
        self.assertIn(f"[#{mail.ticket}]", mail["Subject"])
        self.assertIn(f"#{mail.ticket}", mail.text)
        self.assertEqual(("Example IT", harness.SUPPORT), mail.sender)
        self.assertRegex(mail.reply_address, r"^support\+\d+\.rr\.[^@]+@example\.org$")
        self.assertIsNone(AGENT_TOKEN.search(mail.everything()))

    def check_notice(self, mail: Received, colleagues: Received) -> list[str]:
        """The requester's words, three numbered articles, a token of this agent's own; returns the titles."""
        self.assertIn("always in the middle of a call", squeezed(mail.text))
        self.assertIn("Tessa Lind", mail.text)
        offers = OFFER.findall(mail.text)
        self.assertEqual(["1", "2", "3"], [number for number, _ in offers], mail.text)
        self.assertRegex(mail.reply_address, AGENT_TOKEN)
        self.assertNotEqual(mail.reply_address, colleagues.reply_address)
        self.assertNotEqual(mail["Message-ID"], colleagues["Message-ID"])
        self.assertEqual("auto-generated", mail["Auto-Submitted"])
        return [title for _, title in offers]

    def check_answer(self, mail: Received, notice: Received, title: str) -> None:
        """The agent's words and the article, from the desk with the agent's name."""
        for body in (mail.text, mail.html):
            self.assertIn("tell me the time", squeezed(body))
            self.assertIn(title, body)
        self.assertEqual(("Sam Example", harness.SUPPORT), mail.sender)
        self.assertEqual("", mail["Auto-Submitted"])
        self.assertIn(f"[#{mail.ticket}]", mail["Subject"])
        hits = self.desk.spocctl("kb", "search", title, "--limit", "1")
        article = (harness.ROOT / "etc/demo/kb" / hits[0]["path"]).read_text("utf-8").split("---", 2)[2]
        opening = next(line for line in article.splitlines() if line[:1].isalpha())
        self.assertIn(" ".join(opening.replace("*", "").split()[:5]), squeezed(mail.text))
        self.check_clean(mail, notice)

    def check_clean(self, mail: Received, notice: Received) -> None:
        """Nothing of what the agent's client quoted, no command, no token of an agent."""
        found = mail.everything()
        self.assertIsNone(AGENT_TOKEN.search(found))
        self.assertNotIn(notice["Message-ID"].strip("<>"), found)
        for trace in ("/use", "/close", "New ticket from", "May help:", "Original Message", "nobody has taken it",
                      "blockquote", "Sent from my iPhone", "Sent with care", "sam@example.org", "/take"):
            self.assertNotIn(trace, found)

    def check_follow_up(self, wrote: Received) -> None:
        """The agent sees the new words as the new ones; the quotation is not among them."""
        news = wrote.text.split("Before that:")[0]
        self.assertIn("dropped again today at 13:40", squeezed(news))
        self.assertNotIn("please have a look at the article below", squeezed(news))

    def check_end(self, ticket: int, tessa: Person, sam: Person, kari: Person) -> None:
        """One closed ticket with three messages, and nobody got anything more."""
        self.desk.settle()
        shown = self.desk.ticket(ticket)
        self.assertEqual("closed", shown["ticket"]["status"])
        self.assertEqual("sam", shown["ticket"]["assignee"])
        said = [(message["kind"], message["author"], message["rule"]) for message in shown["messages"]]
        self.assertEqual([("inbound", tessa.address, "new"), ("outbound", "sam@example.org", "token"),
                          ("inbound", tessa.address, "token")], said)
        self.assertEqual({"sent"}, {letter["state"] for letter in shown["letters"]})
        self.assertEqual(["acknowledgement", "answer", "closed"], tessa.kinds(ticket))
        self.assertEqual(["opened", "receipt", "wrote", "receipt"], sam.kinds(ticket))
        self.assertEqual(["opened"], kari.kinds(ticket))
        self.assertEqual(1, sum(tessa.address == one["requester"] for one in self.desk.tickets()))


if __name__ == "__main__":
    unittest.main()
