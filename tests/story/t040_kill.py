# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk is killed again and again while mail comes in and letters leave: nothing is lost, nothing is made twice.

SPOC_KILL_MAILS (120), SPOC_KILLS (6) and SPOC_KILL_SEED choose size and moments.
"""

from __future__ import annotations

import collections
import concurrent.futures
import os
import random
import threading
import time
import unittest

import bulk
import counted
import harness

MAILS = int(os.environ.get("SPOC_KILL_MAILS", "120"))
KILLS = int(os.environ.get("SPOC_KILLS", "6"))
SEED = int(os.environ.get("SPOC_KILL_SEED", "5"))
SENDERS = 10


class Killed(harness.Story):
    maxDiff = None
    """One long run, looked at from every side when it is over."""

    settings = {"desk": {"automatic_budget": 1000}}

    def setUp(self) -> None:
        self.rng = random.Random(SEED)
        self.mails = list(bulk.mails(MAILS, SENDERS, SEED, "kill"))
        self.dropped = threading.Event()
        self.given = 0

    def feed(self) -> None:
        """Lays the mails into the mailbox, in order, spread over time."""
        rng = random.Random(SEED + 1)
        for one in self.mails:
            if self.dropped.is_set():
                return
            self.servers.put(one.raw, harness.SUPPORT, one.sender)
            self.given += 1
            time.sleep(rng.random() * 0.06)

    def kill_once(self, number: int) -> None:
        """Waits for work to be under way, then for a random moment, and strikes."""
        target = MAILS * number // (KILLS + 1)
        harness.wait_until(f"{target} mails to be given in", lambda: self.given >= target, 300)
        time.sleep(self.rng.random() * 0.5)
        self.desk.kill9()
        self.desk.start(ready=False)

    def test_kills(self) -> None:
        """Kills while mail comes in, once more while the last letters leave, then counts."""
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            self.addCleanup(self.dropped.set)
            feeding = pool.submit(self.feed)
            for number in range(1, KILLS + 1):
                self.kill_once(number)
            feeding.result()
        harness.wait_until("every mail to be in a ticket", self.all_in, 120, 0.5)
        # While the last letters leave, too.
        self.desk.kill9()
        self.desk.start()
        harness.wait_until("every letter to be sent", self.all_out, 300, 0.5)
        self.check_tickets()
        self.check_letters()
        self.desk.stop()

    def all_in(self) -> bool:
        """As many messages as mails."""
        return self.desk.metric("spoc_messages") >= MAILS

    def all_out(self) -> bool:
        """Nothing is queued."""
        return self.desk.metric("spoc_letters_queued") == 0

    def check_tickets(self) -> None:
        """Every mail is in exactly one ticket, with its conversation."""
        places: dict[str, list[int]] = collections.defaultdict(list)
        numbers = [ticket["id"] for ticket in self.desk.tickets()]
        for number in numbers:
            for message in self.desk.ticket(number)["messages"]:
                places[message["message_id"]].append(number)
        self.assertEqual({one.message_id: 1 for one in self.mails}, {key: len(value) for key, value in places.items()})
        threads: dict[int, set[int]] = collections.defaultdict(set)
        for one in self.mails:
            threads[one.thread].add(places[one.message_id][0])
        self.assertEqual({1}, {len(tickets) for tickets in threads.values()})
        self.assertEqual(len(threads), len(numbers))
        self.assertEqual([], self.desk.spocctl("quarantine", "list", "--all"))
        print(f"\n{KILLS + 1} kills: {MAILS} mails, {len(numbers)} tickets, each mail in exactly one", flush=True)

    def check_letters(self) -> None:
        """Every letter was sent and lies in its mailbox; a double is the same letter once more."""
        letters = self.desk.spocctl("outbox", "list")
        self.assertEqual({"sent"}, {letter["state"] for letter in letters})
        self.assertEqual(len(letters), len({letter["message_id"] for letter in letters}))
        opened = sum(1 for letter in letters if letter["kind"] == "acknowledgement")
        self.assertEqual(len({one.thread for one in self.mails}), opened)
        count, doubles = counted.letters_delivered(self.desk, self.servers)
        self.assertEqual(len(letters), count)
        print(f"{count} letters, all delivered; {doubles} went twice, with the same Message-ID", flush=True)


if __name__ == "__main__":
    unittest.main()
