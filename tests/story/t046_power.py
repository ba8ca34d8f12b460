# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug is pulled at the desk's own syncs, and the disk forgets what was not synced: nothing that was acknowledged is lost.

SPOC_CUTS (8) and SPOC_KILL_SEED choose how often and when; SPOC_EVERY_SYNC=1 also cuts before and after each single sync
of a mail's way in and out.
"""

from __future__ import annotations

import os
import random
import time
import unittest

import bulk
import counted
import harness
import power
from people import Person
from visitors import Visitor

CUTS = int(os.environ.get("SPOC_CUTS", "8"))
SEED = int(os.environ.get("SPOC_KILL_SEED", "5"))
EVERY = os.environ.get("SPOC_EVERY_SYNC") == "1"


class PowerStory(harness.Story):
    """A stage whose desk runs on a machine with a plug."""

    desk: power.PoweredSpocd
    desk_type = power.PoweredSpocd

    @classmethod
    def setUpClass(cls) -> None:
        cls.set_stage()


class PowerCuts(PowerStory):
    """Mails come in, visitors chat, letters leave; at random syncs it goes dark."""

    settings = {"desk": {"automatic_budget": 1000}, "chat": {"gathering": "500ms", "lines_per_second": 1000}}

    def test_cuts(self) -> None:
        """After each cut the desk starts by itself and keeps every line that it had acknowledged."""
        rng = random.Random(SEED)
        mails = list(bulk.mails(CUTS * 8, 5, SEED, "power"))
        given = iter(mails)
        visitors = [Visitor(self.desk, number, 150, SEED) for number in range(3)]
        lost = 0
        for cut in range(CUTS):
            self.desk.cut_at = f"{rng.choice(('before', 'after'))} {rng.randint(12, 40)}"
            self.desk.start(ready=False)
            if cut == 0:
                for visitor in visitors:
                    visitor.start()
            for _ in range(8):
                one = next(given)
                self.servers.put(one.raw, harness.SUPPORT, one.sender)
                time.sleep(rng.random() * 0.05)
            harness.wait_until("the cut", self.desk.is_dark, 60)
            lost += self.desk.pull_the_plug(rng, rng.choice((0.0, 0.0, 0.5)))
            said = [line for line in counted.broken(self.desk) if "index" not in line]
            self.assertEqual([], said, f"after cut {cut}, {self.desk.cut_at}")
        self.desk.cut_at = ""
        self.desk.start()
        for visitor in visitors:
            visitor.join(180)
            self.assertEqual([], visitor.broken())
        self.check_mails(mails)
        print(f"\n{CUTS} power cuts took back {lost} writes; {len(mails)} mails and "
              f"{sum(len(one.kept) for one in visitors)} chat lines are there, each once", flush=True)

    def check_mails(self, mails: list[bulk.Bulk]) -> None:
        """Each mail once; every letter out; nothing broken."""
        wanted = {one.message_id for one in mails}
        def there() -> list[str]:
            return [message["message_id"] for ticket in self.desk.tickets()
                    for message in self.desk.ticket(ticket["id"])["messages"] if message["message_id"]]
        harness.wait_until("every mail", lambda: wanted <= set(there()), 120, 0.5)
        found = [one for one in there() if one in wanted]
        self.assertEqual(len(wanted), len(found))
        harness.wait_until("every letter to be sent", lambda: self.desk.metric("spoc_letters_queued") == 0, 120, 0.5)
        harness.wait_until("the index to be drained", lambda: counted.broken(self.desk) == [], 60, 0.5)


@unittest.skipUnless(EVERY, "SPOC_EVERY_SYNC=1 plays it: two starts for each sync")
class EverySync(PowerStory):
    """One mail in, its letters out, cut at each sync of that way."""

    settings = {"desk": {"automatic_budget": 1000}}

    def test_each(self) -> None:
        """Prints what became of the mail for each point."""
        rng = random.Random(SEED)
        tessa = Person(self.servers, "Tessa Lind", "tessa@example.net")
        self.addCleanup(tessa.leave)
        self.desk.start()
        idle = self.desk.syncs()
        self.desk.stop()
        number, table = 0, []
        while True:
            number += 1
            reached = 0
            for when in ("before", "after"):
                subject = f"Mail {number} {when}"
                self.desk.cut_at = f"{when} {number}"
                tessa.send(subject, f"Words of {subject}.")
                try:
                    self.desk.start(ready=False)
                except AssertionError:
                    pass  # dark before it listened
                try:
                    harness.wait_until("the cut", self.desk.is_dark, 8)
                    reached += 1
                except AssertionError:
                    pass
                lost = self.desk.pull_the_plug(rng)
                self.assertEqual([], [line for line in counted.broken(self.desk) if "index" not in line], self.desk.cut_at)
                self.desk.cut_at = ""
                self.desk.start()
                tessa.wait_for("acknowledgement of " + subject, lambda mail, words=subject: words in str(mail["Subject"]))
                self.desk.settle()
                self.assertEqual(1, sum(1 for ticket in self.desk.tickets() if ticket["subject"] == subject))
                self.desk.stop()
                table.append(f"{when:6} sync {number:3}: {lost:3} writes lost, one ticket, acknowledged")
            if reached == 0 and number > idle:
                break
        print("\n" + "\n".join(table), flush=True)


if __name__ == "__main__":
    unittest.main()
