# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine fails: disk, database, index, clock, descriptors; and too much comes at once. docs/faults.md lists what is seen.

SPOC_FLOOD (2000) is how many mails one sender sends at once; the long run is 10000.
"""

from __future__ import annotations

import errno
import imaplib
import os
import pathlib
import re
import resource
import shutil
import socket
import sqlite3
import subprocess
import time
import unittest

import bulk
import counted
import harness
import sick
from people import Person
from visitors import Visitor

FLOOD = int(os.environ.get("SPOC_FLOOD", "2000"))
DAY = 86400


class Stage(harness.Story):
    """A desk on a machine that can fall ill."""

    desk: sick.SickSpocd
    desk_type = sick.SickSpocd
    settings = {"desk": {"automatic_budget": 1000}, "chat": {"gathering": "300ms"}}

    def person(self, address: str) -> Person:
        """Somebody with a mailbox."""
        found = Person(self.servers, "Tessa Lind", address)
        self.addCleanup(found.leave)
        return found

    def wait_for_trouble(self, words: str) -> None:
        """Until /healthz says so."""
        harness.wait_until(f"\"{words}\" at /healthz", lambda: any(words in one for one in self.desk.troubles()), 90, 0.2)

    def wait_for_health(self) -> None:
        """Until nothing is wrong any more."""
        harness.wait_until("the desk to be well", lambda: not self.desk.troubles(), 90, 0.2)

    def check_whole(self) -> None:
        """Nothing contradicts anything, every letter is delivered; none went twice."""
        self.desk.settle()
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [], 60, 0.3)
        self.assertEqual(0, counted.letters_delivered(self.desk, self.servers)[1])


class Disk(Stage):
    """It refuses to be written, and comes back."""

    def fall_and_rise(self, fault: int, words: str, mark: str) -> None:
        """Mail and lines that come meanwhile are taken in afterwards; letters go once."""
        tessa = self.person(f"tessa.{mark}@example.net")
        tessa.send(f"Before {mark}", "The printer is on fire.")
        tessa.wait_for_kind("acknowledgement")
        before = self.desk.metric("spoc_messages")
        self.desk.ail(disk=fault)
        tessa.send(f"During {mark}", "It still is.")
        visitor = Visitor(self.desk, 1, 3, fault)
        visitor.start()
        self.wait_for_trouble(words)
        self.assertEqual({}, visitor.kept, "nothing is acknowledged that is not kept")
        self.assertEqual(before, self.desk.metric("spoc_messages"))
        self.desk.ail()
        tessa.wait_for("the second acknowledgement",
                       lambda mail: mail.kind == "acknowledgement" and f"During {mark}" in mail["Subject"], 90)
        visitor.join(90)
        self.assertEqual([], visitor.broken())
        self.wait_for_health()
        self.assertEqual([], self.desk.spocctl("quarantine", "list", "--all"))
        self.check_whole()

    def test_full(self) -> None:
        """No space left on the device."""
        self.fall_and_rise(errno.ENOSPC, "the disk is full; make room", "full")

    def test_read_only(self) -> None:
        """The kernel has made the file system read-only."""
        self.fall_and_rise(errno.EROFS, "the disk can't be read or written", "read-only")
        self.desk.stop()
        self.desk.ail(disk=errno.EROFS)
        done = subprocess.run([harness.BIN / "spocd", "--config", self.desk.config], env=self.desk.environment(),
                              capture_output=True, text=True, timeout=30, check=False)
        self.desk.ail()
        self.assertNotEqual(0, done.returncode)
        self.assertIn("Read-only file system", done.stderr)
        self.desk.start()

    def test_failing(self) -> None:
        """Input/output errors: no mail is put aside for what is not its fault."""
        self.fall_and_rise(errno.EIO, "the disk can't be read or written", "failing")

    def test_locked(self) -> None:
        """Another process holds the write lock for longer than the desk waits."""
        tessa = self.person("tessa.locked@example.net")
        with sqlite3.connect(self.desk.data / "spoc.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            tessa.send("Locked", "The printer is on fire.")
            harness.wait_until("the lock to be told", lambda: "another writer held the database" in self.desk.said(), 40)
            other.execute("ROLLBACK")
        tessa.wait_for_kind("acknowledgement")
        self.wait_for_health()
        self.check_whole()


class Damage(Stage):
    """A page of the database is not what was written: a clear stop, and the way back."""

    def test_damaged_page(self) -> None:
        """The desk ends by itself, names the remedy, and the remedy works."""
        tessa = self.person("tessa.damaged@example.net")
        tessa.send("Before the copy", "The printer is on fire.")
        tessa.wait_for_kind("acknowledgement")
        self.desk.settle()
        copy = self.folder / "copy"
        self.desk.spocctl("backup", str(copy))
        tessa.send("After the copy", "It still is.")
        tessa.wait_for("the acknowledgement", lambda mail: mail.kind == "acknowledgement" and "After" in mail["Subject"])
        self.desk.settle()
        self.desk.stop()
        self.hurt("message_id_of")
        self.desk.start(ready=False)
        assert self.desk.process
        tessa.send("On a damaged desk", "Is anybody there?")
        self.assertEqual(65, self.desk.process.wait(timeout=harness.PATIENCE))
        self.desk.process = None
        self.assertIn("the database is damaged; stop the service and go back to the last backup with spocctl restore",
                      self.desk.said())
        check = self.desk.run_ctl("check")
        self.assertEqual(65, check.returncode)
        self.assertIn("spocctl restore", check.stdout + check.stderr)
        self.desk.spocctl("restore", str(copy))
        self.desk.start()
        for words in ("Before", "After", "damaged"):
            harness.wait_until(f"the mail {words}", lambda w=words: sum(w in one["subject"] for one in self.desk.tickets()) == 1)
        tessa.wait_for("the acknowledgement", lambda mail: mail.kind == "acknowledgement" and "damaged" in mail["Subject"])

    def hurt(self, table: str) -> None:
        """Writes nonsense over the root page of a table or an index."""
        file = self.desk.data / "spoc.db"
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            size = database.execute("PRAGMA page_size").fetchone()[0]
        with open(file, "r+b") as out:
            out.seek((page - 1) * size)
            out.write(b"\x5a" * size)


class Index(Stage):
    """The search index is deleted or damaged: it is built again by itself."""

    def index(self) -> pathlib.Path:
        """Its folder."""
        return self.desk.data / "index"

    def check_suggestions(self, mark: str) -> None:
        """A mail is answered with its article, and index and database agree."""
        tessa = self.person(f"tessa.{mark}@example.net")
        def offered() -> bool:
            seen = len(tessa.inbox())
            tessa.send("VPN drops every hour", "The VPN connection drops every hour and I must sign in again.")
            harness.wait_until("an acknowledgement", lambda: len(tessa.inbox()) > seen)
            return re.search(r"(?m)^[123]\. VPN drops every hour$", tessa.inbox()[-1].text) is not None
        harness.wait_until("the article to be offered again", offered, 60, 0.5)
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [], 60, 0.3)

    def test_deleted_at_rest(self) -> None:
        """While the desk is down."""
        self.desk.stop()
        shutil.rmtree(self.index())
        self.desk.start()
        self.check_suggestions("rest")

    def test_deleted_at_work(self) -> None:
        """While the desk is at work."""
        shutil.rmtree(self.index())
        self.check_suggestions("work")

    def test_emptied_at_work(self) -> None:
        """The folder stays, its files are gone."""
        for file in self.index().rglob("*"):
            if file.is_file():
                file.unlink()
        self.check_suggestions("emptied")

    def test_damaged(self) -> None:
        """Nonsense in its files."""
        self.desk.stop()
        for file in self.index().rglob("*.glass"):
            file.write_bytes(b"\x5a" * max(8192, file.stat().st_size))
        self.desk.start()
        self.check_suggestions("damaged")


class Clock(Stage):
    """It jumps."""

    @classmethod
    def set_stage(cls) -> None:
        """With a folder of articles that can be written; without TLS, as yesterday the servers' certificate was not valid yet."""
        super().set_stage()
        plain = {"security": "none", "user": "", "password": ""}
        cls.desk.sections["out"] = {**cls.desk.sections["out"], **plain, "port": cls.servers.facts["smtp"]}
        box = cls.desk.sections["mailbox"][0]
        cls.desk.sections["mailbox"] = [{**box, "security": "none", "port": cls.servers.facts["imap"]}]
        cls.shelf = cls.folder / "kb"
        shutil.copytree(harness.ROOT / "etc" / "demo" / "kb", cls.shelf)
        cls.desk.sections["knowledge"] = {"folder": str(cls.shelf), "poll": "1s"}
        cls.desk.write_config()

    shelf: pathlib.Path

    def check_article(self, number: int) -> None:
        """A new one is found."""
        (self.shelf / "en" / f"jump-{number}.md").write_text(
            f"---\nid: jump-{number}\ntitle: Jumping jack {number}\nlanguage: en\naudience: public\n---\n\nJump.\n", "utf-8")
        harness.wait_until(f"article {number} to be found", lambda: any(
            one["id"] == f"jump-{number}" for one in self.desk.spocctl("kb", "search", f"Jumping jack {number}")), every=0.3)

    def test_jumps(self) -> None:
        """A day forward and back again: mail, chat and letters go on, and nobody waits for the hour to come round."""
        tessa = self.person("tessa.clock@example.net")
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        for number, ahead in enumerate((0, DAY, 0, -DAY, 0)):
            # A line that has not been told when the clock jumps.
            visitor = Visitor(self.desk, number, 1, 1)
            visitor.run()
            self.desk.ail(clock=ahead)
            tessa.send(f"Jump {number}", "The printer is on fire.")
            tessa.wait_for(f"acknowledgement {number}",
                           lambda mail, n=number: mail.kind == "acknowledgement" and f"Jump {n}" in mail["Subject"])
            sam.wait_for(f"the line of visitor {number}", lambda mail, v=visitor: v.words()[0] in mail.text)
            self.assertEqual([], visitor.broken())
            self.check_article(number)
        self.check_whole()


