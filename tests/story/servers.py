# SPDX-License-Identifier: GPL-3.0-or-later
"""Private mail servers for the stories, and what a configuration must say of them."""

from __future__ import annotations

import json
import os
import pathlib
import random
import smtplib
import socket
import subprocess
import time
from typing import Any

import elsewhere

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"
SUPPORT = "support@example.org"

Section = dict[str, Any]


def is_free(port: int) -> bool:
    """Could a server listen there?"""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


_claims: list[socket.socket] = []


def claim(port: int) -> bool:
    """Takes a port before other stories that run beside this one, whether a server listens there yet or not: a name in
    the abstract namespace is free again when this process ends."""
    name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        name.bind(f"\0spoc-story-port-{port}")
    except OSError:
        name.close()
        return False
    _claims.append(name)
    return True


def free_port(count: int = 1) -> int:
    """The first of so many ports below the ephemeral range, so that they are still free after a restart."""
    while True:
        port = random.randrange(32000, 32700)
        if all(is_free(port + i) and claim(port + i) for i in range(count)):
            return port


class Servers:
    """Private Dovecot and Exim, which end with this process. SPOC_IMAP (cyrus, courier) is where the desk's own mailbox lies
    instead, SPOC_MTA (postfix) what takes and delivers mail instead."""

    def __init__(self, folder: pathlib.Path, port_base: int | None = None, strip: str = "") -> None:
        """`strip`: header fields, parted by colons, that the MTA takes off every mail that it delivers."""
        others = [os.environ.get("SPOC_IMAP", ""), os.environ.get("SPOC_MTA", "")]
        other_lmtp = ["--other-lmtp", str(free_port(3))] if "cyrus" in others else []
        command = [PYTHON, str(ROOT / "scripts" / "mail-servers"), "start", "--foreground", "--dir", str(folder),
                   "--users", "support", *(["--port-base", str(port_base)] if port_base else []),
                   *(["--strip-headers", strip] if strip else []), *other_lmtp]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE, text=True)
        assert self._process.stdout and self._process.stderr
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("the mail servers did not start: " + self._process.communicate()[1])
        self.facts: dict[str, Any] = json.loads(line)
        self.host: str = self.facts["host"]
        self._rooms = [elsewhere.STARTS[name](folder.parent / name, self.facts) for name in others if name in elsewhere.STARTS]
        self._support: dict[str, int] = self.facts.get("support", self.facts)

    def stop(self) -> None:
        """Ends both servers; a second time does nothing."""
        if self._process.poll() is not None:
            return
        for room in self._rooms:
            room.stop()
        self._process.communicate(timeout=20)
        # A process that is still being taken down would refuse its successor the folder.
        end = time.monotonic() + 10
        while any(pathlib.Path(f"/proc/{pid}").exists() for pid in self.facts["pids"].values()):
            if time.monotonic() > end:
                raise AssertionError(f"the mail servers do not end: {self.facts['pids']}")
            time.sleep(0.01)

    def smtp(self) -> smtplib.SMTP:
        """A connection to the MTA."""
        return smtplib.SMTP(self.host, self.facts["smtp"], local_hostname="client.test.invalid", timeout=20)

    def lmtp(self) -> smtplib.LMTP:
        """A connection straight to Dovecot's mailboxes."""
        return smtplib.LMTP(self.host, self.facts["lmtp"], local_hostname="mx.test.invalid")

    def put(self, raw: bytes, to: str = SUPPORT, sender: str = "") -> None:
        """Lays one mail into a mailbox, past the MTA."""
        port = self._support["lmtp"] if to == SUPPORT else self.facts["lmtp"]
        with smtplib.LMTP(self.host, port, local_hostname="mx.test.invalid") as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def maildir(self, user: str) -> pathlib.Path:
        """Where the mails of a user lie."""
        return pathlib.Path(self.facts["mail"]) / user / "Maildir"

    def mailbox_settings(self) -> Section:
        """The [[mailbox]] keys for support@ over IMAP with TLS."""
        return {"name": "support", "address": SUPPORT, "team": "it", "source": "imap", "host": "localhost",
                "port": self._support["imaps"], "security": "tls", "user": "support",
                "password": self.facts["password"], "ca_file": self.facts["ca_file"]}

    def out_settings(self) -> Section:
        """The [out] keys for submission with STARTTLS and AUTH."""
        return {"way": "smtp", "host": "localhost", "port": self.facts["smtp"], "security": "starttls",
                "user": "support", "password": self.facts["password"], "ca_file": self.facts["ca_file"]}
