# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything at once, killed again and again: mail by IMAP, chat by WebSocket, agents' answers, letters, rules and the clock.

SPOC_KILLS (50) and SPOC_KILL_SEED choose how often and when; the long run is SPOC_KILLS=1000.
"""

from __future__ import annotations

import collections
import os
import queue
import random
import threading
import time
import unittest

import bulk
import counted
import harness
from people import Person
from visitors import Visitor

KILLS = int(os.environ.get("SPOC_KILLS", "50"))
SEED = int(os.environ.get("SPOC_KILL_SEED", "5"))
MOST_MAILS = 6  # given in a life
MOST_WAITING = 100  # letters
LINES = 60  # of a visitor, who then makes room for the next
TALKERS = 3


class Feeder(threading.Thread):
    """Lays mails into the mailbox, with short pauses."""

    def __init__(self, servers: harness.Servers, seed: int) -> None:
        super().__init__(daemon=True)
        self.given: list[bulk.Bulk] = []
        self._servers = servers
        self._wanted: queue.SimpleQueue[bulk.Bulk | None] = queue.SimpleQueue()
        self._mails = bulk.mails(KILLS * MOST_MAILS, max(10, KILLS // 4), seed, "all")
        self._rng = random.Random(seed + 1)

    def give(self, count: int) -> None:
        """So many more."""
        for _ in range(count):
            self._wanted.put(next(self._mails))

    def end(self) -> None:
        """Returns when all that was asked for lies in the mailbox."""
        self._wanted.put(None)
        self.join(60)

    def run(self) -> None:
        while one := self._wanted.get():
            self._servers.put(one.raw, harness.SUPPORT, one.sender)
            self.given.append(one)
            time.sleep(self._rng.random() * 0.1)


class Talker(threading.Thread):
    """One visitor after the other."""

    def __init__(self, desk: harness.Spocd, number: int) -> None:
        super().__init__(daemon=True)
        self.visitors: list[Visitor] = []
        self._desk = desk
        self._number = number
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            visitor = Visitor(self._desk, self._number + TALKERS * len(self.visitors), LINES, SEED, 600)
            self.visitors.append(visitor)
            visitor.run()
            if visitor.fault:
                return

    def end(self) -> None:
        """After the line that is under way."""
        self._stopped.set()
        for visitor in self.visitors[-1:]:
            visitor.stopped.set()
        self.join(60)


class Answerer(threading.Thread):
    """An agent who answers every third mail from a mail client."""

    def __init__(self, servers: harness.Servers) -> None:
        super().__init__(daemon=True)
        self.answered: list[int] = []
        self._sam = Person(servers, "Sam Example", "sam@example.org")
        self._looked = 0
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(0.3):
            for mail in self._sam.inbox()[self._looked:]:
                self._looked += 1
                fresh = mail.kind == "opened" and mail.ticket % 3 == 0 and "Mail number" in mail.text
                if fresh and mail.ticket not in self.answered:
                    self._sam.reply(mail, f"Answer to #{mail.ticket}.")
                    self.answered.append(mail.ticket)

    def end(self) -> None:
        """After the answer that is under way."""
        self._stopped.set()
        self.join(60)
        self._sam.leave()


class KilledAll(harness.Story):
    """One long life made of many short ones."""

    settings = {
        "desk": {"automatic_budget": 1000},
        "chat": {"gathering": "500ms", "lines_per_second": 1000, "visitor_lines": 0, "peer_lines": 0},
        "rule": [
            {"name": "mark", "when": ["opened"], "then.tag": ["marked"]},
            {"name": "silent", "when": ["time"], "after": "3s", "if.tags": ["marked"], "if.statuses": ["new"], "then.tag": ["silent"]},
        ],
        "sla": [{"name": "quick", "first_response": "4s", "resolution": "8h", "warn": ["assignee"], "breach": ["assignee"]}],
    }

    def setUp(self) -> None:
        print(f"\nseed {SEED}, {KILLS} kills", flush=True)
        self.rng = random.Random(SEED)
        self.feeder = Feeder(self.servers, SEED)
        self.talkers = [Talker(self.desk, number) for number in range(TALKERS)]
        self.answerer = Answerer(self.servers)
        self.unborn = self.waiting = 0

    def test_kills(self) -> None:
        """Nothing that was acknowledged is lost and nothing is done twice, but for letters under way."""
        everybody = [self.feeder, *self.talkers, self.answerer]
        for one in everybody:
            one.start()
        for number in range(1, KILLS + 1):
            self.live_and_die()
            if number % 10 == 0:
                self.look_over(number)
        self.desk.kill9()
        self.desk.start(ready=False)
        harness.wait_until("an answer of the agent", lambda: self.answerer.answered, 300)
        for one in everybody:
            one.end()
        self.check_mails()
        self.check_chats()
        self.check_answers()
        self.check_rules()
        self.check_letters()
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [], 60, 0.5)
        self.desk.stop()

    def live_and_die(self) -> None:
        """A life ends a moment after birth, before the desk even listens, or in the midst of work."""
        self.desk.kill9()
        # A machine that is slow to deliver gets longer lives, or letters would pile up for ever.
        behind = self.waiting > MOST_WAITING
        self.feeder.give(0 if behind else self.rng.randrange(MOST_MAILS))
        if self.rng.random() < 0.15:
            self.desk.launch()
            time.sleep(self.rng.random() * 0.15)
            self.unborn += 1
        else:
            self.desk.start(ready=False)
            time.sleep(self.rng.random() * (6 if behind else 1.2))
            self.waiting = counted.rows(self.desk, "SELECT COUNT(*) FROM letter WHERE state = 'queued'")[0][0]
        assert self.desk.process
        self.assertIsNone(self.desk.process.poll(), f"it ended by itself{harness.testimony()}")
        self.desk.kill9()

    def look_over(self, number: int) -> None:
        """In the midst of it: what is there contradicts nothing, and no mail is there twice."""
        self.desk.start(ready=False)
        self.assertEqual([], [line for line in counted.broken(self.desk) if "index" not in line], f"after kill {number}")
        self.assertEqual([], [one for one in counted.places(self.desk).items() if len(one[1]) > 1], f"after kill {number}")
        if number % 100 == 0:
            print(f"after {number} kills: {len(self.feeder.given)} mails, no invariant broken", flush=True)

    def check_mails(self) -> None:
        """Every mail is in exactly one ticket, with its conversation."""
        wanted = {one.message_id for one in self.feeder.given}
        harness.wait_until("every mail to be in", lambda: wanted <= set(counted.places(self.desk)), 120, 0.5)
        found = counted.places(self.desk)
        self.assertEqual([], [one for one in found.items() if len(one[1]) > 1])
        threads: dict[int, set[int]] = collections.defaultdict(set)
        for one in self.feeder.given:
            threads[one.thread].update(found[one.message_id])
        self.assertEqual([], [tickets for tickets in threads.values() if len(tickets) > 1])
        self.assertEqual([], self.desk.spocctl("quarantine", "list", "--all"))
        print(f"{KILLS} kills, {self.unborn} of them before it listened: {len(wanted)} mails, each in exactly one of "
              f"{len(threads)} tickets", flush=True)

    def check_chats(self) -> None:
        """Every line that was acknowledged is there once and in order."""
        visitors = [visitor for talker in self.talkers for visitor in talker.visitors]
        self.assertEqual([], [fault for visitor in visitors for fault in visitor.broken()])
        lines = sum(len(visitor.kept) for visitor in visitors)
        stored = counted.rows(self.desk, "SELECT COUNT(*) FROM message WHERE session IS NOT NULL")[0][0]
        self.assertEqual(lines, stored)
        print(f"{lines} chat lines of {len(visitors)} visitors, each there once and in order", flush=True)

    def check_answers(self) -> None:
        """Every answer of the agent is one message of its ticket, and one letter."""
        wanted = sorted(self.answerer.answered)
        said = "SELECT ticket FROM message WHERE kind = 'outbound' ORDER BY ticket"
        harness.wait_until("every answer to be in", lambda: len(counted.rows(self.desk, said)) >= len(wanted), 120, 0.5)
        self.assertEqual(wanted, [row[0] for row in counted.rows(self.desk, said)])
        letters = counted.rows(self.desk, "SELECT ticket FROM letter WHERE kind = 'answer' ORDER BY ticket")
        self.assertEqual(wanted, [row[0] for row in letters])
        print(f"{len(wanted)} answers of an agent, each one message and one letter", flush=True)

    def check_rules(self) -> None:
        """The rule of opening fired once for each ticket, that of silence no more than once, the clock told each breach once."""
        tickets = counted.rows(self.desk, "SELECT COUNT(*) FROM ticket")[0][0]
        fired = "SELECT ticket, COUNT(*) FROM trail WHERE what = 'rule' AND detail LIKE '{}:%' GROUP BY ticket"
        opened = counted.rows(self.desk, fired.format("mark"))
        self.assertEqual((tickets, {1}), (len(opened), {count for _, count in opened}))
        silent = "SELECT COUNT(*) FROM ticket t WHERE status = 'new' AND NOT EXISTS (SELECT 1 FROM trail WHERE ticket = t.id AND what = 'rule' " \
                 "AND detail LIKE 'silent:%')"
        harness.wait_until("every silence to be noticed", lambda: counted.rows(self.desk, silent)[0][0] == 0, 60, 0.5)
        twice = [row for row in counted.rows(self.desk, fired.format("silent")) if row[1] > 1]
        self.assertEqual([], twice)
        print(f"rules fired once for each of {tickets} tickets", flush=True)

    def check_letters(self) -> None:
        """Every letter is in its mailbox; one that went twice was under way when the desk died."""
        letters, doubles = counted.letters_delivered(self.desk, self.servers)
        # One letter is under way at a time.
        self.assertLessEqual(doubles, KILLS)
        print(f"{letters} letters, all delivered; {doubles} went twice, under the same Message-ID", flush=True)


if __name__ == "__main__":
    unittest.main()
