# SPDX-License-Identifier: GPL-3.0-or-later
"""People with a mail client: they send by SMTP, read by IMAP and answer as their client does."""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import html
import imaplib
import itertools
import re
import time
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email import encoders
from typing import Callable

import harness
import shapes

_count = itertools.count(1)
# Long Message-IDs stay on their line, as clients write them.
ON_THE_WIRE = email.policy.SMTP.clone(max_line_length=900)
AGENT_TOKEN = re.compile(r"\d+\.a[rnd]\.[a-z2-7]{8}\.[a-z2-7]{16}", re.IGNORECASE)


class Received:
    """One mail in somebody's mailbox."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mail = parsed
        self.kind = self["X-Spoc-Kind"]
        self.ticket = int(self["X-Spoc-Ticket"] or 0)
        self.text = self._body("plain")
        self.html = self._body("html")

    def __getitem__(self, name: str) -> str:
        return str(self.mail[name] or "")

    def _body(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        return body.get_content().replace("\r\n", "\n") if body else ""

    @property
    def sender(self) -> tuple[str, str]:
        """Name and address in From."""
        return email.utils.parseaddr(self["From"])

    @property
    def reply_address(self) -> str:
        """Where an answer goes: Reply-To, else From."""
        return email.utils.parseaddr(self["Reply-To"] or self["From"])[1]

    def attachments(self) -> dict[str, bytes]:
        """Name to bytes."""
        return {part.get_filename() or "": part.get_payload(decode=True) for part in self.mail.iter_attachments()}

    def everything(self) -> str:
        """Header, decoded bodies and raw bytes together: what a curious reader could find."""
        return self.raw.decode("utf-8", "replace") + self.text + self.html

    def as_quoted(self) -> shapes.Quoted:
        """The mail as a client quotes it."""
        name, address = self.sender
        markup = self.html or html.escape(self.text).replace("\n", "<br>\n")
        return shapes.Quoted(self.text, markup, address, name, self["To"], self["Subject"],
                             email.utils.parsedate_to_datetime(self["Date"]), self["Message-ID"].strip("<> "))


def attach(body: Message, files: dict[str, bytes]) -> Message:
    """The body with files beside it, in base64."""
    if not files:
        return body
    out = MIMEMultipart("mixed")
    out.attach(body)
    for name, content in files.items():
        part = MIMEBase("application", "octet-stream")
        part.set_payload(content)
        encoders.encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        out.attach(part)
    return out


class Person:
    """A mail user; the mailbox is the local part of the address."""

    def __init__(self, servers: harness.Servers, name: str, address: str, shape: str = "gmail") -> None:
        self.servers = servers
        self.name = name
        self.address = address
        self.shape = shape
        self.accepted_at = 0.0
        self._seen: list[Received] = []
        self._next_uid = 1
        self._imap: imaplib.IMAP4 | None = None

    # ---- reading

    def _connect(self) -> imaplib.IMAP4:
        if self._imap is None:
            self._imap = imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=20)
            self._imap.login(self.address.split("@")[0], self.servers.facts["password"])
            self._imap.select("INBOX", readonly=True)
        return self._imap

    def leave(self) -> None:
        """Ends the IMAP connection."""
        if self._imap is not None:
            self._imap.logout()
        self._imap = None

    def inbox(self) -> list[Received]:
        """Every mail that has come, in the order of coming."""
        imap = self._connect()
        imap.noop()
        found = imap.uid("SEARCH", f"UID {self._next_uid}:*")[1][0] or b""
        for uid in (int(word) for word in found.split()):
            if uid < self._next_uid:
                continue
            answer = imap.uid("FETCH", str(uid), "(BODY.PEEK[])")[1]
            self._seen.append(Received(next(item[1] for item in answer if isinstance(item, tuple))))
            self._next_uid = uid + 1
        return list(self._seen)

    def wait_for(self, what: str, wanted: Callable[[Received], bool], timeout: float = harness.PATIENCE) -> Received:
        """The first mail that is wanted, once it is there."""
        def look() -> Received | None:
            return next((mail for mail in self.inbox() if wanted(mail)), None)
        try:
            found = harness.wait_until(f"{self.name}'s mail: {what}", look, timeout)
        except AssertionError as fault:
            held = "".join(f"\n  {mail.kind or '-'}: {mail['Subject']}" for mail in self._seen)
            raise AssertionError(f"{fault}\n--- mailbox of {self.address}:{held or ' empty'}") from None
        assert found
        return found

    def wait_for_kind(self, kind: str, ticket: int | None = None, after: Received | None = None) -> Received:
        """The first letter of that kind (about that ticket, come after another one)."""
        def wanted(mail: Received) -> bool:
            late = after is None or self._seen.index(mail) > self._seen.index(after)
            return mail.kind == kind and late and ticket in (None, mail.ticket)
        return self.wait_for(f"{kind} of #{ticket}", wanted)

    def kinds(self, ticket: int) -> list[str]:
        """Which letters about a ticket have come."""
        return [mail.kind for mail in self.inbox() if mail.ticket == ticket]

    # ---- writing

    def send(self, subject: str, words: str, to: str = harness.SUPPORT, files: dict[str, bytes] | None = None,
             headers: dict[str, str] | None = None) -> Message:
        """A new mail."""
        return self.post(attach(shapes.part(words, "plain"), files or {}), subject, to, self.shape, headers or {})

    def reply(self, mail: Received, words: str, shape: str | None = None, files: dict[str, bytes] | None = None,
              to: str = "", headers: dict[str, str] | None = None) -> Message:
        """An answer as the client writes it, to Reply-To."""
        shape = shape or self.shape
        body = attach(shapes.SHAPES[shape](words, mail.as_quoted()), files or {})
        prefix = "RE: " if shape.startswith("outlook") else "Re: "
        subject = mail["Subject"]
        subject = subject if subject.lower().startswith("re:") else prefix + subject
        thread = {"In-Reply-To": mail["Message-ID"], "References": f"{mail['References']} {mail['Message-ID']}".strip()}
        return self.post(body, subject, to or mail.reply_address, shape, {**thread, **(headers or {})})

    def compose(self, body: Message, subject: str, to: str, shape: str, headers: dict[str, str]) -> Message:
        """The mail without sending it."""
        seed = f"{self.address} {next(_count)} {email.utils.make_msgid()}"
        standard = {"From": email.utils.formataddr((self.name, self.address)), "To": to, "Subject": subject,
                    "Date": email.utils.formatdate(localtime=True), "Message-ID": shapes.new_message_id(shape, seed)}
        for name, value in {**standard, **shapes.client_headers(shape, seed), **headers}.items():
            body[name] = value if value.isascii() else email.header.Header(value, "utf-8").encode()
        return body

    def post(self, body: Message, subject: str, to: str, shape: str, headers: dict[str, str]) -> Message:
        """Finishes the header and hands the mail to the MTA."""
        mail = self.compose(body, subject, to, shape, headers)
        with self.servers.smtp() as smtp:
            smtp.sendmail(self.address, [to], mail.as_bytes(policy=ON_THE_WIRE))
            self.accepted_at = time.time()
        return mail
