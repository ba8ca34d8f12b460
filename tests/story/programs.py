# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs: one that asks the API, and one that hears its events."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from typing import Any

import harness


class Answer:
    """What the API said."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Any:
        """The body as a value."""
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"{self.status} {self.body[:400]!r}"


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over the desk's Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


class Client:
    """A program with a token, or at the socket with none."""

    def __init__(self, desk: harness.Spocd, token: str = "", local: bool = False) -> None:
        self.desk, self.token, self.local = desk, token, local

    def connection(self) -> http.client.HTTPConnection:
        """A fresh connection."""
        if self.local:
            return _LocalConnection(str(self.desk.data / "api.sock"))
        return http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=20)

    def head(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        """The header fields of a request."""
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **(extra or {})}

    def ask(self, method: str, path: str, body: Any = None, **fields: str) -> Answer:
        """One request; fields like if_match become If-Match."""
        headers = self.head({key.replace("_", "-"): value for key, value in fields.items()})
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers.setdefault("content-type", "application/json")
        connection = self.connection()
        try:
            connection.request(method, path if path.startswith("/api") else "/api/v1" + path, data, headers)
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


class Stream:
    """An event stream that is open; what came is in `events`."""

    def __init__(self, client: Client, last: str | None = None) -> None:
        self.events: list[dict[str, Any]] = []
        self.ended = False
        self._connection = client.connection()
        fields = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last is not None else {})}
        self._connection.request("GET", "/api/v1/events", headers=client.head(fields))
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200, self._answer.read()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        event: dict[str, Any] = {}
        try:
            for raw in self._answer:
                line = raw.decode().rstrip("\n")
                if not line and event:
                    self.events.append(event)
                    event = {}
                key, _, value = line.partition(": ")
                if key in ("id", "data"):
                    event[key] = json.loads(value)
        except (OSError, ValueError):
            pass
        self.ended = True

    def whats(self) -> list[str]:
        """What happened, as the trail calls it."""
        return [event["data"]["what"] for event in self.events]

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()
