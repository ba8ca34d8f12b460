# SPDX-License-Identifier: GPL-3.0-or-later
"""How people work with the desk: languages, second thoughts, colleagues, reopening, commands, too much mail."""

from __future__ import annotations

import base64
import email.utils
import re
import time
import unittest

import harness
import shapes
from people import ON_THE_WIRE, Person, Received


class Desk(harness.Story):
    """People of every test."""

    def setUp(self) -> None:
        self.word = self.id().rsplit("_", 1)[-1]
        self.tessa = self.person("Tessa Lind", f"tessa.{self.word}@example.net")
        self.sam = self.person("Sam Example", "sam@example.org")
        self.kari = self.person("Kari Eksempel", "kari@example.org", "apple")

    def person(self, name: str, address: str, shape: str = "gmail") -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address, shape)
        self.addCleanup(found.leave)
        return found

    def open_ticket(self, words: str = "My laptop has become slow.") -> Received:
        """Tessa writes; returns Sam's notice."""
        self.tessa.send(f"Laptop ({self.word})", words)
        return self.sam.wait_for_kind("opened", self.tessa.wait_for_kind("acknowledgement").ticket)

    def state(self, number: int) -> dict:
        """The ticket's own facts."""
        return self.desk.ticket(number)["ticket"]


class Languages(Desk):
    """Everybody is written to in their own language; agents in theirs."""

    settings = {"agent": [{**harness.AGENTS[0]}, {**harness.AGENTS[1], "language": "nb"}]}

    def write(self, charset: str, subject: str, words: str, name: str) -> tuple[Received, Person]:
        """A mail in an old charset; returns the acknowledgement."""
        person = self.person(name, f"person.{charset}@example.net")
        coded = base64.b64encode(subject.encode(charset)).decode()
        sender = base64.b64encode(name.encode(charset)).decode()
        raw = (f"From: =?{charset}?B?{sender}?= <{person.address}>\r\nTo: {harness.SUPPORT}\r\n"
               f"Subject: =?{charset}?B?{coded}?=\r\nMessage-ID: <lang.{charset}@mail.example.net>\r\n"
               f"Date: {email.utils.formatdate()}\r\nMIME-Version: 1.0\r\n"
               f"Content-Type: text/plain; charset={charset}\r\n"
               "Content-Transfer-Encoding: 8bit\r\n\r\n").encode() + words.encode(charset)
        self.servers.put(raw, harness.SUPPORT, person.address)
        return person.wait_for_kind("acknowledgement"), person

    def test_each_language(self) -> None:
        """Detected from what was written, in four charsets; the notice is in the agent's language."""
        norwegian = "Hei,\r\nskriveren i andre etasje virker ikke lenger. Kan dere hjelpe meg?\r\nHilsen Åse\r\n"
        simplified = "您好，\r\n我的邮箱已满，无法再接收新邮件。请问应该怎样清理？谢谢您的帮助。\r\n"
        traditional = "您好，\r\n會議室的無線網路連不上，請問該怎麼處理？謝謝您的協助。\r\n"
        german = "Guten Tag,\r\nmein Bildschirm flackert seit gestern. Können Sie mir bitte helfen?\r\n"
        for charset, subject, words, name, language, token in (
                ("iso-8859-1", "Skriveren virker ikke på møterommet", norwegian, "Åse Øyen", "nb", "saksnummer"),
                ("gb18030", "邮箱已满", simplified, "王小明", "zh-Hans", "您"),
                ("big5", "會議室無線網路", traditional, "陳小華", "zh-Hant", "您"),
                ("iso-8859-15", "Bildschirm flackert", german, "Jörg Beispiel", "en", "thank you")):
            with self.subTest(charset=charset):
                mail, _ = self.write(charset, subject, words, name)
                shown = self.desk.ticket(mail.ticket)
                self.assertEqual((subject, language), (shown["ticket"]["subject"], shown["ticket"]["language"]))
                self.assertEqual(words.replace("\r\n", "\n").strip(), shown["messages"][0]["text"].strip())
                self.assertIn(subject, mail["Subject"])
                notice = self.kari.wait_for_kind("opened", mail.ticket)
                self.assertIn(subject, notice["Subject"])
                self.assertIn(words.split("\r\n")[1], notice.text)
                self.assertNotIn("Requester:", notice.text)
                self.assertIn("Requester:", self.sam.wait_for_kind("opened", mail.ticket).text)
                self.assertIn(token, mail.text.lower())

    def test_chinese_answer(self) -> None:
        """An answer in Chinese, from a client that speaks English, arrives as it was written."""
        mail, person = self.write("gbk", "打印机无法打印", "您好，打印机从昨天开始无法打印，请帮忙看看。\r\n", "李雷")
        notice = self.sam.wait_for_kind("opened", mail.ticket)
        self.sam.reply(notice, "您好，李雷：\n请重新启动打印机，再试一次。\n— 山姆")
        answer = person.wait_for_kind("answer", mail.ticket)
        self.assertIn("请重新启动打印机，再试一次。", answer.text)
        self.assertIn("打印机无法打印", answer["Subject"])


