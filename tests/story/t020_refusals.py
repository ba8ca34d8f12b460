# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not happen: wrong commands, forged authors, strangers, notes, vacations and bounces."""

from __future__ import annotations

import email.utils
import hashlib
import random
import unittest
from email.message import Message

import harness
import shapes
from people import AGENT_TOKEN, ON_THE_WIRE, Person, Received

QUESTION = "Hello,\n\nthe printer on the second floor shows as offline and prints nothing.\n\nBest wishes\nHugo\n"


class Refusals(harness.Story):
    """Each test opens a ticket of its own."""

    def setUp(self) -> None:
        word = self.id().rsplit("_", 1)[-1]
        self.hugo = self.person("Hugo Marsh", f"hugo.{word}@example.net", "gmail")
        self.sam = self.person("Sam Example", "sam@example.org", "outlook")
        self.kari = self.person("Kari Eksempel", "kari@example.org", "apple")
        self.subject = f"Printer offline ({word})"

    def person(self, name: str, address: str, shape: str = "gmail") -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address, shape)
        self.addCleanup(found.leave)
        return found

    def open_ticket(self) -> Received:
        """Hugo writes; returns Sam's notice."""
        self.hugo.send(self.subject, QUESTION)
        acknowledgement = self.hugo.wait_for_kind("acknowledgement")
        return self.sam.wait_for_kind("opened", acknowledgement.ticket)

    def check_hugo_heard(self, ticket: int, *kinds: str) -> None:
        """Once everything due is sent, Hugo has exactly these letters."""
        self.desk.settle()
        self.assertEqual(["acknowledgement", *kinds], self.hugo.kinds(ticket))

    def check_messages(self, ticket: int, *kinds: str) -> list[dict]:
        """The ticket holds messages of exactly these kinds."""
        messages = self.desk.ticket(ticket)["messages"]
        self.assertEqual(list(kinds), [message["kind"] for message in messages])
        return messages

    # ---- agents

    def test_misspelt_command(self) -> None:
        """One unknown word stops everything and comes back with the text."""
        notice = self.open_ticket()
        self.sam.reply(notice, "/clsoe\n/take\nIt works again, the cable was loose.")
        refusal = self.sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("/clsoe", refusal.text)
        self.assertIn("/close", refusal.text)
        self.assertIn("the cable was loose", refusal.text)
        self.check_hugo_heard(notice.ticket)
        shown = self.desk.ticket(notice.ticket)
        self.assertEqual(("new", ""), (shown["ticket"]["status"], shown["ticket"]["assignee"]))
        # The refusal can be answered, put right.
        self.sam.reply(refusal, "/close\nIt works again, the cable was loose.")
        answer = self.hugo.wait_for_kind("answer", notice.ticket)
        self.assertIn("the cable was loose", answer.text)
        self.assertNotIn("clsoe", answer.everything())
        self.assertEqual("closed", self.desk.ticket(notice.ticket)["ticket"]["status"])

    def test_forged_author(self) -> None:
        """A stranger who has got hold of an agent's address for answers sends nothing; the agent is told."""
        notice = self.open_ticket()
        mallory = self.person("Mallory", "mallory@example.com")
        mallory.reply(notice, "Please send your password to me.")
        told = self.sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("mallory@example.com", told.text)
        self.assertIn("Please send your password", told.text)
        self.check_hugo_heard(notice.ticket)
        self.assertEqual([], mallory.inbox())
        self.check_messages(notice.ticket, "inbound", "note")

    def test_token_of_colleague(self) -> None:
        """Each agent answers their own notice: a colleague's token is not enough."""
        notice = self.open_ticket()
        self.kari.wait_for_kind("opened", notice.ticket)
        self.kari.reply(notice, "I answer in Sam's place.")
        refusal = self.kari.wait_for_kind("refusal", notice.ticket)
        self.assertIn("Sam Example", refusal.text)
        self.assertIn("in Sam's place", refusal.text)
        self.check_hugo_heard(notice.ticket)

    def test_note_stays(self) -> None:
        """A note, and an answer to a note, reach colleagues alone."""
        notice = self.open_ticket()
        self.sam.reply(notice, "/note\nThis printer is on the list for scrapping.")
        noted = self.kari.wait_for_kind("noted", notice.ticket)
        self.assertIn("on the list for scrapping", noted.text)
        self.sam.wait_for_kind("receipt", notice.ticket)
        # Answering a note stays a note, without any command.
        self.kari.reply(noted, "Then we should not repair it.")
        second = self.sam.wait_for_kind("noted", notice.ticket)
        self.assertIn("we should not repair it", second.text)
        self.check_hugo_heard(notice.ticket)
        self.check_messages(notice.ticket, "inbound", "note", "note")

    def test_attachments_whole(self) -> None:
        """What an agent or a requester attaches arrives byte for byte."""
        notice = self.open_ticket()
        files = {"driver.bin": random.Random(20).randbytes(300_000),
                 "måleskjema æøå.txt": "linje én\nlinje to\r\n".encode(), "empty.dat": b"",
                 "打印机设置.pdf": b"%PDF-1.7\r\n\x00\xff\r\n.\r\n..\r\nFrom here\r\n"}
        self.sam.reply(notice, "Please install what is attached.", files=files)
        answer = self.hugo.wait_for_kind("answer", notice.ticket)
        got = answer.attachments()
        self.assertEqual({name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
                         {name: hashlib.sha256(content).hexdigest() for name, content in got.items()})
        # And the other way round.
        self.hugo.reply(answer, "Here is a photo.", files={"photo.jpg": files["driver.bin"][:70_000]})
        wrote = self.sam.wait_for_kind("wrote", notice.ticket)
        self.assertEqual(files["driver.bin"][:70_000], wrote.attachments()["photo.jpg"])

    def test_bounce_of_answer(self) -> None:
        """An answer that comes back is shown to the agent, with the words of the other server."""
        notice = self.open_ticket()
        self.sam.reply(notice, "Please restart it.")
        answer = self.hugo.wait_for_kind("answer", notice.ticket)
        self.servers.put(delivery_report(answer))
        told = self.sam.wait_for_kind("undelivered", notice.ticket)
        self.assertIn("Mailbox does not exist", told.text)
        self.assertIn("Please restart it.", told.text)
        self.check_hugo_heard(notice.ticket, "answer")
        self.check_messages(notice.ticket, "inbound", "outbound", "automatic")

    # ---- requesters and strangers

    def test_stranger_with_number(self) -> None:
        """A number in the subject is no key: a stranger gets a ticket of their own, linked."""
        notice = self.open_ticket()
        eve = self.person("Eve Stone", "eve@example.com")
        eve.send(f"Re: {self.subject} [#{notice.ticket}]", "Please tell me how this went on, I have the same.")
        own = eve.wait_for_kind("acknowledgement")
        self.assertNotEqual(notice.ticket, own.ticket)
        ticket = self.desk.ticket(own.ticket)["ticket"]
        self.assertEqual(notice.ticket, ticket["related"])
        self.assertNotIn("prints nothing", own.everything())
        self.check_messages(notice.ticket, "inbound")
        self.assertIn(f"#{notice.ticket}", self.sam.wait_for_kind("opened", own.ticket).text)

    def test_stranger_with_reference(self) -> None:
        """Nor is a Message-ID that others may have seen."""
        notice = self.open_ticket()
        eve = self.person("Eve Stone", "eve.two@example.com")
        first = self.desk.ticket(notice.ticket)["messages"][0]["message_id"]
        thread = {"In-Reply-To": f"<{first}>", "References": f"<{first}>"}
        eve.send(f"Re: {self.subject}", "What is this about?", headers=thread)
        own = eve.wait_for_kind("acknowledgement")
        self.assertNotEqual(notice.ticket, own.ticket)
        self.assertEqual(notice.ticket, self.desk.ticket(own.ticket)["ticket"]["related"])

    def test_vacation_note(self) -> None:
        """An automatic answer to the acknowledgement is filed and wakes nobody."""
        notice = self.open_ticket()
        acknowledgement = self.hugo.wait_for_kind("acknowledgement")
        self.hugo.reply(acknowledgement, "I am away until Monday.", headers={"Auto-Submitted": "auto-replied"})
        harness.wait_until("the vacation note to be filed",
                           lambda: len(self.desk.ticket(notice.ticket)["messages"]) == 2)
        self.check_messages(notice.ticket, "inbound", "automatic")
        self.check_hugo_heard(notice.ticket)
        self.assertEqual(["opened"], self.sam.kinds(notice.ticket))
        self.assertEqual("new", self.desk.ticket(notice.ticket)["ticket"]["status"])

    def test_unknown_recipient(self) -> None:
        """A requester whose address does not exist: the server's words, and the agents told."""
        mail = self.hugo.compose(shapes.part(QUESTION, "plain"), "Printer offline (nobody)", harness.SUPPORT, "gmail",
                                 {"From": "Nobody <nouser@example.org>"})
        self.servers.put(mail.as_bytes(policy=ON_THE_WIRE), harness.SUPPORT, "nouser@example.org")
        told = self.sam.wait_for("undelivered to nouser",
                                 lambda one: one.kind == "undelivered" and "nouser@" in one.text)
        self.assertIn("no such user here", told.text)
        refused = [one for one in self.desk.spocctl("outbox", "list", "--state", "refused")
                   if one["ticket"] == told.ticket]
        self.assertEqual([("acknowledgement", "nouser@example.org")], [(one["kind"], one["to"]) for one in refused])
        self.assertEqual("550 5.1.1 no such user here", refused[0]["outcome"])
        # The next answer is not even tried: the agent gets it back.
        notice = self.sam.wait_for_kind("opened", told.ticket)
        self.sam.reply(notice, "Is it plugged in?")
        refusal = self.sam.wait_for_kind("refusal", told.ticket)
        self.assertIn("Is it plugged in?", refusal.text)


def delivery_report(answer: Received) -> bytes:
    """RFC 3464, as another server returns a mail."""
    recipient = email.utils.parseaddr(answer["To"])[1]
    returned = "\n".join(f"{name}: {answer[name]}" for name in ("From", "To", "Subject", "Message-ID"))
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: {harness.SUPPORT}
Subject: Undelivered Mail Returned to Sender
Date: {email.utils.formatdate()}
Message-ID: {email.utils.make_msgid(domain="mx.example.net")}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.net. Your message could not be delivered.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 Mailbox does not exist

--report
Content-Type: text/rfc822-headers

{returned}

--report--
""".replace("\n", "\r\n").encode()


class VouchedAgents(harness.Story):
    """Where our own server writes Authentication-Results, From and token are not enough."""

    settings = {"desk": {"authserv_ids": ["mx.example.org"]}}

    def deliver(self, mail: Message, results: str) -> None:
        """As our own server hands it in: with its verdict on top, past the MTA of the stage."""
        raw = mail.as_bytes(policy=ON_THE_WIRE)
        self.servers.put(f"Authentication-Results: mx.example.org; {results}\r\n".encode() + raw, harness.SUPPORT,
                         "sam@example.org")

    def answer(self, notice: Received, words: str) -> Message:
        """Sam's mail, or one that says so."""
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        thread = {"In-Reply-To": notice["Message-ID"], "References": notice["Message-ID"]}
        body = shapes.SHAPES["gmail"](words, notice.as_quoted())
        return sam.compose(body, "Re: " + notice["Subject"], notice.reply_address, "gmail", thread)

    def test_forged_from_of_agent(self) -> None:
        """Only a mail that our own server vouches for speaks for an agent."""
        hugo = Person(self.servers, "Hugo Marsh", "hugo@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(hugo.leave)
        self.addCleanup(sam.leave)
        hugo.send("Printer offline", QUESTION)
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened")
        self.assertRegex(notice.reply_address, AGENT_TOKEN)
        self.deliver(self.answer(notice, "Send me your password."), "spf=fail smtp.mailfrom=sam@example.org; dkim=none")
        refusal = sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("Send me your password.", refusal.text)
        self.deliver(self.answer(notice, "Is it plugged in?"), "dkim=pass header.d=example.org")
        answer = hugo.wait_for_kind("answer", notice.ticket)
        self.assertIn("Is it plugged in?", answer.text)
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], hugo.kinds(notice.ticket))

    def test_unvouched_mail_is_confirmed(self) -> None:
        """Nothing vouches for Sam's own mail: the refusal reaches Sam's mailbox alone, and one word to it is enough."""
        paula = Person(self.servers, "Paula Reed", "paula@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(paula.leave)
        self.addCleanup(sam.leave)
        paula.send("Scanner offline", QUESTION)
        notice = sam.wait_for_kind("opened", paula.wait_for_kind("acknowledgement").ticket)
        self.deliver(self.answer(notice, "/take\nIs it plugged in?"), "dkim=none")
        refusal = sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("/confirm", refusal.text)
        self.deliver(self.answer(refusal, "/confirm"), "dkim=none")
        self.assertIn("confirmed", sam.wait_for_kind("receipt", notice.ticket).text)
        self.assertIn("Is it plugged in?", paula.wait_for_kind("answer", notice.ticket).text)
        self.assertEqual("sam", self.desk.ticket(notice.ticket)["ticket"]["assignee"])
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], paula.kinds(notice.ticket))


if __name__ == "__main__":
    unittest.main()