class Descriptors(Stage):
    """The process may not open another file."""

    def test_exhausted(self) -> None:
        """Who is connected goes on; who comes waits or is turned away; afterwards all is as before."""
        self.desk.stop()
        self.desk.sections["web"] = {**self.desk.sections["web"], "connections_per_peer": 5000}
        self.desk.write_config()
        self.desk.start()
        assert self.desk.process
        visitor = Visitor(self.desk, 1, 30, 1)
        visitor.start()
        harness.wait_until("a first line", lambda: visitor.kept)
        used = len(os.listdir(f"/proc/{self.desk.process.pid}/fd"))
        resource.prlimit(self.desk.process.pid, resource.RLIMIT_NOFILE, (used + 20, used + 20))
        crowd = [socket.create_connection(("127.0.0.1", self.desk.port)) for _ in range(60)]
        harness.wait_until("no descriptor to be left", lambda: self.descriptors() >= used + 20)
        tessa = self.person("tessa.crowd@example.net")
        tessa.send("In a crowd", "The printer is on fire.")
        harness.wait_until("the mail to be in", lambda: counted.rows(
            self.desk, "SELECT COUNT(*) FROM ticket WHERE subject = 'In a crowd'")[0][0] == 1)
        for one in crowd:
            one.close()
        harness.wait_until("descriptors to be free again", lambda: self.descriptors() < used + 10)
        tessa.wait_for_kind("acknowledgement")
        visitor.join(60)
        self.assertEqual([], visitor.broken())
        self.wait_for_health()
        self.check_whole()

    def descriptors(self) -> int:
        """How many are open."""
        assert self.desk.process
        return len(os.listdir(f"/proc/{self.desk.process.pid}/fd"))