class SecondThoughts(Desk):
    """An answer waits before it goes; until then it can be stopped."""

    settings = {"desk": {"undo_delay": "8s"}}

    def test_cancel(self) -> None:
        """/cancel stops the answer; the next one goes out after its wait."""
        notice = self.open_ticket()
        self.sam.reply(notice, "Please burn it.")
        harness.wait_until("the answer to be kept", lambda: len(self.desk.ticket(notice.ticket)["messages"]) == 2)
        self.sam.reply(notice, "/cancel")
        receipt = self.sam.wait_for_kind("receipt", notice.ticket)
        self.assertIn("stopped", receipt.text)
        begun = time.monotonic()
        self.sam.reply(notice, "Please turn it off and on again.")
        answer = self.tessa.wait_for_kind("answer", notice.ticket)
        self.assertGreater(time.monotonic() - begun, 7)
        self.assertIn("off and on again", answer.text)
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], self.tessa.kinds(notice.ticket))
        letters = self.desk.ticket(notice.ticket)["letters"]
        states = sorted(letter["state"] for letter in letters if letter["kind"] == "answer")
        self.assertEqual(["cancelled", "sent"], states)
        said = [(one["reply"], one["state"]) for one in self.desk.ticket(notice.ticket)["messages"][1:]]
        self.assertEqual([("Please burn it.", "withdrawn"), ("Please turn it off and on again.", "said")], said)
        self.sam.reply(notice, "/status")
        shown = self.sam.wait_for_kind("receipt", notice.ticket, after=receipt)
        self.assertIn("withdrawn before it left: Please burn it.", shown.text)

    def test_waits_over_restart(self) -> None:
        """A restart in the waiting time neither loses the answer nor sends it early."""
        notice = self.open_ticket()
        self.sam.reply(notice, "It is the fan.")
        harness.wait_until("the answer to be kept", lambda: len(self.desk.ticket(notice.ticket)["messages"]) == 2)
        self.desk.restart()
        self.assertEqual(["acknowledgement"], self.tessa.kinds(notice.ticket))
        self.assertIn("It is the fan.", self.tessa.wait_for_kind("answer", notice.ticket).text)


