# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk dies right before and right after each kind of commit that it makes: the walk ends as if nothing had happened.

A kind of commit is known by the tables that it changes (tests/fakes/crash_point.cpp), and each has a name here. By itself each is
met once, before or after in turn; SPOC_EVERY_COMMIT=1 meets both.
"""

from __future__ import annotations

import imaplib
import json
import unittest

import websocket

import counted
import harness
from commit_points import CrashingSpocd, whens
from people import Person
from programs import Receiver
from visitors import Visitor

# Which of a kind is meant, counted from the start.
KILLED = {
    "a chat line opens its ticket": 1,
    "a chat line follows": 1,
    "a visitor says or proves who they are": 1,
    "chat lines are gathered for the agents": 1,
    "a mail becomes a ticket, with its letters": 1,
    "an agent's answer is filed, with its letter": 1,
    "letters are given back after a start": 1,
    "letters are claimed": 2,
    "a letter is found sent": 3,
    "the clock tells of a service level": 1,
    "the clock has its next moment": 1,
    "a rule of time changes a ticket": 1,
    "the index has a ticket": 1,
    "the pulse of a part": 1,
    "mails that have been flagged are noted": 1,
    # The first is made by each start, which gives up the calls of webhooks that are no more.
    "a webhook's call is noted as made": 2,
}
# These change the same table, and come in this order.
LETTERS = ("letters are given back after a start", "letters are claimed", "a letter is found sent")


class Commits(harness.Story):
    """One walk over every channel, again and again."""

    desk: CrashingSpocd
    desk_type = CrashingSpocd
    receiver: Receiver
    settings = {
        "desk": {"automatic_budget": 1000, "mail_budget": 0},
        "chat": {"gathering": "200ms", "visitor_lines": 0},
        "agent": harness.AGENTS[:1],
        "team": [{"name": "it", "members": ["sam"]}],
        "rule": [{"name": "silent", "when": ["time"], "after": "1s", "if.statuses": ["new"], "if.words": ["printer"],
                  "then.tag": ["silent"]}],
        "sla": [{"name": "quick", "first_response": "1s", "resolution": "8h", "breach": ["assignee", "team"]}],
    }

    @classmethod
    def setUpClass(cls) -> None:
        cls.set_stage()
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.close)
        cls.desk.sections["webhook"] = [{"name": "pager", "url": f"http://127.0.0.1:{cls.receiver.port}/", "allow_private": True,
                                         "secret": "a secret of the desk and the receiver", "events": ["ticket.opened"]}]
        box = cls.desk.sections["mailbox"][0]
        cls.desk.sections["mailbox"] = [{**box, "after": "flag"}]
        cls.desk.write_config()

    def setUp(self) -> None:
        self.sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(self.sam.leave)
        self.walks = 0

    def walk(self) -> tuple[int, Visitor]:
        """A mail and its answer, a visitor's lines and who they are; the clock warns, a rule fires; all is told."""
        self.walks += 1
        mark = f"walk {self.walks}"
        tessa = Person(self.servers, "Tessa Lind", f"tessa{self.walks}@example.net")
        self.addCleanup(tessa.leave)
        tessa.send(f"Printer, {mark}", f"The printer of {mark} is on fire.")
        visitor = Visitor(self.desk, self.walks, 2, 1)
        visitor.run()
        self.introduce(visitor)
        ticket = tessa.wait_for(mark, lambda mail: mail.kind == "acknowledgement" and f"{mark} [" in mail["Subject"]).ticket
        notice = self.sam.wait_for_kind("opened", ticket)
        self.sam.wait_for(f"the lines of visitor {self.walks}", lambda mail: visitor.words()[-1] in mail.text)
        harness.wait_until("the clock and the rule", lambda: {"breached", "rule"} <= self.trail(ticket))
        self.sam.reply(notice, f"Answer to {mark}.\n/close")
        tessa.wait_for(f"the answer of {mark}", lambda mail: f"Answer to {mark}." in mail.text)
        self.desk.settle()
        return ticket, visitor

    def introduce(self, visitor: Visitor) -> None:
        """The visitor says who they are, until the desk knows."""
        def known() -> bool:
            try:
                wire = visitor.dial()
                visitor.greet(wire)
                wire.send(json.dumps({"t": "who", "name": "Vera", "address": f"vera{visitor.number}@example.net"}))
                wire.shutdown()
            except (OSError, websocket.WebSocketException):  # it died meanwhile
                return False
            asked = f"SELECT COUNT(*) FROM session WHERE address = 'vera{visitor.number}@example.net'"
            return counted.rows(self.desk, asked)[0][0] == 1
        harness.wait_until("the visitor to be known", known, every=0.2)

    def unflagged(self) -> list[bytes]:
        """Numbers of mails that lie in the desk's mailbox as they came."""
        with imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=20) as imap:
            imap.login("support", self.servers.facts["password"])
            imap.select("INBOX", readonly=True)
            return list(imap.search(None, "UNFLAGGED")[1][0].split())

    def calls(self) -> dict[int, set[str]]:
        """The ids of the calls that tell of each ticket's opening."""
        found: dict[int, set[str]] = {}
        for call in list(self.receiver.calls):
            found.setdefault(json.loads(call["body"])["data"]["ticket"]["id"], set()).add(call["headers"]["webhook-id"])
        return found

    def trail(self, ticket: int) -> set[str]:
        """What has happened to a ticket."""
        return {row[0] for row in counted.rows(self.desk, f"SELECT what FROM trail WHERE ticket = {ticket}")}

    def check(self, ticket: int, visitor: Visitor) -> None:
        """Each thing happened once."""
        self.assertEqual((visitor.words(), ""), (visitor.replay(), visitor.fault))
        shown = self.desk.ticket(ticket)
        self.assertEqual(["inbound", "outbound"], [message["kind"] for message in shown["messages"]])
        kinds = [letter["kind"] for letter in shown["letters"]]
        for kind in ("acknowledgement", "opened", "answer"):
            self.assertEqual(1, kinds.count(kind), kinds)
        self.assertEqual({"sent"}, {letter["state"] for letter in shown["letters"]} - {"cancelled"})
        fired = [line for line in shown["trail"] if line["what"] == "rule"]
        self.assertEqual(1, len(fired), fired)
        chat = counted.rows(self.desk, f"SELECT COUNT(*) FROM message WHERE session = '{visitor.session}' AND kind = 'inbound'")
        self.assertEqual(2, chat[0][0])

    def test_commits(self) -> None:
        """Every commit of a walk has its name; the desk dies at each."""
        self.desk.start()
        self.desk.wait_for_articles()
        self.check(*self.walk())
        harness.wait_until("the index to be drained", lambda: counted.broken(self.desk) == [])
        self.assertEqual([], self.desk.misnamed())
        table = []
        for number, name in enumerate(KILLED):
            for when in whens(number):
                table.append(self.die_at(when, name))
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [])
        letters, doubles = counted.letters_delivered(self.desk, self.servers)
        harness.wait_until("every mail to be flagged", lambda: self.unflagged() == [])
        harness.wait_until("a call for each ticket", lambda: set(self.calls()) == {one["id"] for one in self.desk.tickets()})
        self.assertEqual({1}, {len(ids) for ids in self.calls().values()}, "a repeat has the id of the first")
        self.desk.stop()
        self.assertEqual([], self.desk.misnamed(), "what happens after a death has its name, too")
        print("\n" + "\n".join(table) + f"\n{letters} letters, all delivered; {doubles} went twice, under the same Message-ID",
              flush=True)

    def die_at(self, when: str, name: str) -> str:
        """One walk with a death in it; its row of the table."""
        self.desk.stop()
        self.desk.deaths = 0
        self.desk.arm(when, "letters change their state" if name in LETTERS else name, KILLED[name])
        self.desk.launch()
        with self.desk.raised():
            walked = self.walk()
            harness.wait_until(f"the death {when} {name}", lambda: self.desk.deaths)
        self.assertEqual(1, self.desk.deaths)
        harness.wait_until("the desk to be well", lambda: self.desk.get("/healthz")[0] == 200)
        self.check(*walked)
        self.assertEqual([], [line for line in counted.broken(self.desk) if "index" not in line])
        return f"killed {when:6} the commit of: {name:45} all is there, each once"


if __name__ == "__main__":
    unittest.main()
