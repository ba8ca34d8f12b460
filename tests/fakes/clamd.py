# SPDX-License-Identifier: GPL-3.0-or-later
"""ClamAV's daemon as far as INSTREAM goes: finds a mark instead of viruses."""

from __future__ import annotations

import socketserver
import threading

MARK = b"THIS-IS-NOT-A-VIRUS"


class _Question(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            return
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        self.wfile.write(b"stream: Test.Mark FOUND\0" if MARK in content else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    """Answers on a port of 127.0.0.1 until stop()."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Question)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """No more answers."""
        self.shutdown()
        self.server_close()
