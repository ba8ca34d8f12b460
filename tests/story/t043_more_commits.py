# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk dies at each kind of commit that no plain walk over mail and chat makes: orders of programs, buttons on pages, what
widgets ask for, commands, known outages, drafts, lists of tickets, files with a virus. Whoever asked asks again.

By itself each is met once, before or after in turn; SPOC_EVERY_COMMIT=1 meets both.
"""

from __future__ import annotations

import base64
import re
import unittest
from typing import Any

import counted
import harness
from commit_points import PLACES, POINTS, Persistent, places
from deaths import VOUCHED, Deaths, clamd
from programs import Answer


class MoreCommits(Deaths):
    """Whoever asked asks again."""

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
        """Each act, and what is there after all."""
        self.walk()


if __name__ == "__main__":
    unittest.main()
