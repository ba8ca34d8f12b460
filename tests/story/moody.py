# SPDX-License-Identifier: GPL-3.0-or-later
"""An MTA with moods, for what no real one does on demand."""

from __future__ import annotations

import re
import socket
import socketserver
import struct
import threading

import harness

MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]*)>", re.IGNORECASE | re.MULTILINE)


class MoodyMta:
    """`mood`: well, busy (421 at once), greylist (451 to each recipient's first try), refuse (550 to who is in `unknown`),
    stranger (refuses our sender: at MAIL, or at RCPT to who is in `unknown`), reset (takes the mail and breaks off without a verdict),
    choke (the same, for mails to who is in `unknown` only), hang (takes the mail and says no more)."""

    def __init__(self) -> None:
        self.mood = "well"
        self.unknown: set[str] = set()
        self.taken: list[tuple[str, str]] = []  # recipient and Message-ID, in the order of coming
        self.tries: list[str] = []
        self.hanging = threading.Event()
        self.port = harness.free_port()
        mta = self

        class Talk(socketserver.StreamRequestHandler):
            """One connection."""

            def handle(self) -> None:
                mta.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            """Ends with the test."""

            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", self.port), Talk)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def leave(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._server.server_close()

    def settings(self) -> harness.Section:
        """The [out] keys."""
        return {"way": "smtp", "host": "127.0.0.1", "port": self.port, "security": "none", "user": "", "timeout": "2s"}

    def talk(self, wire: socketserver.StreamRequestHandler) -> None:
        """From the greeting to the end."""
        def say(words: str) -> None:
            wire.wfile.write(words.encode() + b"\r\n")
        if self.mood == "busy":
            say("421 4.3.2 not now")
            return
        say("220 moody ESMTP")
        recipients: list[str] = []
        while line := wire.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                say("250 moody")
            elif verb == b"MAIL":
                recipients = []
                refused = self.mood == "stranger" and not self.unknown
                say("550 5.1.0 sender: User unknown" if refused else "250 2.1.0 yes")
            elif verb == b"RCPT":
                say(self.judge(line.partition(b"<")[2].partition(b">")[0].decode(), recipients))
            elif verb == b"DATA":
                say("354 go on")
                if not self.take(wire, recipients):
                    return
                say("250 2.0.0 taken")
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 2.0.0 yes")

    def judge(self, address: str, recipients: list[str]) -> str:
        """The answer to RCPT."""
        first = address not in self.tries
        self.tries.append(address)
        if self.mood == "greylist" and first:
            return "451 4.7.1 greylisted, come back later"
        if self.mood == "refuse" and address in self.unknown:
            return "550 5.1.1 no such user here"
        if self.mood == "stranger" and address in self.unknown:
            return "550 5.1.0 <desk@example.org>: Sender address rejected: User unknown in virtual mailbox table"
        recipients.append(address)
        return "250 2.1.5 yes"

    def take(self, wire: socketserver.StreamRequestHandler, recipients: list[str]) -> bool:
        """The mail itself; False where no verdict follows."""
        data = b""
        while (line := wire.rfile.readline()) not in (b".\r\n", b""):
            data += line
        found = MESSAGE_ID.search(data)
        assert found
        self.taken += [(address, found[1].decode()) for address in recipients]
        if self.mood == "reset" or (self.mood == "choke" and self.unknown & set(recipients)):
            wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            wire.connection.close()
            return False
        if self.mood == "hang":
            self.hanging.set()
            wire.rfile.readline()
            return False
        return True
