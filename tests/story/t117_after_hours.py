# SPDX-License-Identifier: GPL-3.0-or-later
"""When people go home: urgent tickets follow the sun, and what is due is offered; the machine's clock is wound."""

from __future__ import annotations

import re
import unittest

import harness
import sick
from people import Person, Received


class Evenings(sick.WoundStory):
    """A desk whose clock goes on by hours."""

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves the stage with the test."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found

    def opened(self, person: Person, subject: str) -> Received:
        """The acknowledgement of a fresh ticket. The desk looks at its clock after every commit, so at once."""
        person.send(subject, f"{subject}: please have a look at it, it is in room 7.")
        return person.wait_for(f"the acknowledgement of {subject}",
                               lambda mail: mail.kind == "acknowledgement" and subject in mail["Subject"])

    def fields(self, ticket: int) -> tuple[str, str]:
        """Which team and which agent have it."""
        shown = self.desk.ticket(ticket)["ticket"]
        return str(shown["team"]), str(shown["assignee"])

    def wait_for_fields(self, ticket: int, team: str, agent: str) -> None:
        """Until they have it."""
        harness.wait_until(f"#{ticket} to be with {team} and {agent or 'nobody'}",
                           lambda: self.fields(ticket) == (team, agent))

    def details(self, ticket: int, what: str) -> list[str]:
        """What the trail says of such things."""
        return [str(line["detail"]) for line in self.desk.ticket(ticket)["trail"] if line["what"] == what]


