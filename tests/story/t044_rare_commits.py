# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk dies at each kind of commit that comes rarely: at its first start, as the index is made anew, at agents' lists and the
answers to them, reminders, what readers say of articles, alarms, poison, visitors whom the intranet signs, and a directory's people.

By itself each is met once, before or after in turn; SPOC_EVERY_COMMIT=1 meets both. The first start meets both always.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import unittest

import bulk
import counted
import harness
from commit_points import CrashingSpocd
from deaths import VOUCHED, Deaths, Writer
from directory import Directory
from programs import make_certificate
from servers import Section
from t147_signed import claims, hs256

ARTICLE = """---
id: badge-{when}
title: Badge lost, {when}
language: en
owner: keeper.{when}@example.net
---

Go to the reception of your building with a passport and ask for a new badge.
"""


class RareCommits(Deaths):
    """A desk with articles that have keepers, and later a directory."""

    directory: Directory | None = None

    @classmethod
    def more_settings(cls) -> dict[str, Section | list[Section]]:
        shelf = cls.folder / "kb"
        shelf.mkdir()
        for when in ("before", "after"):
            (shelf / f"badge-{when}.md").write_text(ARTICLE.format(when=when), "utf-8")
        return {"knowledge": {"folder": str(shelf), "poll": "1s"}}

    def launch(self) -> None:
        """Starts the desk with what it is now told."""
        self.desk.stop()
        self.desk.write_config()
        self.desk.launch()

    def letters(self, kind: str, to: str) -> int:
        """How many of a kind were written to somebody."""
        return self.count(f"SELECT COUNT(*) FROM letter WHERE kind = '{kind}' AND to_address = '{to}'")

    def well(self) -> None:
        """It listens, and all of it works."""
        harness.wait_until("the desk to be well", lambda: self.desk.get("/healthz")[0] == 200, every=0.05)

    # ---- acts: each meets one kind of commit, or some that follow each other

    def act_list(self, when: str) -> None:
        """An agent's list comes once, and the answer to it acts once."""
        who, place = {"before": (self.sam, 0), "after": (self.kari, 1)}[when]
        ticket = self.ticket()
        self.settle()
        agents = [dict(agent) for agent in harness.AGENTS]
        agents[place]["digest"] = datetime.datetime.now(datetime.timezone.utc).strftime("Mon-Sun %H:%M")
        self.desk.sections["agent"] = agents
        with self.death(when, "an agent's list is written"):
            self.launch()
        listed = who.wait_for_kind("digest")
        number = re.search(rf"^(\d+)\. #{ticket} ", listed.text, re.MULTILINE)
        assert number, listed.text
        with self.death(when, "an agent answers a list"):
            who.reply(listed, f"{number[1]} close")
        who.wait_for_kind("digest_receipt")
        self.settle()
        self.assertEqual((1, 1), (self.letters("digest", who.address), self.letters("digest_receipt", who.address)))
        self.assertEqual("closed", self.desk.ticket(ticket)["ticket"]["status"])
        self.assertEqual((1, 1), (self.whats(ticket).count("status"), self.kinds(ticket).count("closed")))

    def act_reminder(self, when: str) -> None:
        """It comes once."""
        ticket = self.ticket()
        self.sam.reply(self.notice(self.sam, ticket), "/remind tomorrow buy oil")
        self.notice(self.sam, ticket, "receipt")
        self.settle()
        self.desk.stop()
        with sqlite3.connect(self.desk.data / "spoc.db") as database:  # nobody waits until tomorrow
            database.execute("UPDATE reminder SET at = 0")
        database.close()
        with self.death(when, "a reminder comes due"):
            self.desk.launch()
        self.assertIn("buy oil", self.notice(self.sam, ticket, "reminder").text)
        self.settle()
        self.assertEqual(1, self.kinds(ticket).count("reminder"))
        self.assertEqual(0, self.count("SELECT COUNT(*) FROM reminder"))

    def act_keeper(self, when: str) -> None:
        """What a reader says reaches the article's keeper once."""
        url = f"{self.desk.url}/kb/badge-{when}"
        seal = re.search(r'name="seal" value="(\w+)"', self.page(url))
        assert seal
        keeper = Writer(self.desk, "Keeper", f"keeper.{when}@example.net")
        with self.death(when, "who keeps an article hears of its readers"):
            self.page(url + "/feedback", {"seal": seal[1], "helped": "no", "words": "Not on Sundays."})
            self.ticket()  # the clock would look in half a minute; news makes it look at once
        self.assertIn("Not on Sundays.", keeper.wait_for_kind("feedback").text)
        self.settle()
        self.assertEqual(1, self.letters("feedback", keeper.address))

    def act_alarm(self, when: str) -> None:
        """Who claims to be an agent is an alarm. What it is about is in; the call alone may get lost: the log has it."""
        ticket = self.ticket()
        notice = self.notice(self.sam, ticket)
        self.settle()
        self.sam.results = "dkim=none"
        logged = 'warning alarm words="refused a mail that says it comes from an agent, <sam@example.org>'
        alarms, calls = self.desk.log.read_text("utf-8", "replace").count(logged), self.receiver.types().count("alarm")
        with self.death(when, "a webhook is told of an alarm"):
            self.sam.reply(notice, "Is it plugged in?")
        self.sam.results = VOUCHED
        self.notice(self.sam, ticket, "refusal")
        self.well()
        self.settle()
        self.assertEqual(calls + (when == "after"), len({json.dumps(one) for one in self.receiver.taken() if one["type"] == "alarm"}))
        self.assertEqual(1, self.kinds(ticket).count("refusal"))
        self.assertEqual(alarms + 1, self.desk.log.read_text("utf-8", "replace").count(logged))

    def act_poison(self, when: str) -> None:
        """A mail on which the process died eight times is set aside once, whatever happens at the counting and at the setting aside."""
        raw = next(bulk.mails(1, mark=f"deadly-{when}")).raw
        digest = hashlib.sha256(raw).hexdigest()
        died = f"SELECT COALESCE(SUM(count), 0) FROM attempt WHERE hash = '{digest}'"

        def die() -> None:
            self.desk.stop()
            # The black box of a mailbox names the mail that was being read when the process died.
            (self.desk.data / "reading.support").write_text(digest, "ascii")
            self.desk.launch()

        with self.death(when, "who died over which mail is counted"):
            die()
        self.well()
        self.assertEqual(1 if when == "after" else 0, self.count(died), "one death at its counting is not counted, or once")
        for number in range(self.count(died), 8):
            die()
            harness.wait_until("the death to be counted", lambda wanted=number + 1: self.count(died) == wanted, every=0.05)
        tickets = self.count("SELECT COUNT(*) FROM ticket")
        with self.death(when, "a mail is set aside"):
            place = self.desk.data / "in"
            (place / "tmp" / f"poison-{when}").write_bytes(raw)
            (place / "tmp" / f"poison-{when}").rename(place / "new" / f"poison-{when}")
        aside = f"SELECT COUNT(*) FROM quarantine WHERE hash = '{digest}' AND resolved = 0 AND raw = 1"
        harness.wait_until("it to be aside", lambda: self.count(aside) == 1)
        self.well()
        self.settle()
        self.assertEqual((1, tickets + 1), (self.count(aside), self.count("SELECT COUNT(*) FROM ticket")))
        held = [one for one in self.desk.spocctl("quarantine", "list") if one["hash"] == digest]
        self.assertEqual(1, len(held))
        self.assertEqual(1, self.kinds(held[0]["ticket"]).count("opened") // len(harness.AGENTS))

    def act_signed(self, when: str) -> None:
        """A visitor whom the intranet signs is known, with their address."""
        session = self.frames(None, [{"t": "line", "ref": "1", "text": f"My badge {when} is lost."}], "kept")[1]
        self.settle()
        token = hs256(claims(sub=f"u-{when}", email=f"aase.{when}@example.net"))
        with self.death(when, "a visitor says or proves who they are"):
            self.frames(session, [{"t": "ping"}], "pong", token)
        # After the first of its two commits it is the next hello that says the address.
        self.frames(session, [{"t": "ping"}], "pong", token)
        self.assertEqual([(f"u-{when}", f"aase.{when}@example.net")],
                         counted.rows(self.desk, f"SELECT visitor, address FROM session WHERE secret = '{session}'"))
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM contact_address WHERE key = 'aase.{when}@example.net'"))

    def act_index(self, when: str) -> None:
        """The index is lost, and made anew out of all tickets."""
        self.settle()
        self.desk.stop()
        shutil.rmtree(self.desk.data / "index")
        with self.death(when, "the index is made anew"):
            self.desk.launch()
        self.well()
        self.settle()
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [])
        harness.wait_until("the articles to be found", lambda: {"badge-before", "badge-after"} <= {
            hit["id"] for hit in self.desk.spocctl("kb", "search", "badge lost")})

    def act_directory(self, when: str) -> None:
        """People come and go; each is there once, and marked once."""
        directory = self.directory or self.begin_directory()
        mail = f"p.{when}.people@example.net"
        contact = f"SELECT contact FROM contact_address WHERE key = '{mail}'"
        with self.death(when, "the directory's people are taken in"):
            directory.add_person(f"p-{when}", f"Person {when.title()}", mail, telephoneNumber="22334400")
        harness.wait_until("the new one", lambda: counted.rows(self.desk, contact))
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM contact WHERE name = 'Person {when.title()}'"))
        number = self.count(contact)
        self.assertEqual(1, self.count(f"SELECT COUNT(*) FROM contact_phone WHERE contact = {number}"))
        self.settle()
        with self.death(when, "who is gone from the directory is marked"):
            directory.remove_person(f"p-{when}")
        harness.wait_until("the mark", lambda: self.count(f"SELECT COUNT(*) FROM contact WHERE id = {number} AND gone > 0") == 1)
        self.assertEqual(1, self.count(
            f"SELECT COUNT(*) FROM trail WHERE what = 'contact gone' AND detail LIKE '{number} is no longer%'"))

    def begin_directory(self) -> Directory:
        """With somebody who stays: one that has nobody is no directory."""
        certificate, _ = make_certificate(self.folder / "tls", "DNS:localhost,IP:127.0.0.1")
        directory = Directory(self.folder / "directory", pathlib.Path(certificate))
        type(self).directory = directory
        self.addClassCleanup(directory.stop)
        directory.add_person("p0", "Person Zero", "p0.people@example.net")
        self.desk.sections["ldap"] = directory.settings()
        self.launch()
        harness.wait_until("the first", lambda: counted.rows(
            self.desk, "SELECT contact FROM contact_address WHERE key = 'p0.people@example.net'"))
        self.settle()
        return directory

    # ---- the walk

    def test_commits(self) -> None:
        """Each act, and what is there after all."""
        self.walk()

    def test_first_start(self) -> None:
        """A desk that dies as its tables or its index are made comes up at the next start, and takes mail."""
        for number, name in enumerate(("the tables are made", "the index is made anew")):
            for when in ("before", "after"):
                with self.subTest(name=name, when=when):
                    self.start_first(self.folder / f"first-{number}-{when}", when, name)

    def start_first(self, folder: pathlib.Path, when: str, name: str) -> None:
        """One desk that has never been."""
        desk = CrashingSpocd(folder)
        self.addCleanup(desk.leave_stage)
        desk.arm(when, name)
        desk.launch()
        assert desk.process
        self.assertEqual(-signal.SIGKILL, desk.process.wait(harness.PATIENCE))
        desk.start()
        Writer(desk, "Tessa Lind", "tessa@example.net").send("The first one", "It hums since this morning.")
        harness.wait_until("the ticket", lambda: counted.rows(desk, "SELECT COUNT(*) FROM ticket") == [(1,)])
        harness.wait_until("the index to have it", lambda: counted.broken(desk) == [])
        counted.letters_laid(desk)
        desk.stop()
        self.assertEqual([], desk.misnamed())
        print(f"\nkilled {when:6} the commit of: {name}, at the first start", end="", flush=True)


if __name__ == "__main__":
    unittest.main()
