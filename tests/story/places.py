# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between a browser and the desk: a strict intranet page, and a cable that can be cut."""

from __future__ import annotations

import http.server
import select
import socket
import threading

from servers import free_port

# Listens for what the policy forbids before the widget comes.
WITNESS = b"window.violations = [];\naddEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective));\n"


class Intranet:
    """A page of another origin, under a policy without any 'unsafe-'; `attributes` go into the widget's tag. `copy`: the script is
    served by the page itself."""

    def __init__(self, desk: str, language: str = "en", direction: str = "ltr", attributes: str = "", port: int = 0,
                 copy: bytes | None = None) -> None:
        policy = (f"default-src 'none'; script-src 'self' {desk}; style-src 'self'; img-src 'self' {desk}; "
                  f"connect-src {desk} {desk.replace('http', 'ws', 1)}; base-uri 'none'; form-action 'none'")
        page = (f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>Intranet</title>'
                f'<meta name="viewport" content="width=device-width, initial-scale=1"><script src="/witness.js"></script>'
                f'<script src="{"/copy.js" if copy else desk + "/widget.js"}" data-desk="IT service desk" {attributes} defer></script></head>'
                f"<body><main><h1>Intranet</h1><p>Good to see you.</p></main></body></html>")

        class Handler(http.server.BaseHTTPRequestHandler):
            """Few files."""

            def do_GET(self) -> None:  # pylint: disable=invalid-name
                """The page, or one of its scripts."""
                scripts = {"/witness.js": WITNESS, "/copy.js": copy}
                script = self.path in scripts
                body = scripts.get(self.path) or page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def leave(self) -> None:
        """Ends the page."""
        self._server.shutdown()
        self._server.server_close()


class Cable:
    """A TCP relay to a port that can be cut and mended; `deaf` knows no WebSocket, as some proxies don't.

    `frays`: after so many bytes from the server a connection breaks, each of the numbers once."""

    def __init__(self, port: int, deaf: bool = False) -> None:
        self._target = port
        self._deaf = deaf
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.frays: list[int] = []
        self._ends: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Carries again."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Refuses everybody and drops all connections."""
        assert self._listener
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._ends):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near:
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            with far:
                if self._deaf:
                    first = near.recv(65536)
                    if b"\r\nupgrade: websocket" in first.lower():
                        near.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        return
                    far.sendall(first)
                self._ends |= {near, far}
                self._pump(near, far)
                self._ends -= {near, far}

    def _pump(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        left = self.frays.pop(0) if self.frays else None
        try:
            while True:
                for end in select.select([near, far], [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if left is not None and end is far:
                        data = data[:left]
                        left -= len(data)
                    other[end].sendall(data)
                    if left == 0:
                        return
        except OSError:
            return
