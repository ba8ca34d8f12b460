# SPDX-License-Identifier: GPL-3.0-or-later
"""A team at work: turns, macros, searches and an absence, with real mail servers and the real index."""

from __future__ import annotations

import re
import unittest

import harness
import sick
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


class HoursStory(sick.WoundStory):
    """Sam works in the mornings, Kari in the afternoons; the machine's clock is wound."""

    settings = {"calendar": [{"name": "mornings", "hours": ["Mon-Sun 08:00-12:00"]},
                             {"name": "afternoons", "hours": ["Mon-Sun 12:00-20:00"]}],
                "agent": [{**harness.AGENTS[0], "hours": "mornings"}, {**harness.AGENTS[1], "hours": "afternoons"}],
                "team": [{"name": "it", "members": ["sam", "kari"], "assignment": "round_robin"}]}

    def opened(self, person: Person, subject: str) -> tuple[Received, str]:
        """The acknowledgement of a fresh ticket, and who has got it."""
        person.send(subject, f"{subject}: please have a look at it, it is in room 7.")
        received = person.wait_for(f"the acknowledgement of {subject}",
                                   lambda mail: mail.kind == "acknowledgement" and subject in mail["Subject"])
        return received, str(self.desk.ticket(received.ticket)["ticket"]["assignee"])

    def test_hours(self) -> None:
        """Within their hours work goes to an agent alone; outside, new work passes them by and old work has a stand-in."""
        tessa = Person(self.servers, "Tessa Lind", "tessa.hours@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org")
        for person in (tessa, sam, kari):
            self.addCleanup(person.leave)

        # In the morning it is never Kari's turn.
        first, whose = self.opened(tessa, "The first lamp")
        self.assertEqual("sam", whose)
        self.assertEqual("sam", self.opened(tessa, "The second lamp")[1])
        sam.wait_for_kind("opened", first.ticket)
        tessa.reply(first, "It flickers in the morning.")
        morning = sam.wait_for_kind("wrote", first.ticket)
        self.desk.settle()
        self.assertEqual([], [mail.kind for mail in kari.inbox() if mail.ticket == first.ticket])

        # In the afternoon it is never Sam's, and of Sam's work Kari hears as well.
        self.wind(13)
        third, whose = self.opened(tessa, "The third lamp")
        self.assertEqual("kari", whose)
        self.assertEqual("kari", self.opened(tessa, "The fourth lamp")[1])
        tessa.reply(first, "It flickers in the afternoon as well.")
        self.assertIn("in the afternoon", kari.wait_for_kind("wrote", first.ticket).text)
        self.assertIn("in the afternoon", sam.wait_for_kind("wrote", first.ticket, after=morning).text)
        self.assertEqual("sam", self.desk.ticket(first.ticket)["ticket"]["assignee"], "it stays Sam's")
        tessa.reply(third, "This one as well.")
        afternoon = kari.wait_for_kind("wrote", third.ticket)
        self.desk.settle()
        self.assertEqual([], [mail.kind for mail in sam.inbox() if mail.ticket == third.ticket])

        # At night nobody is at work: turns go on as if both were, and nobody stands in for anybody.
        self.wind(22)
        self.assertEqual("sam", self.opened(tessa, "The fifth lamp")[1])
        self.assertEqual("kari", self.opened(tessa, "The sixth lamp")[1])
        tessa.reply(third, "It flickers at night.")
        night = kari.wait_for_kind("wrote", third.ticket, after=afternoon)
        self.desk.settle()
        self.assertEqual([], [mail.kind for mail in sam.inbox() if mail.ticket == third.ticket])

        # The next morning Sam stands in for Kari.
        self.wind(9)
        tessa.reply(third, "It is morning again.")
        self.assertIn("morning again", sam.wait_for_kind("wrote", third.ticket).text)
        kari.wait_for_kind("wrote", third.ticket, after=night)
        self.assertEqual("sam", self.opened(tessa, "The seventh lamp")[1])


if __name__ == "__main__":
    unittest.main()