class Load(Stage):
    """Too much at once."""

    settings = {**Stage.settings, "desk": {"automatic_budget": 1000, "mail_budget": 60}}

    def test_sigterm_under_load(self) -> None:
        """The desk drains in bounded time, and what was under way is done after the next start."""
        mails = list(bulk.mails(300, 30, 4, "term"))
        maildir = self.servers.maildir("support") / "new"
        visitors = [Visitor(self.desk, number, 60, 4) for number in range(4)]
        for visitor in visitors:
            visitor.start()
        for one in mails:
            lay(maildir, one)
        harness.wait_until("work to be under way", lambda: self.desk.metric("spoc_messages") > 20, every=0.01)
        begun = time.monotonic()
        self.desk.stop()
        took = time.monotonic() - begun
        self.assertLess(took, 15)
        self.desk.start()
        wanted = {one.message_id for one in mails}
        harness.wait_until("every mail to be in", lambda: wanted <= set(counted.places(self.desk)), 120, 0.3)
        for visitor in visitors:
            visitor.join(120)
            self.assertEqual([], visitor.broken())
        harness.wait_until("every letter to be sent", lambda: self.desk.metric("spoc_letters_queued") == 0, 300, 0.5)
        self.check_whole()
        print(f"\nSIGTERM under load: ended after {took:.1f} s", flush=True)

    def test_flood(self) -> None:
        """So many mails from one sender: the budget ends the letters, every mail is kept, and who wrote behind it is served."""
        maildir = self.servers.maildir("support") / "new"
        before = self.desk.metric("spoc_messages")
        for number in range(FLOOD):
            raw = (f"From: Eve <eve@example.com>\r\nTo: support@example.org\r\nSubject: Alarm {number}\r\n"
                   f"Message-ID: <flood-{number}@example.com>\r\n\r\nSensor {number} is too warm.\r\n").encode()
            lay(maildir, bulk.Bulk(number, number, "eve@example.com", "", raw), "flood")
        begun = time.monotonic()
        tessa = self.person("tessa.flood@example.net")
        tessa.send("In the flood", "The printer is on fire.")
        tessa.wait_for_kind("acknowledgement", None)
        served = time.monotonic() - begun
        harness.wait_until("all to be in", lambda: self.desk.metric("spoc_messages") >= before + FLOOD + 1, 600, 0.3)
        took = time.monotonic() - begun
        tickets = [one for one in self.desk.tickets() if one["requester"] == "eve@example.com"]
        self.assertEqual(60, len(tickets))
        found = counted.places(self.desk)
        self.assertEqual([1], sorted({len(found[f"flood-{number}@example.com"]) for number in range(FLOOD)}))
        self.assertGreater(self.desk.metric("spoc_alarms"), 0)
        self.assertLessEqual(sum(one[1] == "eve@example.com" for one in counted.rows(
            self.desk, "SELECT id, to_address FROM letter")), 60)
        self.check_whole()
        ahead = counted.rows(self.desk, "SELECT COUNT(*) FROM message WHERE author_address = 'eve@example.com' AND id < "
                                        "(SELECT id FROM message WHERE subject = 'In the flood')")[0][0]
        print(f"\nflood of {FLOOD}: in after {took:.1f} s; another's mail in after {ahead} of them, their acknowledgement after "
              f"{served:.1f} s", flush=True)


