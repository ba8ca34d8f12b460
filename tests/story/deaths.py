# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of t043 and t044: a desk that dies at a chosen commit, whose mailbox and outbox are folders, and the ways in to it."""

from __future__ import annotations

import contextlib
import http.client
import json
import sys
import unittest
import urllib.parse
import urllib.request
from email.message import Message
from typing import Any, Callable, Iterator

import websocket

import counted
import harness
from commit_points import CrashingSpocd, Persistent, whens
from people import ON_THE_WIRE, Person, Received
from programs import Answer, Receiver
from servers import Section
from t147_signed import SECRET

sys.path.insert(0, str(harness.ROOT / "tests" / "fakes"))
import clamd  # noqa: E402  pylint: disable=wrong-import-position

VOUCHED = "dkim=pass header.d=example.org"


class Writer(Person):
    """Somebody at a desk that knows no mail server: mails are files."""

    def __init__(self, desk: harness.Spocd, name: str, address: str) -> None:
        super().__init__(None, name, address)  # type: ignore[arg-type]
        self.desk = desk
        self.results = VOUCHED
        self._known: set[str] = set()

    def inbox(self) -> list[Received]:
        """Every letter to them, in the order of leaving."""
        for path in sorted((self.desk.data / "out" / "new").glob("*")):
            if path.name in self._known:
                continue
            self._known.add(path.name)
            mail = Received(path.read_bytes())
            if self.address in mail["To"]:
                self._seen.append(mail)
        return list(self._seen)

    def post(self, body: Message, subject: str, to: str, shape: str, headers: dict[str, str]) -> Message:
        """Lays it where the desk looks, under our own server's verdict."""
        mail = self.compose(body, subject, to, shape, headers)
        self.lay(mail.as_bytes(policy=ON_THE_WIRE))
        return mail

    def lay(self, raw: bytes) -> None:
        """These bytes, as one mail."""
        number = len(list((self.desk.data / "in" / "new").iterdir())) + len(list((self.desk.data / "in" / "cur").iterdir()))
        part = self.desk.data / "in" / "tmp" / f"19{number:08}.commits.host"
        part.write_bytes(f"Authentication-Results: mx.example.org; {self.results}\r\n".encode() + raw)
        part.rename(self.desk.data / "in" / "new" / part.name)


