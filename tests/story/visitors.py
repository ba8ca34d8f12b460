# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets without a page, for desks that die: a line is said again until the desk says that it has it."""

from __future__ import annotations

import json
import random
import threading
import time

import websocket

import harness


class Visitor(threading.Thread):
    """One line under way at a time; it ends when all are kept, or after `stopped` with the line under way."""

    def __init__(self, desk: harness.Spocd, number: int, lines: int, seed: int, patience: float = 180) -> None:
        super().__init__(daemon=True)
        self.desk = desk
        self.number = number
        self.session: str | None = None
        self.seen: dict[int, dict] = {}
        self.kept: dict[str, int] = {}
        self.doubles: list[dict] = []
        self.fault = ""
        self.stopped = threading.Event()
        self._lines = lines
        self._begun = 0
        self._patience = patience
        self._rng = random.Random(seed * 100 + number)

    def run(self) -> None:
        end = time.monotonic() + self._patience
        while self.has_more() and time.monotonic() < end:
            try:
                self.visit()
            except (OSError, websocket.WebSocketException):
                time.sleep(0.02)
            except Exception as fault:  # told by the test, not by a thread that vanishes
                self.fault = repr(fault)
                return
        if self.has_more():
            self.fault = f"{len(self.kept)} lines kept in {self._patience:g} s"

    def has_more(self) -> bool:
        """Is a line under way, or one to come?"""
        return len(self.kept) < self._begun or (self._begun < self._lines and not self.stopped.is_set())

    def dial(self) -> websocket.WebSocket:
        """A connection as the widget opens it."""
        return websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=10, origin=self.desk.url)

    def visit(self) -> None:
        """From hello to the end of the connection."""
        wire = self.dial()
        try:
            self.greet(wire)
            while self.has_more():
                self._begun = len(self.kept) + 1
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
            if frame["t"] == "no" and frame["why"] == "busy":
                raise OSError("the desk could not keep a line, and wants it again")
            assert frame["t"] != "no", frame
            if frame["t"] == wanted:
                return frame

    def words(self) -> list[str]:
        """Every line that the desk has acknowledged, in order."""
        return [f"line {self.number}-{count} of visitor {self.number}" for count in range(len(self.kept))]

    def replay(self) -> list[str]:
        """What the desk tells a browser that has forgotten everything."""
        wire = self.dial()
        try:
            wire.send(json.dumps({"t": "hello", "session": self.session, "last": 0, "language": "en"}))
            count = self.hear(wire, "welcome")["next"] - 1
            return [self.hear(wire, "line")["text"] for _ in range(count)]
        finally:
            wire.shutdown()

    def broken(self) -> list[str]:
        """What the desk owes this visitor: a fault, a line lost, doubled or out of order."""
        out = [self.fault] if self.fault else []
        told = self.replay() if self.kept else []
        if told != self.words():
            out.append(f"visitor {self.number} was told {told} for {self.words()}")
        if sorted(self.kept.values()) != list(range(1, len(self.kept) + 1)):
            out.append(f"visitor {self.number} got the numbers {sorted(self.kept.values())}")
        return out + [f"visitor {self.number} heard another line {frame['seq']}" for frame in self.doubles]
