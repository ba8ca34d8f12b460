# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors and agents keep writing while the desk is killed: every line and every answer is there once, in order."""

from __future__ import annotations

import os
import random
import time
import unittest

import harness
from people import Person, Received
from visitors import Visitor

VISITORS = int(os.environ.get("SPOC_CHAT_VISITORS", "8"))
LINES = int(os.environ.get("SPOC_CHAT_LINES", "25"))
KILLS = int(os.environ.get("SPOC_KILLS", "5"))
SEED = int(os.environ.get("SPOC_KILL_SEED", "5"))


class ChatKilled(harness.Story):
    """Everybody writes at once."""

    settings = {"desk": {"automatic_budget": 1000}, "chat": {"gathering": "500ms", "lines_per_second": 1000}}

    def test_lines(self) -> None:
        """Each line that was acknowledged is there once; numbers have no gap; agents were told every line."""
        rng = random.Random(SEED)
        visitors = [Visitor(self.desk, number, LINES, SEED) for number in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        for number in range(1, KILLS + 1):
            target = VISITORS * LINES * number // (KILLS + 1)
            harness.wait_until(f"{target} lines", lambda: sum(len(one.kept) for one in visitors) >= target, 120)
            time.sleep(rng.random() * 0.2)
            self.desk.kill9()
            self.desk.start(ready=False)
        for visitor in visitors:
            visitor.join(180)
            self.assertEqual([], visitor.broken())
            self.assertEqual(LINES, len(visitor.kept))
        self.check_told(visitors)
        print(f"\n{KILLS} kills: {VISITORS} visitors, {VISITORS * LINES} lines, each once and in order", flush=True)

    def check_told(self, visitors: list[Visitor]) -> None:
        """The mails to an agent hold every line."""
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        wanted = {words for visitor in visitors for words in visitor.words()}
        def told() -> bool:
            found = {line.strip() for mail in sam.inbox() for line in mail.text.splitlines()}
            return wanted <= found
        harness.wait_until("every line to be told to Sam", told, 60, 0.3)
        self.assertEqual(VISITORS, len(self.desk.tickets()))


class AnswersKilled(harness.Story):
    """An agent answers every new ticket while the desk is killed."""

    settings = {"desk": {"automatic_budget": 1000}}

    def test_answers(self) -> None:
        """Each answer goes out: one message, one letter, and the requester has it with one Message-ID."""
        count = 30
        rng = random.Random(SEED)
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        tessa = Person(self.servers, "Tessa Lind", "tessa@example.net")
        self.addCleanup(sam.leave)
        self.addCleanup(tessa.leave)
        for number in range(count):
            tessa.send(f"Question {number}", f"Question number {number}, please.")
        answered: dict[int, Received] = {}
        kills = iter(range(count // (KILLS + 1), count, count // (KILLS + 1)))
        strike = next(kills)
        def answer_next() -> bool:
            for mail in sam.inbox():
                if mail.kind == "opened" and mail.ticket not in answered:
                    answered[mail.ticket] = mail
                    sam.reply(mail, f"Answer to #{mail.ticket}.")
                    return True
            return False
        while len(answered) < count:
            harness.wait_until("the next notice", answer_next, 60)
            if len(answered) == strike:
                time.sleep(rng.random() * 0.3)
                self.desk.kill9()
                self.desk.start(ready=False)
                strike = next(kills, -1)
        harness.wait_until("every answer to be in", lambda: self.desk.metric("spoc_messages") == 2 * count, 60)
        self.desk.settle()
        self.check(tessa, set(answered))

    def check(self, tessa: Person, tickets: set[int]) -> None:
        """Ticket by ticket."""
        for number in tickets:
            shown = self.desk.ticket(number)
            self.assertEqual(["inbound", "outbound"], [message["kind"] for message in shown["messages"]])
            letters = [letter for letter in shown["letters"] if letter["kind"] == "answer"]
            self.assertEqual(["sent"], [letter["state"] for letter in letters])
            answer = tessa.wait_for_kind("answer", number)
            self.assertIn(f"Answer to #{number}.", answer.text)
        ids = {mail["Message-ID"] for mail in tessa.inbox() if mail.kind == "answer"}
        self.assertEqual(len(tickets), len(ids))


if __name__ == "__main__":
    unittest.main()
