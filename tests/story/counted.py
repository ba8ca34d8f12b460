# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of many mails, counted from outside: in the database by tickets, in the mailboxes by letters."""

from __future__ import annotations

import collections
import email
import email.utils
import imaplib
import re
import sqlite3
from typing import Any

import harness


def rows(desk: harness.Spocd, sql: str) -> list[tuple[Any, ...]]:
    """What the database says; a process of spocctl for each of thousands of tickets would take an hour."""
    with sqlite3.connect(f"file:{desk.data}/spoc.db?mode=ro", uri=True, timeout=30) as database:
        return database.execute(sql).fetchall()


def places(desk: harness.Spocd) -> dict[str, list[int]]:
    """Message-ID of every mail that came in, and the tickets of the messages that it became."""
    out: dict[str, list[int]] = collections.defaultdict(list)
    for message_id, ticket in rows(desk, "SELECT message_id, ticket FROM message WHERE raw_hash IS NOT NULL"):
        out[message_id].append(ticket)
    return out


def broken(desk: harness.Spocd, patience: float = 300) -> list[str]:
    """The invariants that do not hold, as `spocctl check` tells them."""
    done = desk.run_ctl("--json", "check", patience=patience)
    if done.returncode not in (0, 1):
        raise AssertionError(f"spocctl check ended with {done.returncode}: {done.stderr}")
    return [line for line in done.stdout.splitlines() if '"broken":0' not in line.replace(" ", "")]


class Mailbox:
    """All that lies in one mailbox, by Message-ID."""

    def __init__(self, servers: harness.Servers, address: str) -> None:
        self._imap = imaplib.IMAP4(servers.host, servers.facts["imap"], timeout=60)
        self._imap.login(address.split("@")[0], servers.facts["password"])
        self._imap.select("INBOX", readonly=True)
        self.uids: dict[str, list[bytes]] = collections.defaultdict(list)
        self._next = 1

    def leave(self) -> None:
        """Ends the connection."""
        self._imap.logout()

    def look(self) -> "Mailbox":
        """Takes note of what has come since."""
        self._imap.noop()
        answer = self._imap.uid("FETCH", f"{self._next}:*", "(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1]
        for item in answer:
            if not isinstance(item, tuple):
                continue
            uid = re.search(rb"UID (\d+)", item[0])
            assert uid
            if int(uid[1]) >= self._next:
                self.uids[item[1].decode().partition(":")[2].strip().strip("<>")].append(uid[1])
                self._next = int(uid[1]) + 1
        return self

    def copies(self, message_id: str) -> list[bytes]:
        """What each copy of one mail is; its history is told as of the moment when it left, so the words may be more."""
        fields = "(BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT X-SPOC-KIND X-SPOC-TICKET)])"
        answer = self._imap.uid("FETCH", b",".join(self.uids[message_id]).decode(), fields)[1]
        return [item[1] for item in answer if isinstance(item, tuple)]


def _wanted(desk: harness.Spocd) -> dict[str, set[str]]:
    """The Message-IDs of all letters once each of them is sent, by address."""
    queued = "SELECT COUNT(*) FROM letter WHERE state = 'queued'"
    harness.wait_until("every letter to be sent", lambda: rows(desk, queued)[0][0] == 0, 600, 0.3)
    letters = rows(desk, "SELECT message_id, to_address, state, outcome FROM letter WHERE state <> 'cancelled'")
    unsent = [letter for letter in letters if letter[2] not in ("sent", "queued")]
    if unsent:
        raise AssertionError(f"{len(unsent)} letters were not sent: {unsent[:5]}")
    letters = [letter for letter in letters if letter[2] == "sent"]  # the clock may just have written another
    wanted: dict[str, set[str]] = collections.defaultdict(set)
    for message_id, address, *_ in letters:
        wanted[address].add(message_id)
    if sum(len(ids) for ids in wanted.values()) != len(letters):
        raise AssertionError("two letters have one Message-ID")
    return wanted


def letters_delivered(desk: harness.Spocd, servers: harness.Servers) -> tuple[int, int]:
    """How many letters there are, each of which is sent and lies in its mailbox, and how many went twice: the same
    letter under the same Message-ID. Anything else fails."""
    wanted = _wanted(desk)
    doubles = sum(_doubles(desk, servers, address, ids) for address, ids in wanted.items())
    return sum(len(ids) for ids in wanted.values()), doubles


def letters_laid(desk: harness.Spocd) -> tuple[int, int]:
    """The same of a desk that lays its letters in a folder."""
    wanted = {(address, message_id) for address, ids in _wanted(desk).items() for message_id in ids}
    copies: dict[tuple[str, str], list[tuple[str | None, ...]]] = collections.defaultdict(list)
    for path in (desk.data / "out" / "new").iterdir():
        head = email.message_from_bytes(path.read_bytes())
        letter = (email.utils.parseaddr(str(head["To"]))[1], str(head["Message-ID"]).strip("<>"))
        copies[letter].append(tuple(head[name] for name in ("From", "Subject", "X-Spoc-Kind", "X-Spoc-Ticket")))
    if wanted != set(copies):
        raise AssertionError(f"sent, but not there: {sorted(wanted - set(copies))[:5]}; "
                             f"there, but not sent: {sorted(set(copies) - wanted)[:5]}")
    different = [letter for letter, heads in copies.items() if len(set(heads)) > 1]
    if different:
        raise AssertionError(f"two letters have one Message-ID: {different[:5]}")
    return len(wanted), sum(len(heads) for heads in copies.values()) - len(wanted)


def _doubles(desk: harness.Spocd, servers: harness.Servers, address: str, wanted: set[str]) -> int:
    box = Mailbox(servers, address)
    try:
        harness.wait_until(f"{len(wanted)} letters to reach {address}", lambda: wanted <= set(box.look().uids), 300, 0.3)
        strange = set(box.uids) - {row[0] for row in rows(desk, "SELECT message_id FROM letter")}
        if strange:
            raise AssertionError(f"{address} got what nobody wrote: {sorted(strange)[:5]}")
        twice = [message_id for message_id, uids in box.uids.items() if len(uids) > 1]
        for message_id in twice:
            if len(set(box.copies(message_id))) > 1:
                raise AssertionError(f"{message_id} to {address} are two letters: {box.copies(message_id)}")
        return sum(len(box.uids[message_id]) - 1 for message_id in twice)
    finally:
        box.leave()
