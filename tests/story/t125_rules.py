# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, promises and reminders, with real mail servers."""

from __future__ import annotations

import pathlib
import tempfile
import unittest

import harness
from people import Person


class Stage(harness.Story):
    """What the stories share."""

    def person(self, name: str, address: str) -> Person:
        """Somebody with a mailbox."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found


class RulesStory(Stage):
    """A desk that sorts its mail, and an agent who puts things off."""

    settings = {
        "team": [{"name": "it", "members": ["sam"]}, {"name": "payroll", "members": ["kari"]}],
        "rule": [
            {"name": "wages", "when": ["opened"], "if.words": ["payslip"], "then.team": "payroll",
             "then.tag": ["wages"], "then.letter": "payroll answers on Fridays"},
            {"name": "silent", "when": ["time"], "after": "3s", "if.tags": ["wages"], "if.statuses": ["open"],
             "then.status": "waiting"},
        ],
    }

    def ruled(self, ticket: int) -> list[str]:
        """What the trail says of rules."""
        return [line["detail"] for line in self.desk.ticket(ticket)["trail"] if line["what"] == "rule"]

    def test_a_rule_passes_a_ticket_on_and_time_fires_once(self) -> None:
        """The notice goes to the other team alone, the requester gets the rule's sentence, silence fires once."""
        tessa = self.person("Tessa Lind", "tessa.rules@example.net")
        kari, sam = self.person("Kari Eksempel", "kari@example.org"), self.person("Sam Example", "sam@example.org")
        tessa.send("My payslip of October", "It has somebody else's name on it, could you please look into that?")
        ticket = tessa.wait_for_kind("acknowledgement").ticket
        self.assertIn("payroll answers on Fridays", tessa.wait_for_kind("rule", ticket).text)
        notice = kari.wait_for_kind("opened", ticket)
        kari.reply(notice, "Thank you, I look into it today.")
        tessa.wait_for_kind("answer", ticket)
        harness.wait_until("the silence to be noticed",
                           lambda: self.desk.ticket(ticket)["ticket"]["status"] == "waiting")
        self.desk.settle()
        self.assertEqual(["wages: team payroll, tag wages, letter", "silent: status waiting"], self.ruled(ticket))
        self.assertEqual([], sam.kinds(ticket))

    def test_a_promise_is_warned_of_and_a_reminder_comes_back(self) -> None:
        """/due and /remind, on a desk without service levels."""
        ola, sam = self.person("Ola Testmann", "ola.rules@example.net"), self.person("Sam Example", "sam@example.org")
        ola.send("The door of room 9 squeaks", "Since Monday. It is not urgent, but it wakes the baby next door.")
        ticket = ola.wait_for_kind("acknowledgement").ticket
        notice = sam.wait_for_kind("opened", ticket)
        sam.reply(notice, "/due tomorrow 10:00\n/remind 1m buy oil", shape="outlook")
        receipt = sam.wait_for_kind("receipt", ticket)
        self.assertIn("promised: due", receipt.text)
        shown = self.desk.ticket(ticket)
        self.assertEqual(["resolution"], [one["target"] for one in shown["service_level"]])
        # A minute is the shortest span that people write.
        reminder = sam.wait_for("the reminder", lambda mail: mail.kind == "reminder" and mail.ticket == ticket,
                                timeout=60 + harness.PATIENCE)
        self.assertIn("buy oil", reminder.text)
        self.assertIn("wakes the baby", reminder.text)
        self.assertIn("promised: due", reminder.text)
        self.assertEqual(["acknowledgement"], ola.kinds(ticket))


class ForgedStory(Stage):
    """A desk whose own mail server says where mails come from."""

    settings = {
        "desk": {"authserv_ids": ["mx.test.invalid"]},
        "rule": [
            {"name": "wages", "when": ["opened"], "if.words": ["payslip"], "then.tag": ["wages"]},
            {"name": "forged", "when": ["opened"], "if.checks": ["dmarc=fail"], "then.tag": ["perhaps-forged"],
             "then.tell": ["team"], "then.say": "do not send secrets"},
        ],
    }

    def test_a_forged_mail_is_marked_and_a_trial_leaves_nothing(self) -> None:
        """Checks of a mail's origin decide; spocctl shows beforehand what they would do."""
        raw = ("From: Boss <boss@example.net>\r\nTo: support@example.org\r\nSubject: Gift cards\r\n"
               "Message-ID: <gift.1@example.net>\r\nDate: Mon, 02 Mar 2026 12:00:00 +0000\r\n"
               "Authentication-Results: mx.test.invalid; dmarc=fail header.from=example.net\r\n"
               "Content-Type: text/plain\r\n\r\nBuy ten of them, please, and send me the codes.\r\n")
        before = len(self.desk.tickets())
        with tempfile.NamedTemporaryFile(suffix=".eml") as file:
            pathlib.Path(file.name).write_text(raw, encoding="utf-8", newline="")
            tried = {one["rule"]: one for one in self.desk.spocctl("rules", "test", "--mail", file.name)}
        self.assertTrue(tried["forged"]["fires"])
        self.assertEqual("if.words", tried["wages"]["why_not"])
        self.assertEqual(before, len(self.desk.tickets()))
        sam = self.person("Sam Example", "sam@example.org")
        self.servers.put(raw.encode(), sender="boss@example.net")
        told = sam.wait_for("word of the rule", lambda mail: "do not send secrets" in mail.text)
        self.assertIn("perhaps-forged", self.desk.ticket(told.ticket)["ticket"]["tags"])
        again = self.desk.spocctl("rules", "test", "--ticket", str(told.ticket))
        self.assertIn("forged", [one["rule"] for one in again if one["fires"]])


if __name__ == "__main__":
    unittest.main()
