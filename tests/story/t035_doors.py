# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom the chat lets in, and what it puts up with."""

from __future__ import annotations

import json
import unittest

import websocket

import harness


class Doors(harness.Story):
    """Who may open a chat, and what a chat may do."""

    settings = {"chat": {"origins": ["https://intranet.example.org"]}}

    def dial(self, origin: str | None) -> websocket.WebSocket:
        """A connection from a page of that origin."""
        found = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=10, origin=origin,
                                            suppress_origin=origin is None)
        self.addCleanup(found.shutdown)
        return found

    def hear(self, wire: websocket.WebSocket, wanted: str) -> dict:
        """Frames until one of that kind has come."""
        while True:
            frame = json.loads(wire.recv())
            if frame["t"] == wanted:
                return frame

    def test_origins(self) -> None:
        """The desk's own pages and the configured ones; a foreign page is turned away."""
        for origin in (self.desk.url, "https://intranet.example.org"):
            self.dial(origin).send(json.dumps({"t": "ping"}))
        for origin in ("https://evil.example.com", "https://intranet.example.org.evil.example.com", "null"):
            with self.assertRaises(websocket.WebSocketBadStatusException) as caught:
                self.dial(origin)
            self.assertEqual(403, caught.exception.status_code)

    def test_manners(self) -> None:
        """Nonsense is answered, and costs nobody else anything."""
        wire = self.dial(self.desk.url)
        wire.send(json.dumps({"t": "line", "ref": "1", "text": "before hello"}))
        self.assertEqual("bad_session", self.hear(wire, "no")["why"])
        wire.send(json.dumps({"t": "hello", "session": None, "last": 0, "language": "en"}))
        self.hear(wire, "welcome")
        for data, why in (("{", "bad_frame"), ('{"t":"dance"}', "bad_frame"),
                          ('{"t":"line","ref":"","text":"x"}', "bad_frame"),
                          (json.dumps({"t": "line", "ref": "2", "text": "x" * 8001}), "too_long"),
                          (json.dumps({"t": "who", "name": "x", "address": "a@b\r\nBcc: c@d.example"}), "bad_frame")):
            wire.send(data)
            self.assertEqual(why, self.hear(wire, "no")["why"], data[:60])
        wire.send(json.dumps({"t": "line", "ref": "3", "text": "after all that"}))
        self.assertEqual("3", self.hear(wire, "kept")["ref"])
        self.assertEqual(["after all that"], [one["subject"] for one in self.desk.tickets()])

    def test_guessed_session(self) -> None:
        """A session that nobody has is no way into another one's chat."""
        wire = self.dial(self.desk.url)
        wire.send(json.dumps({"t": "hello", "session": "a" * 43, "last": 0, "language": "en"}))
        welcome = self.hear(wire, "welcome")
        self.assertNotEqual("a" * 43, welcome["session"])
        self.assertEqual(1, welcome["next"])


if __name__ == "__main__":
    unittest.main()
