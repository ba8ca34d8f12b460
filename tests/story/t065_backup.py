# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup of a desk at work, and the way back; one daemon for one data folder."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import pwd
import shutil
import sqlite3
import subprocess
import unittest

import bulk
import harness


class Backup(unittest.TestCase):
    """A desk on Maildirs alone."""

    def setUp(self) -> None:
        self.folder = harness.make_folder(type(self))
        self.desk = harness.Spocd(self.folder / "desk")
        self.desk.data.mkdir(parents=True)
        self.addCleanup(self.desk.leave_stage)
        self.desk.start()
        self.mails = list(bulk.mails(24, 5, 3, "kept"))

    def put(self, mails: list[bulk.Bulk]) -> None:
        """Delivers into the desk's Maildir."""
        inbox = self.desk.data / "in"
        for one in mails:
            name = f"17{one.number:08}.M1P1.host"
            (inbox / "tmp" / name).write_bytes(one.raw)
            (inbox / "tmp" / name).rename(inbox / "new" / name)

    def wait_for(self, mails: int) -> None:
        """Until so many mails are in, and what they caused has left."""
        harness.wait_until(f"{mails} mails to be in", lambda: len(self.message_ids()) == mails)
        self.desk.settle()

    def message_ids(self) -> list[str]:
        """Of every mail of a requester that is in a ticket."""
        return [message["message_id"] for ticket in self.desk.tickets()
                for message in self.desk.ticket(ticket["id"])["messages"] if message["kind"] == "inbound"]

    def assert_whole(self) -> None:
        """Nothing contradicts anything."""
        broken = [one for one in self.desk.spocctl("check") if one["broken"]]
        self.assertEqual([], broken)

    def test_there_and_back(self) -> None:
        """What came after the backup is fetched again; the answer to an old notice still counts."""
        self.put(self.mails[:12])
        self.wait_for(12)
        copy = self.folder / "copy"
        made = self.desk.spocctl("backup", f"{copy}/")[0]
        self.assertEqual(12, made["messages"])
        self.assertEqual(0o700, copy.stat().st_mode & 0o777)
        self.assertIn("is there already", self.desk.run_ctl("backup", str(copy)).stderr)
        self.put(self.mails[12:])
        self.wait_for(24)
        highest = max(ticket["id"] for ticket in self.desk.tickets())
        key = (self.desk.data / "secret").read_bytes()

        refused = self.desk.run_ctl("restore", str(copy))
        assert self.desk.process
        self.assertNotEqual(0, refused.returncode)
        self.assertIn(f"in use by process {self.desk.process.pid}", refused.stderr)
        self.desk.stop()

        (self.desk.data / "secret").write_bytes(b"another key, as if the machine were new" * 2)
        done = self.desk.spocctl("restore", str(copy))[0]
        self.assertEqual(12, done["messages"])
        self.assertEqual(12, self.desk.spocctl("status")[0]["messages"])
        self.assertEqual(key, (self.desk.data / "secret").read_bytes())
        self.assertTrue((pathlib.Path(done["aside"]) / "spoc.db").exists())
        self.assertEqual(12, len(self.message_ids()))
        known = max(ticket["id"] for ticket in self.desk.tickets())
        self.desk.start()
        self.wait_for(24)
        self.assertEqual(sorted(one.message_id for one in self.mails), sorted(self.message_ids()))
        # What was given a number after the backup was taken shares it with nobody: a token for it leads nowhere.
        given = {ticket["id"] for ticket in self.desk.tickets()}
        self.assertGreater(max(given), highest)
        self.assertEqual(set(), given & set(range(known + 1, known + 1001)))
        harness.wait_until("the index to hold every ticket", lambda: not any(
            one["broken"] for one in self.desk.spocctl("check")))
        self.assert_whole()

    @unittest.skipUnless(os.getuid() == 0, "needs root")
    def test_restored_by_root(self) -> None:
        """In a hurry, on a new machine: what root puts into a folder of spocd's user is that user's."""
        copy = self.folder / "copy"
        self.desk.spocctl("backup", str(copy))
        user = pwd.getpwnam("nobody")
        fresh = harness.Spocd(self.folder / "fresh")
        fresh.data.mkdir(parents=True)
        os.chown(fresh.data, user.pw_uid, user.pw_gid)
        self.assertEqual(0, fresh.run_ctl("restore", str(copy)).returncode)
        self.assertEqual({"spoc.db", "secret", "lock"}, {one.name for one in fresh.data.iterdir()})
        self.assertEqual({user.pw_uid}, {one.stat().st_uid for one in fresh.data.iterdir()})
        new = harness.Spocd(self.folder / "new")
        new.data.mkdir(parents=True)
        os.chown(new.data, user.pw_uid, user.pw_gid)
        self.assertEqual(0, new.run_ctl("status").returncode)
        self.assertEqual({user.pw_uid}, {one.stat().st_uid for one in new.data.iterdir()}, "as the first thing of all")

    @unittest.skipUnless(os.getuid() == 0, "needs root")
    def test_indexed_by_root(self) -> None:
        """Old mail that root takes in before the first start, and an index that root makes anew, are the user's; what a link
        leads to is not."""
        user = pwd.getpwnam("nobody")
        new = harness.Spocd(self.folder / "imported")
        new.data.mkdir(parents=True)
        os.chown(new.data, user.pw_uid, user.pw_gid)
        old = self.folder / "old.eml"
        old.write_bytes(self.mails[0].raw)

        def owners() -> set[int]:
            """Of all that lies in the data folder."""
            return {one.lstat().st_uid for one in new.data.rglob("*") if not one.is_symlink()}
        taken = new.run_ctl("mail", "import", str(old))
        self.assertEqual(0, taken.returncode, taken.stderr)
        index = new.data / "index"
        self.assertTrue(any(index.iterdir()))
        self.assertEqual({user.pw_uid}, owners())
        shutil.rmtree(index)
        self.assertEqual(0, new.run_ctl("index").returncode)
        self.assertEqual({user.pw_uid}, owners(), "made anew")
        outside = self.folder / "outside"
        outside.mkdir()
        (outside / "file").write_bytes(b"root's")
        (index / "link").symlink_to(outside)
        (index / "second").symlink_to(outside / "file")
        os.link(outside / "file", index / "third")
        self.assertEqual(0, new.run_ctl("index").returncode)
        self.assertEqual({0}, {one.stat().st_uid for one in (outside, outside / "file")})

    def test_a_broken_backup_changes_nothing(self) -> None:
        """It is examined before anything is touched."""
        self.put(self.mails[:4])
        self.wait_for(4)
        copy = self.folder / "broken"
        self.desk.spocctl("backup", str(copy))
        self.desk.stop()
        bytes_there = bytearray((copy / "spoc.db").read_bytes())
        middle = len(bytes_there) // 2
        bytes_there[4096:middle] = bytes(middle - 4096)
        (copy / "spoc.db").write_bytes(bytes_there)
        refused = self.desk.run_ctl("restore", str(copy))
        self.assertNotEqual(0, refused.returncode, refused.stdout)
        self.assertRegex(refused.stderr, "damaged|hold together|not a database")
        self.assertEqual(4, len(self.message_ids()))
        self.assert_whole()
        missing = self.desk.run_ctl("restore", str(self.folder / "nowhere"))
        self.assertIn("name a folder that spocctl backup made", missing.stderr)

    def test_a_backup_with_a_word_that_is_not_true(self) -> None:
        """It may be all that there is: it is restored, and what is not true of it is told. A mail without a byte is no such
        thing."""
        self.put(self.mails[:4])
        self.wait_for(4)
        empty = self.desk.data / "in" / "new" / "1799999999.M1P1.host"
        empty.write_bytes(b"")
        harness.wait_until("the empty mail to be put aside", lambda: self.desk.spocctl("quarantine", "list"))
        self.desk.settle()
        self.assert_whole()
        whole, odd = self.folder / "whole", self.folder / "odd"
        before = self.message_ids()
        self.desk.spocctl("backup", str(whole))
        self.desk.spocctl("backup", str(odd))
        self.desk.stop()
        self.assertEqual([], self.desk.spocctl("restore", str(whole))[0]["untrue"])
        with contextlib.closing(sqlite3.connect(odd / "spoc.db")) as database, database:
            database.execute("DELETE FROM blob_name WHERE sha256 = (SELECT raw_hash FROM message WHERE raw_hash IS NOT NULL LIMIT 1)")
        told = self.desk.spocctl("restore", str(odd))[0]["untrue"]
        self.assertEqual(1, len(told), told)
        self.assertIn("the raw mail of every message is kept", told[0])
        self.assertEqual(before, self.message_ids())

    def test_check_sees_the_index(self) -> None:
        """One that is missing, and one of another state."""
        self.put(self.mails[:2])
        self.wait_for(2)
        harness.wait_until("the index to hold every ticket", lambda: not any(
            one["broken"] for one in self.desk.spocctl("check")))
        self.desk.stop()
        with contextlib.closing(sqlite3.connect(self.desk.data / "spoc.db")) as database, database:
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute("DELETE FROM index_job")
            number = database.execute("SELECT MAX(id) FROM ticket").fetchone()[0]
            database.execute(f"UPDATE ticket SET id = {number + 5} WHERE id = {number}")
            message = database.execute("SELECT MAX(id) FROM message").fetchone()[0]
            database.execute(f"UPDATE message SET id = {message + 5} WHERE id = {message}")
        found = {one["invariant"]: one for one in self.read_check()}
        self.assertEqual([f"ticket {number}"], found["the search index holds no ticket that does not exist"]["examples"])
        self.assertEqual(1, found["every ticket is in the search index or waits for it"]["broken"])
        self.assertEqual([f"message {message + 5}"], found["every message is in the search index or waits for it"]["examples"])
        self.assertEqual([f"message {message}"], found["the search index holds no message that does not exist"]["examples"])
        shutil.rmtree(self.desk.data / "index")
        found = {one["invariant"]: one for one in self.read_check()}
        self.assertEqual(1, found["there is a search index"]["broken"])

    def test_check_leaves_time_to_a_new_index(self) -> None:
        """Articles come into it after its making; what is not in an older one is told."""
        articles = self.folder / "articles"
        shutil.copytree(harness.ROOT / "etc" / "demo" / "kb", articles)
        for one in [*articles.rglob("*"), articles]:
            os.utime(one, (1e9, 1e9))
        self.desk.stop()
        new = harness.Spocd(self.folder / "new", settings={"knowledge": {"folder": str(articles)}})
        self.assertEqual(0, new.run_ctl("index").returncode)

        def astray() -> int:
            """Articles that the check misses."""
            done = new.run_ctl("--json", "check")
            found = {one["invariant"]: one for one in map(json.loads, done.stdout.splitlines())}
            return int(found["every article of the folder is in the search index, and no other"]["broken"])
        self.assertEqual(0, astray())
        os.utime(new.data / "index" / "format", (1e9, 1e9))
        self.assertGreater(astray(), 10)

    def read_check(self) -> list[dict]:
        """What it prints, whatever its exit code."""
        return [json.loads(line) for line in self.desk.run_ctl("--json", "check").stdout.splitlines()]

    def test_an_older_database_under_an_older_daemon(self) -> None:
        """spocctl of a new release leaves it alone as long as the daemon is at work, and brings it up to date afterwards."""
        def version(to: int = 0) -> int:
            with contextlib.closing(sqlite3.connect(self.desk.data / "spoc.db")) as database, database:
                if to:
                    database.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(to),))
                return int(database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0])
        present = version()
        version(present - 1)
        refused = self.desk.run_ctl("status")
        self.assertNotEqual(0, refused.returncode)
        self.assertIn("made by an older Spoc", refused.stderr)
        self.assertEqual(present - 1, version())
        version(present)
        self.assertEqual(0, self.desk.run_ctl("status").returncode)

    def test_an_older_database_without_a_daemon(self) -> None:
        """Whichever program opens it first brings it up to date, and all of it is there; a newer one is left alone."""
        for program in ("spocctl", "spocd"):
            desk = harness.Spocd(self.folder / f"older-{program}")
            self.addCleanup(desk.leave_stage)
            desk.data.mkdir(parents=True)
            file = desk.data / "spoc.db"
            with contextlib.closing(sqlite3.connect(file)) as database:
                database.executescript((harness.ROOT / "tests" / "story" / "golden" / "schema_23.sql").read_text("utf-8"))
            if program == "spocd":
                desk.start()
            self.assertEqual(["VPN drops"], [one["subject"] for one in desk.tickets()])
            with contextlib.closing(sqlite3.connect(file)) as database:
                self.assertLess(23, int(database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]))
            self.assertEqual(["Tessa Sample"], [one["name"] for one in desk.spocctl("contact", "list", "sample")])
            self.assertEqual(["The VPN drops every hour."], [one["reply"].strip() for one in desk.ticket(1001)["messages"]])
            if program == "spocctl":
                desk.start()
            harness.wait_until("all to hold together", lambda d=desk: d.run_ctl("check").returncode == 0, 60, 0.3)
            desk.stop()
            with contextlib.closing(sqlite3.connect(file)) as database, database:
                database.execute("UPDATE meta SET value = '9999' WHERE key = 'schema'")
            for refused in (desk.run_ctl("status"), subprocess.run(
                    [harness.BIN / "spocd", "--config", desk.config], capture_output=True, text=True, timeout=60, check=False)):
                self.assertNotEqual(0, refused.returncode)
                self.assertIn("made by a newer Spoc (schema 9999", refused.stderr)

    def test_second_daemon(self) -> None:
        """It would claim the first one's letters, so it does not start."""
        second = subprocess.run([harness.BIN / "spocd", "--config", self.desk.config], capture_output=True, timeout=60,
                                check=False)
        assert self.desk.process
        self.assertNotEqual(0, second.returncode)
        self.assertIn(f"in use by process {self.desk.process.pid}", second.stderr.decode())
        self.desk.kill9()
        self.desk.start()