class SunStory(Evenings):
    """East works from 6 to 14, west from 14 to 22; what is P1 goes from the one to the other."""

    settings = {"calendar": [{"name": "east", "hours": ["Mon-Sun 06:00-14:00"]},
                             {"name": "west", "hours": ["Mon-Sun 14:00-22:00"]}],
                "team": [{"name": "east", "members": ["sam"], "hours": "east", "hand_over": ["P1"]},
                         {"name": "west", "members": ["kari"], "hours": "west", "hand_over": ["P1"]}]}

    @classmethod
    def set_stage(cls) -> None:
        super().set_stage()
        mailbox = cls.servers.mailbox_settings()
        del mailbox["team"]
        cls.desk.sections["mailbox"] = [{**mailbox, "teams": ["east", "west"]}]
        cls.desk.write_config()

    def test_an_urgent_ticket_follows_the_sun(self) -> None:
        """It goes on when its team goes home, and on again; what is not urgent, or over, stays where it is known."""
        tessa = self.person("Tessa Lind", "tessa.sun@example.net")
        otto = self.person("Otto Prøve", "otto.sun@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        kari = self.person("Kari Eksempel", "kari@example.org")

        # In the morning both are east's.
        received = self.opened(tessa, "The server is down")
        urgent = received.ticket
        patient = self.opened(otto, "The chair squeaks").ticket
        sam.reply(sam.wait_for_kind("opened", urgent), "/take\n/impact high\n/urgency high")
        sam.reply(sam.wait_for_kind("opened", patient), "/take")
        self.wait_for_fields(urgent, "east", "sam")
        self.wait_for_fields(patient, "east", "sam")
        self.desk.settle()
        self.assertEqual([], [mail.kind for mail in kari.inbox() if mail.ticket in (urgent, patient)])

        # In the afternoon new work is west's, and so is what can't wait.
        self.wind(15)
        late = self.opened(otto, "The lamp is dark").ticket
        self.assertEqual("west", self.fields(late)[0])
        notice = kari.wait_for_kind("assigned", urgent)
        self.assertEqual(("west", ""), self.fields(urgent))
        self.assertEqual(("east", "sam"), self.fields(patient), "it stays with whom knows it")
        self.assertIn("east is closed", self.details(urgent, "handed over")[0])
        kari.reply(notice, "/take")
        self.wait_for_fields(urgent, "west", "kari")
        self.desk.settle()
        before = len([mail for mail in sam.inbox() if mail.ticket == urgent])
        tessa.reply(received, "It smokes now.")
        self.assertIn("It smokes now.", kari.wait_for_kind("wrote", urgent).text)
        self.desk.settle()
        self.assertEqual(before, len([mail for mail in sam.inbox() if mail.ticket == urgent]), "Sam sleeps")

        # At night both teams are closed: it stays, and in the morning it goes on.
        self.wind(23)
        self.opened(otto, "The door is stuck")
        self.assertEqual(("west", "kari"), self.fields(urgent))
        self.wind(7)
        self.opened(otto, "The window is stuck")
        again = sam.wait_for_kind("assigned", urgent)
        self.assertEqual(("east", ""), self.fields(urgent))
        self.assertIn("It smokes now.", again.everything())
        self.assertEqual(2, len(self.details(urgent, "handed over")))

        # What is over goes nowhere any more.
        sam.reply(again, "/take\n/resolve\nThe server is new.")
        self.assertIn("The server is new.", tessa.wait_for_kind("answer", urgent).text)
        self.wind(15)
        self.opened(otto, "The carpet is torn")
        self.desk.settle()
        self.assertEqual(("east", "sam"), self.fields(urgent))
        self.assertEqual(2, len(self.details(urgent, "handed over")))


class OffersStory(Evenings):
    """Sam works in the mornings, Kari in the afternoons; all but P4 is to be solved within eight hours of the clock."""

    settings = {"calendar": [{"name": "mornings", "hours": ["Mon-Sun 08:00-12:00"]},
                             {"name": "afternoons", "hours": ["Mon-Sun 12:00-20:00"]}],
                "agent": [{**harness.AGENTS[0], "hours": "mornings"}, {**harness.AGENTS[1], "hours": "afternoons"}],
                "team": [{"name": "it", "members": ["sam", "kari"], "assignment": "round_robin"}],
                "sla": [{"name": "day", "priorities": ["P1", "P2", "P3"], "resolution": "8h"}]}

    def offers(self, person: Person, ticket: int) -> list[Received]:
        """What they were told of a ticket whose agent is not there."""
        return [mail for mail in person.inbox()
                if mail.kind == "happened" and mail.ticket == ticket and "waits for whoever takes it" in mail.text]

    def test_what_is_due_is_offered_when_its_agent_goes_home_or_out(self) -> None:
        """Once an evening to who is at work; by /out at once; whoever takes it has it, and /in ends it."""
        tessa = self.person("Tessa Lind", "tessa.off@example.net")
        otto = self.person("Otto Prøve", "otto.off@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        kari = self.person("Kari Eksempel", "kari@example.org")

        received = self.opened(tessa, "The lamp flickers")
        lamp = received.ticket
        chair = self.opened(tessa, "The chair squeaks").ticket
        self.assertEqual((("it", "sam"), ("it", "sam")), (self.fields(lamp), self.fields(chair)))
        sam.reply(sam.wait_for_kind("opened", chair), "/priority P4")
        sam.wait_for_kind("receipt", chair)

        # Sam has gone home: what is due before he is back is offered, once.
        self.wind(13)
        first = self.opened(otto, "The door is stuck").ticket
        self.assertEqual(("it", "kari"), self.fields(first))
        harness.wait_until("the offer of the lamp", lambda: self.offers(kari, lamp))
        self.opened(otto, "The window is stuck")
        self.desk.settle()
        offer, = self.offers(kari, lamp)
        self.assertIn("Sam Example", offer.text)
        self.assertEqual([], self.offers(kari, chair), "nobody has promised when")
        self.assertEqual(["kari: sam is not at work"], self.details(lamp, "offered"))
        self.assertEqual(("it", "sam"), self.fields(lamp), "it is his until somebody takes it")
        kari.reply(offer, "/take")
        self.wait_for_fields(lamp, "it", "kari")
        sam.wait_for("that it is not his any more", lambda mail: mail.kind == "happened" and mail.ticket == lamp)

        # Kari goes out within her hours: her tickets are offered, and new ones pass her by.
        kari.reply(kari.wait_for_kind("receipt", lamp), "/out")
        out = sam.wait_for("what waits meanwhile", lambda mail: mail.kind == "happened" and "is out" in mail.text)
        self.assertIn(f"#{lamp} ", out.text)
        self.assertIn(f"#{first} ", out.text)
        self.assertNotIn(f"support+{chair}.", out.text, "that one is Sam's own")
        self.assertEqual(("it", "sam"), self.fields(self.opened(otto, "The carpet is torn").ticket))
        tessa.reply(received, "It flickers still.")
        self.assertIn("flickers still", sam.wait_for_kind("wrote", lamp).text)
        self.assertEqual(("it", "kari"), self.fields(lamp))

        # The next morning Sam takes it by the address in that letter; Kari comes in again.
        self.wind(9)
        address = re.search(rf"support\+{lamp}\.ar\.[^\s<]+@example\.org", out.text)
        assert address, out.text
        sam.send("The lamp", "/take", to=address.group(0))
        self.wait_for_fields(lamp, "it", "sam")
        notice = kari.wait_for_kind("opened", first)
        kari.reply(notice, "/in")
        self.assertIn(f"#{first} ", kari.wait_for_kind("receipt", first).text)
        self.wind(13)
        self.assertEqual(("it", "kari"), self.fields(self.opened(otto, "The tap drips").ticket))


if __name__ == "__main__":
    unittest.main()