class Together(Desk):
    """Colleagues, commands and the life of a ticket."""

    def test_both_ways(self) -> None:
        """Each notice names the address for the other way: a note under the requester's words, an answer under a note."""
        notice = self.open_ticket()
        self.sam.send("Aside", "She is a VIP, be quick.", to=self.other_way(notice, "For colleagues alone:"))
        noted = self.kari.wait_for_kind("noted", notice.ticket)
        self.assertIn("be quick", noted.text)
        self.kari.send("Laptop", "We come at noon.", to=self.other_way(noted, "To the requester:"))
        self.assertIn("We come at noon.", self.tessa.wait_for_kind("answer", notice.ticket).text)
        self.assertEqual(["acknowledgement", "answer"], self.tessa.kinds(notice.ticket))

    def other_way(self, mail: Received, words: str) -> str:
        """The address that the foot names behind these words."""
        found = re.search(rf"{words} (support\+\S+@example\.org)", mail.text)
        assert found, mail.text
        return found.group(1)

    def test_out_of_office(self) -> None:
        """A notice keeps no out-of-office reply of Exchange back; when one comes, the team is offered what waits."""
        notice = self.open_ticket()
        self.assertNotRegex(notice["X-Auto-Response-Suppress"], r"\b(All|OOF)\b")
        self.sam.reply(notice, "/take")
        receipt = self.sam.wait_for_kind("receipt", notice.ticket)
        # As Exchange marks its own.
        self.sam.reply(receipt, "I am out of the office.", headers={"Auto-Submitted": "auto-generated",
                                                                   "X-Auto-Response-Suppress": "All"})
        offered = self.kari.wait_for_kind("happened", notice.ticket)
        self.assertIn("Sam Example is away, says their vacation note", offered.text)
        self.assertEqual(["acknowledgement"], self.tessa.kinds(notice.ticket))
        self.sam.reply(receipt, "/in")
        self.sam.wait_for_kind("receipt", notice.ticket, after=receipt)

    def test_crossing_answers(self) -> None:
        """Who answers what a colleague has answered already is asked first."""
        notice = self.open_ticket()
        theirs = self.kari.wait_for_kind("opened", notice.ticket)
        # Mail servers date by whole seconds: the answer's must be later than the notice's.
        sent = email.utils.parsedate_to_datetime(theirs["Date"]).timestamp()
        harness.wait_until("the next second", lambda: time.time() >= sent + 1)
        self.sam.reply(notice, "Please install the updates.")
        self.tessa.wait_for_kind("answer", notice.ticket)
        self.kari.reply(theirs, "Please order a new one.")
        refusal = self.kari.wait_for_kind("refusal", notice.ticket)
        self.assertIn("Sam Example", refusal.text)
        self.assertIn("Please order a new one.", refusal.text)
        self.kari.reply(theirs, "/send anyway\nPlease order a new one.")
        answer = self.tessa.wait_for("Kari's answer", lambda mail: "order a new one" in mail.text)
        self.assertEqual("Kari Eksempel", answer.sender[0])
        self.assertNotIn("/send", answer.everything())

    def test_reopened(self) -> None:
        """Thanks close nothing open and reopen nothing closed; a new question does."""
        notice = self.open_ticket()
        self.sam.reply(notice, "/close\nPlease restart it.")
        answer = self.tessa.wait_for_kind("answer", notice.ticket)
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], self.tessa.kinds(notice.ticket))
        self.assertEqual("closed", self.state(notice.ticket)["status"])
        self.tessa.reply(answer, "Thank you very much!")
        harness.wait_until("the thanks to be filed", lambda: len(self.desk.ticket(notice.ticket)["messages"]) == 3)
        self.assertEqual("closed", self.state(notice.ticket)["status"])
        self.tessa.reply(answer, "Sorry, it is slow again since this morning. Can somebody look at it?")
        wrote = self.sam.wait_for_kind("wrote", notice.ticket)
        self.assertIn("slow again", wrote.text)
        self.assertEqual("open", self.state(notice.ticket)["status"])
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], self.tessa.kinds(notice.ticket))

    def test_commands_alone(self) -> None:
        """Commands alone never mail the requester; every one is on the receipt."""
        notice = self.open_ticket()
        self.sam.reply(notice, "/assign kari\n/priority p1\n/tag hardware\n/tag slow\n/wait")
        receipt = self.sam.wait_for_kind("receipt", notice.ticket)
        for words in ("assigned to Kari Eksempel", "priority P1", "hardware", "slow", "waiting"):
            self.assertIn(words, receipt.text)
        self.kari.wait_for_kind("assigned", notice.ticket)
        state = self.state(notice.ticket)
        self.assertEqual(("waiting", "P1", "kari"), (state["status"], state["priority"], state["assignee"]))
        self.assertEqual({"hardware", "slow"}, set(state["tags"]))
        self.sam.reply(notice, "/status\n/help\n/tag -slow")
        second = self.sam.wait_for_kind("receipt", notice.ticket, after=receipt)
        for words in ("My laptop has become slow.", "/assign NAME|TEAM|me", "tessa.alone@example.net"):
            self.assertIn(words, second.text)
        self.assertEqual(["hardware"], self.state(notice.ticket)["tags"])
        self.desk.settle()
        self.assertEqual(["acknowledgement"], self.tessa.kinds(notice.ticket))
        self.assertEqual(1, len(self.desk.ticket(notice.ticket)["messages"]))

    def test_refused_commands(self) -> None:
        """What can't be done is told, and nothing else of the mail is done."""
        notice = self.open_ticket()
        last: Received | None = None
        for words, told in (("/use 9\nLook here.", "/use"), ("/assign no-such-agent\nLook here.", "no-such-agent"),
                            ("/priority P7\nLook here.", "P7"), ("/close\n/wait\nLook here.", "only one of"),
                            ("/note\n/use 1\nLook here.", "note"), ("/close now\nLook here.", "now")):
            with self.subTest(words=words):
                self.sam.reply(notice, words)
                last = self.sam.wait_for_kind("refusal", notice.ticket, after=last)
                self.assertIn(told, last.text)
                self.assertIn("Look here.", last.text)
        self.desk.settle()
        self.assertEqual(["acknowledgement"], self.tessa.kinds(notice.ticket))
        self.assertEqual("new", self.state(notice.ticket)["status"])

    def test_copied_colleague(self) -> None:
        """Somebody whom the requester copied may write too, though they never wrote before."""
        self.tessa.send(f"Laptop ({self.word})", "It is slow.", headers={"Cc": "Bo Wise <bo.wise@example.com>"})
        acknowledgement = self.tessa.wait_for_kind("acknowledgement")
        question = self.desk.ticket(acknowledgement.ticket)["messages"][0]["message_id"]
        bo = self.person("Bo Wise", "bo.wise@example.com")
        bo.send(f"Re: Laptop ({self.word})", "Mine is slow, too.",
                headers={"In-Reply-To": f"<{question}>", "References": f"<{question}>"})
        wrote = self.sam.wait_for_kind("wrote", acknowledgement.ticket)
        self.assertIn("Mine is slow, too.", wrote.text)
        self.assertEqual([], bo.inbox())

    def test_agent_asks(self) -> None:
        """An agent may have troubles, too: as a requester they are one."""
        self.kari.send("My own keyboard", "Half of the keys are dead.")
        ticket = self.kari.wait_for("acknowledgement", lambda mail: "own keyboard" in mail["Subject"]).ticket
        notice = self.sam.wait_for_kind("opened", ticket)
        self.sam.reply(notice, "Take mine.")
        answer = self.kari.wait_for_kind("answer", ticket)
        self.kari.reply(answer, "/close is what I would say, but it is dead, too.")
        wrote = self.sam.wait_for_kind("wrote", ticket)
        self.assertIn("it is dead, too", wrote.text)
        self.assertEqual(["inbound", "outbound", "inbound"],
                         [message["kind"] for message in self.desk.ticket(ticket)["messages"]])

    def test_header_injection(self) -> None:
        """Nothing that a stranger writes becomes a header of ours, an address of ours or markup of ours."""
        raw = (f"From: =?utf-8?Q?Eve=0D=0ABcc:_victim=40example.com?= <{self.tessa.address}>\r\n"
               f"To: {harness.SUPPORT}\r\n"
               "Subject: =?utf-8?Q?Hello=0D=0ABcc:_victim=40example.com=0D=0A=0D=0A<script>alert(1)</script>?=\r\n"
               "Message-ID: <injection@mail.example.net>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
               "<p>Help <b>me</b><script>alert(2)</script><img src=x onerror=alert(3)></p>\r\n").encode()
        self.servers.put(raw, harness.SUPPORT, self.tessa.address)
        acknowledgement = self.tessa.wait_for_kind("acknowledgement")
        for mail in (acknowledgement, self.sam.wait_for_kind("opened", acknowledgement.ticket)):
            self.assertIsNone(mail.mail["Bcc"])
            self.assertNotIn("<script", mail.html)
            self.assertNotIn("onerror=", mail.html.replace("&lt;img src=x onerror=", ""))
        self.desk.settle()
        self.assertEqual([], self.person("Victim", "victim@example.com").inbox())

    def test_same_mail_twice(self) -> None:
        """A copy of a mail that came by another way is no second ticket."""
        body = shapes.part("It is slow.", "plain")
        mail = self.tessa.compose(body, f"Laptop ({self.word})", harness.SUPPORT, "gmail", {})
        raw = mail.as_bytes(policy=ON_THE_WIRE)
        self.servers.put(raw, harness.SUPPORT, self.tessa.address)
        ticket = self.tessa.wait_for_kind("acknowledgement").ticket
        self.servers.put(b"X-List: copy\r\n" + raw, "support+other@example.org", self.tessa.address)
        self.tessa.send("Something else", "And this is another thing.")
        self.tessa.wait_for("the second acknowledgement",
                            lambda one: one.kind == "acknowledgement" and one.ticket != ticket)
        self.assertEqual(1, len(self.desk.ticket(ticket)["messages"]))
        self.assertEqual(2, sum(one["requester"] == self.tessa.address for one in self.desk.tickets()))


