# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk dies at each kind of commit that no plain walk over mail and chat makes: orders of programs, buttons on pages, what
widgets ask for, commands, known outages, drafts, lists of tickets, files with a virus. Whoever asked asks again.

By itself each is met once, before or after in turn; SPOC_EVERY_COMMIT=1 meets both.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import sys
import unittest
import urllib.parse
import urllib.request
from email.message import Message
from typing import Any, Callable, Iterator

import websocket

import counted
import harness
from commit_points import PLACES, POINTS, CrashingSpocd, Persistent, places, whens
from people import ON_THE_WIRE, Person, Received
from programs import Answer, Receiver
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


class MoreCommits(unittest.TestCase):
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

    def order(self, when: str, name: str, method: str, path: str, body: Any = None) -> Answer:
        """One order under one key, at which the desk dies; asked again, it is told what was done, and nothing is done twice."""
        self.number += 1
        asked = self.crm.unanswered
        with self.death(when, name):
            answer = self.crm.ask(method, path, body, idempotency_key=f"key-{self.number}", if_match="*")
        self.assertLess(answer.status, 300, answer)
        self.assertGreater(self.crm.unanswered, asked)
        self.assertEqual(when == "after", "idempotency-replayed" in answer.headers, answer.headers)
        return answer

    def ticket(self, words: str = "It hums since this morning.", who: str = "") -> int:
        """A fresh one."""
        self.number += 1
        requester = {"address": who or f"tessa{self.number}@example.net", "name": "Tessa Lind"}
        answer = self.say("POST", "/tickets", {"requester": requester, "subject": f"Matter {self.number}", "text": words})
        self.assertEqual(201, answer.status, answer)
        return int(answer.json["ticket"]["id"])

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
                wire.send(json.dumps({"t": "hello", "session": session, "last": 0, "language": "en", **({"token": token} if token else {})}))
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

    # ---- acts: each meets one kind of commit, or some that follow each other

    def act_ticket(self, when: str) -> None:
        body = {"requester": {"address": f"tessa.{when}@example.net"}, "subject": f"A lamp {when}", "text": "It is broken, please mend it."}
        ticket = self.order(when, "a program opens a ticket", "POST", "/tickets", body).json["ticket"]["id"]
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM ticket WHERE subject = 'A lamp {when}'"))
        self.assertEqual(1, self.kinds(ticket).count("acknowledgement"))

    def act_without_a_key(self, when: str) -> None:
        """Who asks without a key hears nothing, and has to look before asking again: repeated blindly, there are two."""
        subject = f"Without a key {when}"
        with self.death(when, "a mail becomes a ticket, with its letters"):
            self.say("POST", "/tickets", {"requester": {"address": "otto@example.net"}, "subject": subject, "text": "A lamp is broken."})
        self.assertEqual(2 if when == "after" else 1, self.count(f"SELECT COUNT(*) FROM ticket WHERE subject = '{subject}'"))

    def act_answer(self, when: str) -> None:
        ticket = self.ticket()
        self.order(when, "a program answers, commands, or notes a call", "POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "Turn it off."})
        self.settle()
        self.assertEqual(1, self.kinds(ticket).count("answer"))
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM message WHERE ticket = {ticket} AND kind = 'outbound'"))

    def act_commands(self, when: str) -> None:
        ticket = self.ticket()
        self.order(when, "a program answers, commands, or notes a call", "POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]})
        self.assertEqual(1, self.whats(ticket).count("assigned"))

    def act_no_change(self, when: str) -> None:
        ticket = self.ticket()
        trail = self.whats(ticket)
        self.order(when, "an order that changes nothing", "PATCH", f"/tickets/{ticket}", {"team": "it"})
        self.assertEqual(trail, self.whats(ticket))

    def act_call(self, when: str) -> None:
        said = {"caller": f"Quinn {when}, +47 98 76 54 3{len(when)}", "subject": f"The door {when}", "text": "It is open."}
        ticket = self.order(when, "a program answers, commands, or notes a call", "POST", "/calls", said).json["ticket"]["id"]
        self.assertEqual([(ticket,)], counted.rows(self.desk, f"SELECT id FROM ticket WHERE subject = 'The door {when}'"))

    def act_contacts(self, when: str) -> None:
        name = f"Una {when}"
        body = {"name": name, "new_addresses": [f"una.{when}@example.net"]}
        una = self.order(when, "a contact is added or changed", "POST", "/contacts", body).json["id"]
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM contact WHERE name = '{name}'"))
        self.order(when, "a contact is added or changed", "PATCH", f"/contacts/{una}", {"site": "Harbour"})
        self.order(when, "a contact is added or changed", "POST", f"/contacts/{una}/addresses", {"address": f"una2.{when}@example.net"})
        self.assertEqual(2, self.count(f"SELECT COUNT(*) FROM contact_address WHERE contact = {una}"))
        self.ticket(who=f"ida.{when}@example.net")
        ida = self.count(f"SELECT contact FROM contact_address WHERE key = 'ida.{when}@example.net'")
        self.settle()
        self.order(when, "two contacts become one", "POST", f"/contacts/{una}/merge", {"other": ida})
        self.assertEqual(3, self.count(f"SELECT COUNT(*) FROM contact_address WHERE contact = {una}"))

    def act_token(self, when: str) -> None:
        token = self.desk.spocctl("token", "add", f"fresh-{when}", "--scope", "read")[0]["token"]
        with self.death(when, "a token's use is noted"):
            self.assertEqual(200, Persistent(self.desk, token).ask("GET", "/me").status)
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM api_token WHERE name = 'fresh-{when}' AND used IS NOT NULL"))

    def act_virus(self, when: str) -> None:
        ticket = self.ticket()
        file = {"filename": "bad.txt", "content": base64.b64encode(clamd.MARK).decode(), "type": "text/plain"}
        self.settle()
        with self.death(when, "a file is refused"):
            answer = self.say("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "See here.", "attachments": [file]})
        self.assertEqual(422, answer.status)
        # Each time that it was handed in and refused is told: asked again after the commit, it was twice.
        self.assertEqual(1 if when == "before" else 2, self.whats(ticket).count("file refused"))
        self.assertNotIn("answer", self.kinds(ticket))

    def act_buttons(self, when: str) -> None:
        """Was it solved? By what? Pressed again, it is said once."""
        ticket = self.ticket("The VPN connection drops every hour and I must sign in again.")
        letter = "SELECT token FROM letter WHERE ticket = {} AND kind = '{}'"
        token = counted.rows(self.desk, letter.format(ticket, "acknowledgement"))[0][0]
        self.settle()
        with self.death(when, "an article has solved it"):
            self.page(f"{self.desk.url}/solved/{token}/by/vpn-drops", {})
        self.assertEqual(1, self.whats(ticket).count("self-solved"))
        self.settle()
        with self.death(when, "a requester says whether it is solved"):
            self.page(f"{self.desk.url}/solved/{token}/no", {})
        self.assertEqual("open", self.desk.ticket(ticket)["ticket"]["status"])
        self.assertEqual(1, self.whats(ticket).count("reopened"), self.whats(ticket))

    def act_feedback(self, when: str) -> None:
        """A reader's words are kept, and told to who keeps the article, once. Pressed again after the commit, they are kept twice."""
        url = f"{self.desk.url}/kb/vpn-drops"
        seal = re.search(r'name="seal" value="(\w+)"', self.page(url))
        assert seal
        words = f"Not on Sundays, {when}."
        self.settle()
        with self.death(when, "a reader says whether an article helped"):
            self.page(url + "/feedback", {"seal": seal[1], "helped": "no", "words": words})
        self.assertEqual(1 if when == "before" else 2, self.count(f"SELECT COUNT(*) FROM article_remark WHERE words = '{words}'"))

    def act_chat(self, when: str) -> None:
        """What a widget asks for, until it is answered."""
        session, ticket = self.chat()
        with self.death(when, "a visitor wants a letter"):
            self.frames(session, [{"t": "transcript"}], "mailed")
        self.assertEqual(1 if when == "before" else 2, self.kinds(ticket).count("transcript"))
        self.settle()
        with self.death(when, "a visitor says or proves who they are"):
            self.frames(session, [{"t": "confirm", "page": self.desk.url + "/"}], "mailed")
            words = counted.rows(self.desk, f"SELECT text FROM letter WHERE ticket = {ticket} AND kind = 'proof'")
            word = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", words[-1][0])
            assert word, words
            self.frames(session, [{"t": "confirm", "word": word[0]}], "confirmed")
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM session WHERE secret = '{session}' AND confirmed = address"))
        self.settle()
        with self.death(when, "a visitor ends the chat"):
            self.frames(session, [{"t": "end", "solved": True, "score": 5, "text": "Quick"}], "ended")
        # Said again, it is the same rating.
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM rating WHERE ticket = {ticket}"))

    def notice(self, who: Writer, ticket: int, kind: str = "opened") -> Received:
        """What somebody got about it."""
        return who.wait_for_kind(kind, ticket)

    def act_mailed_commands(self, when: str) -> None:
        ticket = self.ticket()
        notice = self.notice(self.sam, ticket)
        self.settle()
        with self.death(when, "an agent's commands alone"):
            self.sam.reply(notice, "/take")
        self.notice(self.sam, ticket, "receipt")
        self.assertEqual((1, 1), (self.whats(ticket).count("assigned"), self.kinds(ticket).count("receipt")))
        with self.death(when, "an agent wants a reminder"):
            self.sam.reply(notice, "/remind tomorrow buy oil")
        harness.wait_until("the reminder", lambda: self.count(f"SELECT COUNT(*) FROM reminder WHERE ticket = {ticket}") == 1)
        with self.death(when, "an agent comes or goes"):
            self.kari.reply(self.notice(self.kari, ticket), "/away until tomorrow")
        harness.wait_until("Kari to be away", lambda: self.count("SELECT COUNT(*) FROM presence WHERE agent = 'kari'") == 1)
        self.kari.reply(self.notice(self.kari, ticket), "/in")

    def act_draft(self, when: str) -> None:
        """/kb, its file, /publish, its file."""
        ticket = self.ticket()
        notice = self.notice(self.sam, ticket)
        self.settle()
        with self.death(when, "an agent drafts an article, or settles one"):
            self.sam.reply(notice, f"/kb Lamps {when}\n\nTurn the crimson wheel.")
            harness.wait_until("the draft", lambda: self.count(f"SELECT COUNT(*) FROM draft WHERE ticket = {ticket}") == 1)
        draft = self.notice(self.kari, ticket, "happened")
        drafts = self.desk.data / "drafts"
        harness.wait_until("its file", lambda: self.count(f"SELECT COUNT(*) FROM draft WHERE ticket = {ticket} AND filed = 'waiting'") == 1)
        self.assertEqual(1, len(list(drafts.glob(f"lamps-{when}*.md"))))
        with self.death(when, "a draft's file follows"):
            self.kari.reply(draft, "/reject it is known")
        harness.wait_until("the file to be gone", lambda: not list(drafts.glob(f"lamps-{when}*.md")))
        harness.wait_until("that to be noted", lambda: self.count(
            f"SELECT COUNT(*) FROM draft WHERE ticket = {ticket} AND filed = 'rejected' AND state = 'rejected'") == 1)

    def act_outage(self, when: str) -> None:
        """/announce, an older ticket joins, /announce over, all are told: once."""
        other = self.ticket(f"The scanner{when} is dead.")
        ticket = self.ticket(f"The scanner{when} is down.")
        notice = self.notice(self.sam, ticket)
        self.settle()
        with self.death(when, "an outage is announced, or is over"):
            self.sam.reply(notice, f"/announce scanner{when}\nAll scanners are down.")
        with self.death(when, "a ticket joins an outage, or hears of its end"):
            receipt = self.notice(self.sam, ticket, "receipt")
            harness.wait_until("both to belong to it", lambda: self.count(
                f"SELECT COUNT(*) FROM announcement_ticket WHERE ticket IN ({other}, {ticket})") == 2)
        self.sam.reply(receipt, "/announce over")
        harness.wait_until("all to be told", lambda: self.count(
            f"SELECT COUNT(*) FROM announcement_ticket WHERE ticket IN ({other}, {ticket}) AND told > 0") == 2)
        self.settle()
        self.assertEqual(2, self.kinds(other).count("progress"), self.kinds(other))

    def act_confirm(self, when: str) -> None:
        """A refused mail is confirmed: done once."""
        ticket = self.ticket()
        notice = self.notice(self.sam, ticket)
        self.settle()
        self.sam.results = "dkim=none"
        self.sam.reply(notice, "Is it plugged in?")
        refusal = self.notice(self.sam, ticket, "refusal")
        self.settle()
        with self.death(when, "an agent's answer is filed, with its letter"):
            self.sam.reply(refusal, "/confirm")
        self.sam.results = VOUCHED
        harness.wait_until("the answer", lambda: "answer" in self.kinds(ticket))
        self.settle()
        self.assertEqual(1, self.kinds(ticket).count("answer"))

    def act_nobody(self, when: str) -> None:
        """What is no mail, but came as one, is one ticket."""
        tickets = self.count("SELECT COUNT(*) FROM ticket")
        with self.death(when, "a mail of nobody becomes a ticket"):
            self.sam.lay(b"\0" * 100 + when.encode())
        harness.wait_until("the ticket", lambda: self.count("SELECT COUNT(*) FROM ticket") > tickets)
        self.assertEqual(tickets + 1, self.count("SELECT COUNT(*) FROM ticket"))

    # ---- the walk

    def test_places(self) -> None:
        """Whoever adds a place that commits says here how it dies."""
        self.assertEqual(places(), set(PLACES))
        self.assertEqual([], [name for name in PLACES.values() if not name.startswith("(") and name not in POINTS])

    def test_commits(self) -> None:
        """Every act with its deaths; every commit of all that has its name; everything is there, once."""
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
        print("\n" + "\n".join(self.table), flush=True)


if __name__ == "__main__":
    unittest.main()