class Crowd(Stage):
    """One sender fills the mailbox. The kill may send a letter twice, so it has a stage of its own."""

    settings = Load.settings

    def test_others_go_first(self) -> None:
        """Who wrote behind a flood has their turn once it is seen who floods; a kill right then forgets no mail of either."""
        imap = imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=60)
        self.addCleanup(imap.shutdown)
        imap.login("support", self.servers.facts["password"])
        def lying() -> int:
            return int(imap.select("INBOX")[1][0] or 0)
        self.desk.settle()
        self.desk.stop()
        before = lying()
        maildir = self.servers.maildir("support") / "new"
        for number in range(1500):
            raw = (f"From: Mallory <mallory@example.com>\r\nTo: support@example.org\r\nSubject: Alarm {number}\r\n"
                   f"Message-ID: <crowd-{number}@example.com>\r\n\r\nDoor {number} is open.\r\n").encode()
            lay(maildir, bulk.Bulk(number, number, "mallory@example.com", "", raw), "crowd")
        harness.wait_until("the flood to lie there", lambda: lying() == before + 1500)
        bo = self.person("bo.behind@example.net")
        bo.send("Behind a flood", "The printer is on fire.")
        harness.wait_until("one more mail behind it", lambda: lying() == before + 1501)
        self.desk.start(ready=False)
        mine = "(SELECT id FROM message WHERE subject = 'Behind a flood')"
        harness.wait_until("it to be in", lambda: counted.rows(self.desk, mine[1:-1]), 60, 0.01)
        self.desk.kill9()
        # One turn of the mailroom shows whose mails they are.
        self.assertEqual(1000, counted.rows(self.desk, "SELECT COUNT(*) FROM message WHERE author_address = "
                                                       f"'mallory@example.com' AND id < {mine}")[0][0])
        self.desk.start()
        wanted = {f"crowd-{number}@example.com" for number in range(1500)}
        harness.wait_until("all to be in", lambda: wanted <= set(counted.places(self.desk)), 120, 0.3)
        bo.wait_for_kind("acknowledgement")
        found = counted.places(self.desk)
        self.assertEqual({1}, {len(found[one]) for one in wanted})
        numbers = [int(one[0][6:].partition("@")[0]) for one in counted.rows(
            self.desk, "SELECT message_id FROM message WHERE author_address = 'mallory@example.com' ORDER BY id")]
        self.assertEqual(list(range(1500)), numbers, "in their order")
        harness.wait_until("database and index to agree", lambda: counted.broken(self.desk) == [], 60, 0.3)
        self.assertLessEqual(counted.letters_delivered(self.desk, self.servers)[1], 1)


