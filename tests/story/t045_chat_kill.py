# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors and agents keep writing while the desk is killed: every line and every answer is there once, in order."""

from __future__ import annotations

import json
import os
import random
import threading
import time
import unittest

import websocket

import harness
from people import Person, Received

VISITORS = int(os.environ.get("SPOC_CHAT_VISITORS", "8"))
LINES = int(os.environ.get("SPOC_CHAT_LINES", "25"))
KILLS = int(os.environ.get("SPOC_KILLS", "5"))
SEED = int(os.environ.get("SPOC_KILL_SEED", "5"))


class Visitor(threading.Thread):
    """A widget without a page: one line under way, sent again until the desk says that it has it."""

    def __init__(self, desk: harness.Spocd, number: int) -> None:
        super().__init__(daemon=True)
        self.desk = desk
        self.number = number
        self.session: str | None = None
        self.seen: dict[int, dict] = {}
        self.kept: dict[str, int] = {}
        self.doubles: list[dict] = []
        self.fault = ""
        self._rng = random.Random(SEED * 100 + number)

    def run(self) -> None:
        end = time.monotonic() + 180
        while len(self.kept) < LINES and time.monotonic() < end:
            try:
                self.visit()
            except (OSError, websocket.WebSocketException):
                time.sleep(0.02)
            except Exception as fault:  # told by the test, not by a thread that vanishes
                self.fault = repr(fault)
                return

    def dial(self) -> websocket.WebSocket:
        """A connection as the widget opens it."""
        return websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=10, origin=self.desk.url)

    def visit(self) -> None:
        """From hello to the end of the connection."""
        wire = self.dial()
        try:
            self.greet(wire)
            while len(self.kept) < LINES:
                self.say(wire, f"{self.number}-{len(self.kept)}")
                time.sleep(self._rng.random() * 0.1)
        finally:
            wire.shutdown()

    def greet(self, wire: websocket.WebSocket) -> None:
        """hello and welcome; the session must be the one that the desk knows."""
        last = max(self.seen, default=0)
        wire.send(json.dumps({"t": "hello", "session": self.session, "last": last, "language": "en"}))
        welcome = self.hear(wire, "welcome")
        assert self.session is None or not self.kept or welcome["session"] == self.session, welcome
        self.session = welcome["session"]

    def say(self, wire: websocket.WebSocket, ref: str) -> None:
        """One line, until its kept."""
        wire.send(json.dumps({"t": "line", "ref": ref, "text": f"line {ref} of visitor {self.number}"}))
        while ref not in self.kept:
            self.hear(wire, "kept")

    def hear(self, wire: websocket.WebSocket, wanted: str) -> dict:
        """Frames until one of that kind has come."""
        while True:
            data = wire.recv()
            if not data:
                raise OSError("the desk is gone")
            frame = json.loads(data)
            if frame["t"] == "kept":
                self.kept[frame["ref"]] = frame["seq"]
            if frame["t"] == "line":
                if self.seen.setdefault(frame["seq"], frame) != frame:
                    self.doubles.append(frame)
            assert frame["t"] != "no", frame
            if frame["t"] == wanted:
                return frame

    def replay(self) -> list[str]:
        """What the desk tells a browser that has forgotten everything."""
        wire = self.dial()
        try:
            wire.send(json.dumps({"t": "hello", "session": self.session, "last": 0, "language": "en"}))
            count = self.hear(wire, "welcome")["next"] - 1
            return [self.hear(wire, "line")["text"] for _ in range(count)]
        finally:
            wire.shutdown()


class ChatKilled(harness.Story):
    """Everybody writes at once."""

    settings = {"desk": {"automatic_budget": 1000}, "chat": {"gathering": "500ms", "lines_per_second": 1000}}

    def test_lines(self) -> None:
        """Each line that was acknowledged is there once; numbers have no gap; agents were told every line."""
        rng = random.Random(SEED)
        visitors = [Visitor(self.desk, number) for number in range(VISITORS)]
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
            self.assertEqual("", visitor.fault)
            self.check(visitor)
        self.check_told(visitors)
        print(f"\n{KILLS} kills: {VISITORS} visitors, {VISITORS * LINES} lines, each once and in order", flush=True)

    def words(self, visitor: Visitor) -> list[str]:
        """What a visitor said."""
        return [f"line {visitor.number}-{number} of visitor {visitor.number}" for number in range(LINES)]

    def check(self, visitor: Visitor) -> None:
        """One visitor's conversation, from the desk's memory."""
        self.assertEqual(self.words(visitor), visitor.replay())
        self.assertEqual(list(range(1, LINES + 1)), sorted(visitor.kept.values()))
        self.assertEqual([], visitor.doubles)

    def check_told(self, visitors: list[Visitor]) -> None:
        """The mails to an agent hold every line."""
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        wanted = {words for visitor in visitors for words in self.words(visitor)}
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