class TooMuch(Desk):
    """Machines that answer machines."""

    settings = {"desk": {"automatic_budget": 3}}

    def test_budget(self) -> None:
        """Past the budget the desk is silent to that address; the tickets are there and agents are told."""
        for number in range(5):
            self.tessa.send(f"Alarm {number}", f"Something is wrong with machine {number}, please look.")
            self.sam.wait_for("notice", lambda mail: f"machine {number}" in mail.text)
        self.desk.settle()
        self.assertEqual(3, len(self.tessa.inbox()))
        tickets = [one for one in self.desk.tickets() if one["requester"] == self.tessa.address]
        self.assertEqual(5, len(tickets))
        silent = [trail["detail"] for one in tickets for trail in self.desk.ticket(one["id"])["trail"]
                  if trail["what"] == "not acknowledged"]
        self.assertEqual(2, len(silent))
        self.assertIn("budget", silent[0])

    def test_machines(self) -> None:
        """Lists, robots, null senders and our own address get no automatic answer."""
        cases: tuple[tuple[str, dict[str, str], str], ...] = (
            ("robot", {"Auto-Submitted": "auto-generated"}, "robot@example.com"),
            ("list", {"List-Id": "News <news.example.com>", "Precedence": "list"}, "news@example.com"),
            ("bulk", {"Precedence": "bulk"}, "bulk@example.com"),
            ("noreply", {}, "no-reply@example.com"),
            ("null", {}, ""),
            ("ourselves", {"From": f"Support <{harness.SUPPORT}>"}, harness.SUPPORT))
        for name, headers, sender in cases:
            person = self.person(name, sender or "null@example.com")
            mail = person.compose(shapes.part(f"This is machine mail of kind {name}.", "plain"), f"Machine {name}",
                                  harness.SUPPORT, "gmail", headers)
            self.servers.put(mail.as_bytes(policy=ON_THE_WIRE), harness.SUPPORT, sender)
        def subjects() -> set[str]:
            return {one["subject"] for one in self.desk.tickets() if one["subject"].startswith("Machine ")}
        harness.wait_until("every mail to be in", lambda: len(subjects()) == len(cases))
        self.desk.settle()
        for letter in self.desk.spocctl("outbox", "list"):
            if letter["ticket"] in {one["id"] for one in self.desk.tickets() if one["subject"].startswith("Machine ")}:
                self.assertIn(letter["to"], ("sam@example.org", "kari@example.org"), letter)


if __name__ == "__main__":
    unittest.main()
