# SPDX-License-Identifier: GPL-3.0-or-later
"""Many mails at once, made the same way each time: conversations of a question and its follow-ups."""

from __future__ import annotations

import email.header
import random
from typing import Iterator, NamedTuple

WORDS = ("printer vpn password screen laptop mailbox calendar meeting network phone licence folder update cable "
         "error sign-in slow offline missing broken again today morning floor office").split()
SUBJECTS = ("Printer offline", "VPN fails", "Skriveren virker ikke", "打印机无法使用", "密碼過期", "Mailbox full")


class Bulk(NamedTuple):
    """One mail, and which conversation it belongs to."""

    number: int
    thread: int
    sender: str
    message_id: str
    raw: bytes


def mails(count: int, senders: int = 10, seed: int = 1, mark: str = "bulk") -> Iterator[Bulk]:
    """`count` mails of `senders` people; every fourth answers the one before it in its conversation."""
    rng = random.Random(seed)
    last: Bulk | None = None
    thread = -1
    for number in range(count):
        follow = last is not None and number % 4 == 3
        if not follow:
            thread += 1
        sender = last.sender if follow and last else f"person{number % senders}@example.net"
        message_id = f"{mark}-{number}@mail.example.net"
        raw = mail(rng, number, sender, message_id, last.message_id if follow and last else "")
        last = Bulk(number, thread, sender, message_id, raw)
        yield last


def mail(rng: random.Random, number: int, sender: str, message_id: str, answers: str) -> bytes:
    """The bytes of one mail: now and then another charset, now and then an attachment."""
    first = number - 1 if answers else number
    subject = f"{'Re: ' if answers else ''}{SUBJECTS[first % len(SUBJECTS)]} {first}"
    head = [f"From: Person {sender.split('@')[0]} <{sender}>", "To: support@example.org",
            f"Subject: {subject if subject.isascii() else email.header.Header(subject, 'utf-8').encode()}",
            f"Date: Sat, 21 Nov 2026 {8 + number // 3600 % 12:02}:{number // 60 % 60:02}:{number % 60:02} +0000",
            f"Message-ID: <{message_id}>", "MIME-Version: 1.0"]
    if answers:
        head += [f"In-Reply-To: <{answers}>", f"References: <{answers}>"]
    words = "\r\n".join(" ".join(rng.choices(WORDS, k=10)) for _ in range(rng.randrange(3, 12)))
    text = f"Mail number {number}. 你好，æøå.\r\n{words}\r\n"
    if number % 10 != 5:
        head += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        return ("\r\n".join(head) + "\r\n\r\n" + text).encode()
    head += ['Content-Type: multipart/mixed; boundary="b0undary"']
    parts = (f"--b0undary\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b0undary\r\n"
             f"Content-Type: text/csv; name=\"table{number}.csv\"\r\nContent-Disposition: attachment; "
             f"filename=\"table{number}.csv\"\r\n\r\na;b\r\n{number};{rng.random()}\r\n--b0undary--\r\n")
    return ("\r\n".join(head) + "\r\n\r\n" + parts).encode()
