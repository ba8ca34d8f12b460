# SPDX-License-Identifier: GPL-3.0-or-later
"""A team at work: turns, macros, searches and an absence, with real mail servers and the real index."""

from __future__ import annotations

import re
import unittest

import harness
from people import Person, Received


class TeamStory(harness.Story):
    """Two agents who get tickets in turn, one of whom goes away."""

    settings = {"team": [{"name": "it", "members": ["sam", "kari"], "assignment": "round_robin"}],
                "macro": [{"name": "toner", "text": "/kind request\n/wait\nHello {requester}, the toner for #{number} "
                                                    "is on its way."}]}

    def test_team(self) -> None:
        """Each ticket reaches one agent; what is found is answered where it belongs; an absence is covered."""
        tessa = Person(self.servers, "Tessa Lind", "tessa.team@example.net")
        otto = Person(self.servers, "Otto Prøve", "otto.team@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org")
        for person in (tessa, otto, sam, kari):
            self.addCleanup(person.leave)

        tessa.send("The plotter has no toner", "It is the blue plotter beside the kitchen.")
        first = tessa.wait_for_kind("acknowledgement").ticket
        notice = sam.wait_for_kind("opened", first)
        otto.send("Badge lost", "My badge fell into the fjord.")
        received = otto.wait_for_kind("acknowledgement")
        second = received.ticket
        lost = kari.wait_for_kind("opened", second)
        self.assertEqual("kari", self.desk.ticket(second)["ticket"]["assignee"])
        self.assertEqual("sam", self.desk.ticket(first)["ticket"]["assignee"])

        sam.reply(notice, "/do toner")
        answer = tessa.wait_for_kind("answer", first)
        self.assertIn(f"Hello Tessa Lind, the toner for #{first} is on its way.", answer.text)
        self.assertNotIn("/do", answer.text)
        self.assertEqual("waiting", self.desk.ticket(first)["ticket"]["status"])

        self.find_and_answer(kari, lost, first, tessa, answer)

        receipt = sam.wait_for_kind("receipt", first)
        sam.reply(receipt, "/away until tomorrow")
        news = kari.wait_for_kind("happened", first)
        self.assertIn("plotter", news.text)
        tessa.reply(answer, "Still no toner.")
        wrote = kari.wait_for_kind("wrote", first)
        self.assertIn("Still no toner", wrote.text)
        sam.wait_for_kind("wrote", first)
        otto.send("A second matter", "And the lift is slow.")
        third = otto.wait_for_kind("acknowledgement", after=received).ticket
        lift = kari.wait_for_kind("opened", third)
        self.assertEqual("kari", self.desk.ticket(third)["ticket"]["assignee"], "Sam's turn is passed over")
        kari.reply(lift, "/assign none")
        back = sam.wait_for_kind("assigned", third)
        self.assertEqual("", self.desk.ticket(third)["ticket"]["assignee"])
        self.assertIn("nobody has taken it", back.text)
        self.assertIn("its team is told", kari.wait_for_kind("receipt", third).text)

    def find_and_answer(self, kari: Person, lost: Received, first: int, tessa: Person, answer: Received) -> None:
        """A search lists the other ticket; a mail of its own to the address there goes on in it."""
        address = None
        receipt = lost
        for _ in range(20):  # the index follows the desk by seconds
            kari.reply(lost, "/find blue plotter")
            receipt = kari.wait_for_kind("receipt", lost.ticket, after=receipt)
            address = re.search(rf"support\+{first}\.ar\.[^\s<]+@example\.org", receipt.text)
            if address:
                break
        assert address, receipt.text
        kari.send("Toner", "I have a spare one, come to room 4.", to=address.group(0))
        second = tessa.wait_for_kind("answer", first, after=answer)
        self.assertIn("room 4", second.text)


if __name__ == "__main__":
    unittest.main()
