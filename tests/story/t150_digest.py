# SPDX-License-Identifier: GPL-3.0-or-later
"""The morning's list: it comes once, the answer acts on its numbers, and one receipt says what was done."""

from __future__ import annotations

import datetime
import unittest

import harness
from people import Person, Received


class DigestStory(harness.Story):
    """Two agents, three tickets, and a list in the mail client."""

    settings = {"agent": [harness.AGENTS[0], {**harness.AGENTS[1], "language": "nb"}]}

    def test_list(self) -> None:
        """Sam works off the list; Kari was quicker with one of its tickets; Mallory is nobody."""
        tessa = Person(self.servers, "Tessa Lind", "tessa.list@example.net")
        otto = Person(self.servers, "Otto Prøve", "otto.list@example.net")
        vera = Person(self.servers, "Vera Vik", "vera.list@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org", "outlook")
        mallory = Person(self.servers, "Mallory", "mallory@example.com")
        for person in (tessa, otto, vera, sam, kari, mallory):
            self.addCleanup(person.leave)

        first = self.ask(tessa, "The lift is slow", "It stops at every floor.")
        second = self.ask(otto, "VPN drops every hour", "The VPN connection drops every hour and I must sign in again.")
        third = self.ask(vera, "Badge lost", "My badge fell into the fjord.")
        sam.reply(sam.wait_for_kind("opened", first), "/take")
        sam.wait_for_kind("receipt", first)

        self.send_lists()
        listed = sam.wait_for_kind("digest")
        self.assertIn(f"1. #{first} The lift is slow\n   Tessa Lind <{tessa.address}> · P3 · new", listed.text)
        self.assertIn(f"3. #{third} Badge lost", listed.text)
        self.assertLess(listed.text.index("Yours:"), listed.text.index("Nobody has taken these yet:"))
        norwegian = kari.wait_for_kind("digest")
        self.assertIn(f"2. #{third} Badge lost", norwegian.text)
        self.assertNotIn(f"#{first}", norwegian.text, "Sam's ticket is not hers to take")
        self.desk.restart()
        self.desk.settle()
        self.assertEqual([listed], [mail for mail in sam.inbox() if mail.kind == "digest"], "a restart sends no second one")

        kari.reply(norwegian, "2 min")
        mine = kari.wait_for_kind("digest_receipt")
        self.assertIn(f"2. #{third} Badge lost\n- tildelt Kari Eksempel", mine.text)
        self.assertEqual("kari", self.desk.ticket(third)["ticket"]["assignee"])

        sam.reply(listed, "1 clsoe, 2 use 1")
        refused = sam.wait_for_kind("digest_receipt")
        self.assertIn("nothing was done", refused.text)
        self.assertIn("did you mean /close?", refused.text)
        self.assertEqual("new", self.desk.ticket(first)["ticket"]["status"], "one unknown word stops all")

        sam.reply(listed, "1 close, 2 use 1, 3 mine")
        receipt = sam.wait_for_kind("digest_receipt", after=refused)
        self.check_receipt(receipt, first, second, third)
        self.assertEqual("closed", tessa.wait_for_kind("closed", first).kind)
        answer = otto.wait_for_kind("answer", second)
        self.assertIn("VPN", answer.text)
        for word in ("1 close", "3 mine", "#" + str(first)):
            self.assertNotIn(word, answer.text)
        self.assertEqual("closed", self.desk.ticket(first)["ticket"]["status"])
        self.assertEqual("kari", self.desk.ticket(third)["ticket"]["assignee"])

        mallory.send("Re: " + listed["Subject"], "2 close", to=listed.reply_address)
        told = sam.wait_for_kind("digest_receipt", after=receipt)
        self.assertIn("<mallory@example.com> is not an agent's address", told.text)
        self.assertNotEqual("closed", self.desk.ticket(second)["ticket"]["status"])
        self.assertEqual(1, len(self.desk.spocctl("quarantine", "list")))

    def ask(self, who: Person, subject: str, words: str) -> int:
        """A new ticket's number."""
        who.send(subject, words)
        return who.wait_for_kind("acknowledgement").ticket

    def send_lists(self) -> None:
        """The desk is told to send lists from this minute on, as an operator would: a key, and a restart."""
        now = datetime.datetime.now(datetime.timezone.utc)
        section = self.desk.sections["desk"]
        assert isinstance(section, dict)
        section["digest"] = now.strftime("Mon-Sun %H:%M")
        self.desk.write_config()
        self.desk.restart()

    def check_receipt(self, receipt: Received, first: int, second: int, third: int) -> None:
        """Each number with what was done or why not."""
        self.assertIn(f"1. #{first} The lift is slow\n- closed", receipt.text)
        self.assertIn(f"2. #{second} VPN drops every hour\n- article", receipt.text)
        self.assertIn(f"3. #{third} Badge lost: nothing was done\n- Kari Eksempel has it since that list was made", receipt.text)


if __name__ == "__main__":
    unittest.main()
