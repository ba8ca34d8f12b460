# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks that take each other for people: every sign of a machine is lost on the way, and still they stop."""

from __future__ import annotations

import time
import unittest

import harness
import servers
from people import Person

# All by which a machine's mail could be known, or find its thread.
LOST = ":".join(["Auto-Submitted", "X-Auto-Response-Suppress", "X-Spoc-Ticket", "X-Spoc-Kind", "Precedence",
                 "Reply-To", "In-Reply-To", "References"])
GUESSES = ["subject-number", "same-subject"]
QUIET_SECONDS = 4.0


class TwoDesks(unittest.TestCase):
    """Two spocd over one pair of real servers."""

    def setUp(self) -> None:
        self.folder = harness.make_folder(type(self))
        self.servers = servers.Servers(self.folder / "servers", strip=LOST)
        self.addCleanup(self.servers.stop)

    def desk(self, user: str, budgets: harness.Section) -> harness.Spocd:
        """A desk at user@example.org with one agent of its own."""
        box = {**self.servers.mailbox_settings(), "address": f"{user}@example.org", "user": user, "team": ""}
        desk = harness.Spocd(self.folder / user, self.servers, {
            "desk": {"disabled_rules": GUESSES, **budgets}, "mailbox": [box], "team": [],
            "agent": [{"handle": "ada", "name": "Ada", "addresses": [f"agent.{user}@example.org"]}]})
        self.addCleanup(desk.leave_stage)
        return desk.start()

    def acknowledgements(self, desk: harness.Spocd) -> int:
        """Automatic letters that the desk wrote to the other."""
        return sum(letter["kind"] == "acknowledgement" for letter in desk.spocctl("outbox", "list"))

    def begin(self, budgets: harness.Section) -> tuple[harness.Spocd, harness.Spocd]:
        """Both desks, and one mail that sets them going."""
        north, south = self.desk("north", budgets), self.desk("south", budgets)
        # Somebody at the southern desk writes to the northern one from the desk's own address.
        Person(self.servers, "South", "south@example.org").send("Who pays?", "Can you tell us?", to="north@example.org")
        return north, south

    def wait_for_silence(self, north: harness.Spocd, south: harness.Spocd) -> None:
        """Until neither has taken in or written anything for a while."""
        state: list[object] = []
        since = time.monotonic()

        def silent() -> bool:
            nonlocal state, since
            now: list[object] = [desk.metric(name) for desk in (north, south)
                                 for name in ("spoc_messages", "spoc_letters_queued")]
            if now != state:
                state, since = now, time.monotonic()
            return time.monotonic() - since > QUIET_SECONDS
        harness.wait_until("both desks to be silent", silent, every=0.2)

    def test_budget_of_letters(self) -> None:
        """Each writes as many automatic letters as its budget allows, then is silent and says so."""
        north, south = self.begin({"automatic_budget": 3})
        harness.wait_until("the northern alarm", lambda: north.metric("spoc_alarms") >= 1)
        self.wait_for_silence(north, south)
        self.assertEqual([3, 3], [self.acknowledgements(north), self.acknowledgements(south)])
        self.assertEqual([4, 3], [len(north.tickets()), len(south.tickets())])
        # Whichever of them begins again: the other has used up its budget, too.
        Person(self.servers, "North", "north@example.org").send("Still here", "Anybody?", to="south@example.org")
        harness.wait_until("the southern alarm", lambda: south.metric("spoc_alarms") >= 1)
        self.wait_for_silence(north, south)
        self.assertEqual([3, 3], [self.acknowledgements(north), self.acknowledgements(south)])
        self.assertEqual([4, 4], [len(north.tickets()), len(south.tickets())])
        for desk, other in ((north, "south"), (south, "north")):
            self.assertIn(f"silent towards {other}@example.org", desk.said())

    def test_budget_of_mails(self) -> None:
        """Without a budget of letters the budget of mails ends it: one ticket takes the rest, nobody is written to."""
        north, south = self.begin({"automatic_budget": 1000, "mail_budget": 8})
        harness.wait_until("an alarm", lambda: north.metric("spoc_alarms") >= 1)
        self.wait_for_silence(north, south)
        self.assertEqual([8, 8], [self.acknowledgements(north), self.acknowledgements(south)])
        self.assertIn("more than 8 mails an hour from south@example.org", north.said())
        self.assertEqual(8, len(north.tickets()))
        self.assertEqual(9, north.metric("spoc_messages"))


if __name__ == "__main__":
    unittest.main()