class Deaths(unittest.TestCase):
    """A desk whose mailbox and outbox are folders, a scanner, an intranet that signs, and a receiver of alarms."""

    desk: CrashingSpocd
    receiver: Receiver
    scanner_port = harness.free_port()

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = harness.make_folder(cls)
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.close)
        scanner = clamd.Clamd(cls.scanner_port)
        cls.addClassCleanup(scanner.stop)
        cls.desk = CrashingSpocd(cls.folder / "desk", None, {
            **cls.more_settings(),
            "desk": {"authserv_ids": ["mx.example.org"], "clamd": f"127.0.0.1:{cls.scanner_port}", "automatic_budget": 1000},
            "api": {"rate": 1000},
            "chat": {"gathering": "200ms", "visitor_lines": 0, "identity": "hs256", "identity_audience": "spoc",
                     "identity_key_file": "intranet.key", "unread_after": "10m"},
            "webhook": [{"name": "pager", "url": f"http://127.0.0.1:{cls.receiver.port}/", "allow_private": True,
                         "secret": "a secret of the desk and the receiver", "events": ["alarm"]}]})
        cls.addClassCleanup(cls.desk.leave_stage)
        (cls.folder / "desk" / "intranet.key").write_text(SECRET, "utf-8")
        desk = cls.desk.sections["desk"]
        assert isinstance(desk, dict)
        desk["public_url"] = cls.desk.url
        cls.desk.write_config()

    @classmethod
    def more_settings(cls) -> dict[str, Section | list[Section]]:
        """What else this desk is told."""
        return {}

    def setUp(self) -> None:
        self.table: list[str] = []
        self.number = 0
        self.mark = ""
        self.sam = Writer(self.desk, "Sam Example", "sam@example.org")
        self.kari = Writer(self.desk, "Kari Eksempel", "kari@example.org")

    # ---- the ways in

    @contextlib.contextmanager
    def death(self, when: str, name: str, nth: int = 1) -> Iterator[None]:
        """What is done meanwhile meets that commit, at which the desk dies."""
        before = self.desk.deaths
        self.desk.arm(when, name, nth)
        yield
        harness.wait_until(f"the death {when} {name}", lambda: self.desk.deaths > before, every=0.02)
        self.assertEqual(before + 1, self.desk.deaths, name)
        self.table.append(f"killed {when:6} the commit of: {name}")

    def say(self, method: str, path: str, body: Any = None, **fields: str) -> Answer:
        """Said until it is answered, without a key."""
        return self.crm.ask(method, path, body, **fields)

    def ticket(self, words: str = "It hums since this morning.", who: str = "") -> int:
        """A fresh one."""
        self.number += 1
        requester = {"address": who or f"tessa{self.number}@example.net", "name": "Tessa Lind"}
        answer = self.say("POST", "/tickets", {"requester": requester, "subject": f"Matter {self.number}", "text": words})
        self.assertEqual(201, answer.status, answer)
        return int(answer.json["ticket"]["id"])

    def notice(self, who: Writer, ticket: int, kind: str = "opened") -> Received:
        """What somebody got about it."""
        return who.wait_for_kind(kind, ticket)

    def page(self, url: str, form: dict[str, str] | None = None) -> str:
        """A page, or a button pressed until there is an answer."""
        def answered() -> tuple[str] | None:
            try:
                data = None if form is None else urllib.parse.urlencode(form).encode()
                with urllib.request.urlopen(url, data, timeout=10) as answer:
                    return (answer.read().decode("utf-8"),)
            except (OSError, http.client.HTTPException):
                return None
        return harness.wait_until(f"an answer of {url}", answered, every=0.05)[0]

    def count(self, sql: str) -> int:
        """One number from the database."""
        return int(counted.rows(self.desk, sql)[0][0])

    def kinds(self, ticket: int) -> list[str]:
        """Which letters were written about a ticket."""
        return [row[0] for row in counted.rows(self.desk, f"SELECT kind FROM letter WHERE ticket = {ticket} ORDER BY id")]

    def whats(self, ticket: int) -> list[str]:
        """What has happened to it."""
        return [row[0] for row in counted.rows(self.desk, f"SELECT what FROM trail WHERE ticket = {ticket} ORDER BY id")]

    def settle(self) -> None:
        """Until no letter waits and the index has all: what the desk commits from here on is asked for."""
        harness.wait_until("quiet", lambda: self.count(
            "SELECT (SELECT COUNT(*) FROM letter WHERE state = 'queued') + (SELECT COUNT(*) FROM index_job) + "
            "(SELECT COUNT(*) FROM webhook_call WHERE state = 'queued')") == 0, every=0.05)

    # ---- a widget

    def frames(self, session: str | None, said: list[dict[str, Any]], wanted: str, token: str = "") -> tuple[dict[str, Any], str]:
        """Hello and these frames, until one of that kind is heard; anew where the desk dies meanwhile."""
        def heard() -> tuple[dict[str, Any], str] | None:
            wire = None
            try:
                wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=10, origin=self.desk.url)
                signed = {"token": token} if token else {}
                wire.send(json.dumps({"t": "hello", "session": session, "last": 0, "language": "en", **signed}))
                number = ""
                for frame in iter(lambda: json.loads(wire.recv() or '{"t": ""}'), {"t": ""}):
                    if frame["t"] == "welcome":
                        number = frame["session"]
                        for one in said:
                            wire.send(json.dumps(one))
                    if frame["t"] == wanted:
                        return frame, number
            except (OSError, websocket.WebSocketException):
                pass
            finally:
                if wire is not None:
                    wire.shutdown()
            return None
        return harness.wait_until(f"the frame {wanted}", heard, every=0.05)

    def chat(self) -> tuple[str, int]:
        """A visitor with an address, who has said a line and has an answer."""
        self.number += 1
        who = {"t": "who", "name": "Vera Holt", "address": f"vera{self.number}@example.net"}
        session = self.frames(None, [who, {"t": "line", "ref": "1", "text": f"My lamp {self.number} flickers."}], "kept")[1]
        ticket = self.count(f"SELECT ticket FROM session WHERE secret = '{session}'")
        self.frames(session, [who], "known")
        self.say("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "Have you changed the bulb?"})
        self.frames(session, [], "line")
        self.frames(session, [{"t": "seen", "seq": 2}, {"t": "ping"}], "pong")
        harness.wait_until("agents to have heard", lambda: "opened" in self.kinds(ticket))
        self.settle()
        return session, ticket

    # ---- the walk

    def walk(self) -> None:
        """Every act with its deaths; every commit of all that has its name; everything is there, and every letter left, once."""
        self.desk.start()
        self.desk.wait_for_articles()
        with self.desk.raised():
            self.crm = Persistent(self.desk, self.desk.spocctl("token", "add", "crm", "--scope", "write", "--agent", "sam")[0]["token"])
            self.say("GET", "/me")
            acts: list[Callable[[str], None]] = [getattr(self, name) for name in type(self).__dict__ if name.startswith("act_")]
            for number, act in enumerate(acts):
                for when in whens(number):
                    with self.subTest(act=act.__name__, when=when):
                        act(when)
            harness.wait_until("the desk to be well", lambda: self.desk.get("/healthz")[0] == 200)
            self.settle()
        self.assertEqual([], self.desk.misnamed())
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [])
        letters, doubles = counted.letters_laid(self.desk)
        self.table.append(f"{letters} letters, all laid in the folder; {doubles} went twice, under the same Message-ID")
        print("\n" + "\n".join(self.table), flush=True)