class Line(Stage):
    """One sender causes more letters than leave in a while."""

    settings = {**Stage.settings, "desk": {"automatic_budget": 1000, "mail_budget": 0}}

    def test_letters_in_turn(self) -> None:
        """Who wrote behind a flood does not wait for the letters that it made."""
        self.desk.settle()
        self.desk.stop()
        maildir = self.servers.maildir("support") / "new"
        for number in range(300):
            raw = (f"From: Trudy <trudy@example.com>\r\nTo: support@example.org\r\nSubject: Alarm {number}\r\n"
                   f"Message-ID: <line-{number}@example.com>\r\n\r\nWindow {number} is open.\r\n").encode()
            lay(maildir, bulk.Bulk(number, number, "trudy@example.com", "", raw), "line")
        liv = self.person("liv.behind@example.net")
        liv.send("Behind the line", "The printer is on fire.")
        harness.wait_until("one more mail behind it", lambda: len(list(maildir.iterdir())) >= 301)
        self.desk.start(ready=False)
        liv.wait_for_kind("acknowledgement")
        harness.wait_until("every letter to be sent", lambda: self.desk.metric("spoc_letters_queued") == 0, 300, 0.5)
        # The log has the arrivals and the letters in the order in which they were committed.
        lines = self.desk.log.read_text("utf-8", "replace").splitlines()
        ticket = counted.rows(self.desk, "SELECT id FROM ticket WHERE subject = 'Behind the line'")[0][0]
        came = next(at for at, line in enumerate(lines) if " arrival ticket=" in line and f"ticket={ticket} " in line)
        left = next(at for at, line in enumerate(lines) if " letter ticket=" in line and "to=liv.behind@example.net" in line)
        between = sum(" letter ticket=" in line for line in lines[came:left])
        after = sum(" letter ticket=" in line for line in lines[left:])
        print(f"\nletters in turn: {between} of a flood's left before another's, {after} after it", flush=True)
        self.assertGreater(after, 100, "the flood's letters had left by then: this shows nothing")
        # Two rounds of a postman: the letters that one holds already, and those beside which it is claimed.
        self.assertLessEqual(between, 45)


def lay(maildir: pathlib.Path, one: bulk.Bulk, mark: str = "load") -> None:
    """Straight into the Maildir behind the IMAP server."""
    part = maildir.parent / "tmp" / f"17{one.number:08}.{mark}.host"
    part.write_bytes(one.raw)
    shutil.chown(part, "nobody") if os.getuid() == 0 else None
    part.rename(maildir / part.name)


if __name__ == "__main__":
    unittest.main()
