# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident through two lines and a supplier, solved, not solved, and solved: with real mail servers."""

from __future__ import annotations

import unittest

import harness
from people import AGENT_TOKEN, Person


class LinesStory(harness.Story):
    """First line passes on, second line asks outside, first line confirms."""

    settings = {"team": [{"name": "it", "members": ["sam"], "next": "second line"},
                         {"name": "second line", "members": ["kari"], "line": "2"}],
                "sla": [{"name": "normal", "first_response": "4h", "resolution": "8h", "pause_for_third_party": True}]}

    def test_incident(self) -> None:
        """Every letter arrives where it belongs, and nothing where it does not."""
        tessa = Person(self.servers, "Tessa Lind", "tessa.lines@example.net")
        supplier = Person(self.servers, "Drum Works", "help.lines@example.com")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org")
        for person in (tessa, supplier, sam, kari):
            self.addCleanup(person.leave)

        tessa.send("The printer in room 12 smokes", "It smokes since noon. My name is on the badge 4711.")
        ticket = tessa.wait_for_kind("acknowledgement").ticket
        notice = sam.wait_for_kind("opened", ticket)
        sam.reply(notice, "/escalate it is not the cable\nI changed the toner, it still smokes.")
        passed = kari.wait_for_kind("assigned", ticket)
        self.assertIn("not the cable", passed.text)
        self.assertIn("changed the toner", passed.text)

        kari.reply(passed, "/take\n/ask help.lines@example.com Do you have a spare drum for type 9?\n/wait")
        asked = supplier.wait_for_kind("asked", ticket)
        self.assertIn("spare drum", asked.text)
        for secret in ("tessa", "4711", "room 12", "toner"):
            self.assertNotIn(secret, asked.everything().lower())
        self.assertIsNone(AGENT_TOKEN.search(asked.everything()))
        self.assertEqual("waiting", self.desk.ticket(ticket)["ticket"]["status"])
        supplier.reply(asked, "Yes. It leaves today.")
        replied = kari.wait_for_kind("replied", ticket)
        self.assertEqual("open", self.desk.ticket(ticket)["ticket"]["status"])
        self.assertIn("leaves today", replied.text)

        kari.reply(passed, "/resolve\nThe drum is new now. Please try.")
        answer = tessa.wait_for_kind("answer", ticket)
        for secret in ("drum for type 9", "leaves today", "help.lines", "not the cable"):
            self.assertNotIn(secret, answer.everything())
        happened = sam.wait_for_kind("happened", ticket)
        self.assertIn("resolved this ticket", happened.text)

        tessa.reply(answer, "No, it smokes again.")
        wrote = sam.wait_for_kind("wrote", ticket)
        self.assertIn("smokes again", wrote.text)
        self.assertEqual("open", self.desk.ticket(ticket)["ticket"]["status"])

        sam.reply(wrote, "/resolve\nNow the fuser is new as well.")
        second = tessa.wait_for_kind("answer", ticket, after=answer)
        tessa.reply(second, "It is good now.")
        again = sam.wait_for_kind("wrote", ticket, after=wrote)
        sam.reply(again, "/close")
        tessa.wait_for_kind("closed", ticket)

        shown = self.desk.ticket(ticket)
        self.assertEqual("closed", shown["ticket"]["status"])
        self.assertEqual("it", shown["ticket"]["team"])
        trail = [line["what"] for line in shown["trail"]]
        walk = ["opened", "escalated", "asked", "replied", "answered", "reopened", "answered", "reopened"]
        self.assertEqual(walk, [what for what in trail if what in walk])

    def test_question(self) -> None:
        """A question alone lets the solution's clock stand, until its answer comes; the ticket keeps its status."""
        otto = Person(self.servers, "Otto Prøve", "otto.lines@example.net")
        supplier = Person(self.servers, "Drum Works", "drums.lines@example.com")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        for person in (otto, supplier, sam):
            self.addCleanup(person.leave)

        otto.send("The drum squeaks", "It squeaks at every turn.")
        ticket = otto.wait_for_kind("acknowledgement").ticket
        notice = sam.wait_for_kind("opened", ticket)
        self.assertEqual({"first_response": "ok", "resolution": "ok"}, self.standing(ticket))
        sam.reply(notice, "/ask drums.lines@example.com Is oil allowed?")
        asked = supplier.wait_for_kind("asked", ticket)
        self.assertEqual("new", self.desk.ticket(ticket)["ticket"]["status"])
        self.assertEqual({"first_response": "ok", "resolution": "paused"}, self.standing(ticket))
        receipt = sam.wait_for_kind("receipt", ticket)
        sam.reply(notice, "/status")
        self.assertIn("solution: the clock stands", sam.wait_for_kind("receipt", ticket, after=receipt).text)
        supplier.reply(asked, "No, never.")
        sam.wait_for_kind("replied", ticket)
        self.assertEqual({"first_response": "ok", "resolution": "ok"}, self.standing(ticket))

    def standing(self, ticket: int) -> dict[str, str]:
        """How each target stands now."""
        return {one["target"]: one["standing"] for one in self.desk.ticket(ticket)["service_level"]}


if __name__ == "__main__":
    unittest.main()
