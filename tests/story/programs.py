# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs: one that asks the API, one that hears its events, one that takes webhook calls, and one that plays the daemon."""

from __future__ import annotations

import http.client
import http.server
import json
import pathlib
import socket
import socketserver
import ssl
import subprocess
import threading
import urllib.parse
from collections.abc import Callable
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
    """An event stream that is open; what came of the trail is in `events`, who is typing in `typing`."""

    def __init__(self, client: Client, last: str | None = None) -> None:
        self.events: list[dict[str, Any]] = []
        self.typing: list[dict[str, Any]] = []
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
                    if event.pop("event", "") == "typing":
                        self.typing.append(event)
                    elif event:
                        self.events.append(event)
                    event = {}
                key, _, value = line.partition(": ")
                if key == "event":
                    event[key] = value
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


def make_certificate(folder: pathlib.Path, names: str = "DNS:localhost") -> tuple[pathlib.Path, pathlib.Path]:
    """A certificate of localhost (or of these names) that nobody else has signed, and its key."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", f"subjectAltName={names}", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return certificate, key


class Provider:
    """Gives access tokens (RFC 6749), and keeps what it was asked."""

    def __init__(self, token: str) -> None:
        self.asked: list[dict[str, str]] = []
        self.answer: tuple[int, dict[str, Any]] = (200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """One question."""

            def do_POST(self) -> None:  # pylint: disable=invalid-name
                """Answers as it is told to."""
                provider.asked.append(dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())))
                status, said = provider.answer
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/token"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def leave(self) -> None:
        """Answers nobody any more."""
        self._server.shutdown()
        self._server.server_close()


class Daemon:
    """Plays a daemon at a desk's Unix socket: one of another release, or in trouble."""

    def __init__(self, socket_path: pathlib.Path, answer: Callable[[str, str], tuple[int, dict[str, Any]] | None]) -> None:
        self.asked: list[str] = []  # "GET /api/v1/contacts"
        daemon = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """One request."""

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                daemon.asked.append(f"{self.command} {self.path}")
                said = answer(self.command, self.path)
                self.close_connection = True
                if said is None:  # hangs up without a word
                    return
                status, value = said
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json" if status < 400 else "application/problem+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PATCH = do_DELETE = _answer  # pylint: disable=invalid-name

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            """Does not wait for who hangs."""

            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """Who has hung up is no fault."""

        socket_path.unlink(missing_ok=True)
        self._server = Server(str(socket_path), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Listens no more; its socket stays, as that of a daemon that was killed."""
        self._server.shutdown()
        self._server.server_close()

    def asked_for(self, method: str) -> list[str]:
        """Where it was asked with this method, in their order."""
        return [one.split(" ", 1)[1] for one in self.asked if one.startswith(method + " ")]


class Receiver:
    """A small web server that keeps every call and answers as it is told to."""

    def __init__(self, port: int = 0, tls: tuple[pathlib.Path, pathlib.Path] | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self.statuses: list[int] = []  # of the next calls; 204 when there are none
        self.location = ""
        self.open = threading.Event()  # while it is not set, nobody gets an answer
        self.open.set()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """One call."""

            def do_POST(self) -> None:  # pylint: disable=invalid-name
                """Keeps it."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.statuses.pop(0) if receiver.statuses else 204
                receiver.calls.append({"headers": {key.lower(): value for key, value in self.headers.items()},
                                       "body": body, "status": status, "path": self.path})
                receiver.open.wait(60)
                self.send_response(status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        class Server(http.server.ThreadingHTTPServer):
            """Does not wait for who hangs."""

            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A desk that was killed hangs up; that is no fault."""

        self.server = Server(("127.0.0.1", port), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def taken(self) -> list[dict[str, Any]]:
        """The bodies of the calls that were answered well, in their order."""
        return [json.loads(call["body"]) for call in self.calls if call["status"] < 300]

    def types(self) -> list[str]:
        """Their types."""
        return [str(one["type"]) for one in self.taken()]

    def close(self) -> None:
        """Listens no more."""
        self.open.set()
        self.server.shutdown()
        self.server.server_close()
