# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers fail: lines that break in the middle of a mail, a folder that is renamed, a certificate that runs out, names that
nobody resolves, and an MTA with moods. docs/faults.md lists what is seen."""

from __future__ import annotations

import errno
import imaplib
import os
import pathlib
import random
import signal
import time
import unittest

import bulk
import counted
import harness
import sick
from moody import MoodyMta
from people import Person
from places import Cable

DAY = 86400


class Stage(unittest.TestCase):
    """Mail servers for all, a desk for each."""

    folder: pathlib.Path
    servers: harness.Servers

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = harness.make_folder(cls)
        cls.servers = harness.Servers(cls.folder / "servers")
        cls.addClassCleanup(cls.servers.stop)

    def desk(self, mailbox: harness.Section, out: harness.Section, ready: bool = True) -> sick.SickSpocd:
        """A desk with these changes to its mailbox and its way out."""
        name = self.id().rsplit(".", 1)[-1]
        mailbox = {**self.servers.mailbox_settings(), "user": name, "address": f"{name}@example.org", **mailbox}
        desk = sick.SickSpocd(self.folder / name, None, {
            "desk": {"automatic_budget": 1000}, "mailbox": [mailbox], "out": {**self.servers.out_settings(), **out}})
        self.addCleanup(desk.leave_stage)
        return desk.start(ready)

    def put(self, user: str, count: int, mark: str, senders: int = 10) -> list[bulk.Bulk]:
        """So many mails into the mailbox of a desk."""
        mails = list(bulk.mails(count, senders, 7, mark))
        for one in mails:
            self.servers.put(one.raw, f"{user}@example.org", one.sender)
        return mails

    def wait_for_trouble(self, desk: harness.Spocd, words: str) -> None:
        """Until /healthz says so."""
        harness.wait_until(f"\"{words}\" at /healthz", lambda: any(words in one for one in desk.troubles()), 60, 0.2)

    def wait_for_mails(self, desk: harness.Spocd, mails: list[bulk.Bulk]) -> None:
        """Until all are in, each once."""
        wanted = {one.message_id for one in mails}
        harness.wait_until("every mail to be in", lambda: wanted <= set(counted.places(desk)), 120, 0.2)
        self.assertEqual([], [one for one in counted.places(desk).items() if len(one[1]) > 1])


class Imap(Stage):
    """The way in."""

    def test_broken_lines(self) -> None:
        """The connection breaks in the middle of mails, again and again: each mail is there once and whole."""
        cable = Cable(self.servers.facts["imap"])
        content = random.Random(3).randbytes(1_500_000)
        sender = Person(self.servers, "Bo Wise", "bo.lines@example.net")
        self.addCleanup(sender.leave)
        mails = self.put("test_broken_lines", 20, "lines")
        sender.send("A big one", "Here is the whole log.", to="test_broken_lines@example.org", files={"log.bin": content})
        mails += self.put("test_broken_lines", 20, "lines-later")
        cable.frays = [40_000, 9_000, 1_200_000, 300, 2_000_000, 30_000]
        desk = self.desk({"port": cable.port, "security": "none"}, {}, ready=False)
        # Five visits in a row bring nothing, so the desk waits for longer each time: a minute in all.
        ticket = sender.wait_for("the acknowledgement", lambda mail: mail.kind == "acknowledgement", 150).ticket
        self.wait_for_mails(desk, mails)
        file = self.folder / "log.bin"
        row = counted.rows(desk, f"SELECT m.id FROM message m WHERE ticket = {ticket}")
        self.assertEqual(1, len(row))
        stored = counted.rows(desk, "SELECT b.bytes FROM attachment a JOIN blob b ON b.sha256 = a.sha256 "
                                    f"WHERE a.message = {row[0][0]}")
        file.write_bytes(stored[0][0])
        self.assertEqual(content, file.read_bytes())

    def test_server_killed(self) -> None:
        """The IMAP server's process is killed while it hands over mails."""
        mails = self.put("test_server_killed", 60, "killed")
        desk = self.desk({}, {}, ready=False)
        for _ in range(3):
            harness.wait_until("a process to serve it", lambda: imap_processes(self.servers), 60, 0.001)
            for pid in imap_processes(self.servers):
                os.kill(pid, signal.SIGKILL)
        self.wait_for_mails(desk, mails)

    def test_renamed(self) -> None:
        """The folder that the desk reads is renamed: health says so; once it is back, nothing is taken twice."""
        imap = imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=20)
        self.addCleanup(imap.shutdown)
        imap.login("test_renamed", self.servers.facts["password"])
        imap.create("Desk")
        first, later = (list(bulk.mails(4, 10, seed, mark)) for seed, mark in ((1, "renamed"), (2, "back")))
        for one in first:
            imap.append("Desk", "", "", one.raw)
        desk = self.desk({"folder": "Desk"}, {})
        self.wait_for_mails(desk, first)
        self.assertEqual("OK", imap.rename("Desk", "Old desk")[0])
        # An open connection may go on with the renamed folder; the next one may not.
        for pid in imap_processes(self.servers):
            os.kill(pid, signal.SIGKILL)
        self.wait_for_trouble(desk, "Desk")
        imap = imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=20)
        self.addCleanup(imap.shutdown)
        imap.login("test_renamed", self.servers.facts["password"])
        imap.create("Desk")
        for one in first + later:
            imap.append("Desk", "", "", one.raw)
        self.wait_for_mails(desk, later)
        self.assertEqual(len({(one.message_id.split("-")[0], one.thread) for one in first + later}), len(desk.tickets()))
        harness.wait_until("the desk to be well", lambda: not desk.troubles())

    def test_certificate_runs_out(self) -> None:
        """From that day on nothing is read and nothing is sent, and no more on the day before it begins; health says why, and
        names the clock. With a good one it goes on."""
        desk = self.desk({}, {})
        desk.ail(clock=60 * DAY)
        for pid in imap_processes(self.servers):
            os.kill(pid, signal.SIGKILL)
        self.wait_for_trouble(desk, "certificate")
        self.wait_for_trouble(desk, "it has run out by this machine's clock")
        mails = self.put("test_certificate_runs_out", 3, "expired")
        self.assertEqual(0, desk.metric("spoc_messages"))
        desk.ail(clock=-DAY)
        self.wait_for_trouble(desk, "it is not valid yet by this machine's clock")
        self.assertEqual(0, desk.metric("spoc_messages"))
        desk.ail()
        self.wait_for_mails(desk, mails)

    def test_no_names(self) -> None:
        """Nobody resolves the servers' names: health says so, and when the name server is back it goes on."""
        desk = self.desk({"host": sick.NAME, "port": self.servers.facts["imap"], "security": "none"},
                         {"host": sick.NAME, "security": "none", "user": "", "password": ""})
        desk.stop()
        desk.ail(dns=True)
        desk.start(ready=False)
        self.wait_for_trouble(desk, "mailbox support")
        self.assertTrue(any(sick.NAME in one for one in desk.troubles()), desk.troubles())
        mails = self.put("test_no_names", 3, "nameless")
        self.assertEqual(0, desk.metric("spoc_messages"))
        desk.ail()
        self.wait_for_mails(desk, mails)
        desk.settle()
        harness.wait_until("the desk to be well", lambda: not desk.troubles(), 60)

    def test_a_part_that_throws(self) -> None:
        """The mailroom throws while it talks to the server: the desk winds down in order and ends with 70, for which systemd starts
        it again; what came meanwhile is in once."""
        first = self.put("test_a_part_that_throws", 2, "before")
        desk = self.desk({}, {})
        self.wait_for_mails(desk, first)
        desk.settle()
        desk.ail(fault=True)
        mails = self.put("test_a_part_that_throws", 2, "fault")
        assert desk.process
        self.assertEqual(70, desk.process.wait(timeout=harness.PATIENCE))
        desk.process = None
        self.assertRegex(desk.said(), r"thread ended by a fault part=mailroom why=\"a fault of the machine\"")
        self.assertRegex(desk.said(), r" ended\n", "in order")
        desk.ail()
        desk.start()
        self.wait_for_mails(desk, first + mails)
        desk.settle()


def imap_processes(servers: harness.Servers) -> list[int]:
    """Those of Dovecot that serve somebody."""
    out = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        parent = int(status.partition("PPid:")[2].split()[0])
        if parent == servers.facts["pids"]["dovecot"] and command.split(b"\0")[0].endswith(b"/imap"):
            out.append(int(folder.name))
    return out


class Mta(Stage):
    """The way out, to an MTA with moods."""

    def setUp(self) -> None:
        self.mta = MoodyMta()
        self.addCleanup(self.mta.leave)
        self.name = self.id().rsplit(".", 1)[-1]

    def open_desk(self) -> sick.SickSpocd:
        """A desk whose letters go there."""
        return self.desk({}, self.mta.settings())

    def letters(self, desk: harness.Spocd) -> list[tuple]:
        """Recipient, state and last words of each."""
        return counted.rows(desk, "SELECT to_address, state, outcome, message_id FROM letter ORDER BY id")

    def check_once(self, desk: harness.Spocd) -> None:
        """Each letter was taken once."""
        wanted = sorted((to, message_id) for to, _, _, message_id in self.letters(desk))
        self.assertEqual(wanted, sorted(self.mta.taken))

    def test_greylisting(self) -> None:
        """Each recipient's first try is answered 451: that letter waits with the MTA's words, and goes when its time has come."""
        self.mta.mood = "greylist"
        desk = self.open_desk()
        self.put(self.name, 3, "grey")
        harness.wait_until("all nine letters to have been tried", lambda: len(self.mta.tries) == 9)
        def waiting() -> set[str]:
            return {to for to, state, words, _ in self.letters(desk) if state == "queued" and "451 4.7.1 greylisted" in words}
        people = {"sam@example.org", "kari@example.org", *(f"person{number}@example.net" for number in range(3))}
        harness.wait_until("each recipient's first letter to wait", lambda: waiting() == people)
        self.assertEqual(4, len(self.mta.taken))
        desk.ail(clock=301)
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        self.check_once(desk)

    def test_unknown_recipient(self) -> None:
        """550 for one recipient: that letter is refused and the agents are told, the others go."""
        self.mta.mood, self.mta.unknown = "refuse", {"person0@example.net"}
        desk = self.open_desk()
        self.put(self.name, 2, "unknown")
        harness.wait_until("the agents to be told", lambda: len(counted.rows(
            desk, "SELECT id FROM letter WHERE kind = 'undelivered' AND state = 'sent'")) == 2, 60, 0.2)
        refused = [one for one in self.letters(desk) if one[1] == "refused"]
        self.assertEqual(["person0@example.net"], [one[0] for one in refused])
        self.assertIn("550 5.1.1 no such user", refused[0][2])
        self.assertEqual({"sent"}, {one[1] for one in self.letters(desk) if one not in refused})

    def test_our_sender_is_refused(self) -> None:
        """At MAIL: all letters wait, health and an alarm tell it, and they leave when it is mended. At RCPT: that letter is refused.
        The recipient's address is not to blame and goes on being written to."""
        self.mta.mood = "stranger"
        desk = self.open_desk()
        self.put(self.name, 1, "stranger")
        self.wait_for_trouble(desk, "refuses mail from")
        harness.wait_until("each letter to have been tried", lambda: all(
            one[1] == "queued" and "550 5.1.0" in (one[2] or "") for one in self.letters(desk)), 60, 0.2)
        self.assertLessEqual(1, desk.metric("spoc_alarms"))
        self.mta.unknown = {"person0@example.net"}
        desk.ail(clock=301)
        harness.wait_until("the agents to be told", lambda: counted.rows(
            desk, "SELECT id FROM letter WHERE kind = 'undelivered' AND state = 'sent'"), 60, 0.2)
        self.assertEqual([], counted.rows(desk, "SELECT key FROM dead_address"))
        refused = [one for one in self.letters(desk) if one[1] == "refused"]
        self.assertEqual({"person0@example.net"}, {one[0] for one in refused})
        self.mta.mood = "well"
        desk.spocctl("outbox", "retry")
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        harness.wait_until("the desk to be well", lambda: not desk.troubles())

    def test_no_verdict(self) -> None:
        """The MTA takes a mail and breaks off: it gets the same mail once more, minutes later, under the same Message-ID."""
        self.mta.mood = "reset"
        desk = self.open_desk()
        self.put(self.name, 1, "reset")
        harness.wait_until("a mail to be taken", lambda: self.mta.taken)
        self.wait_for_trouble(desk, "postman 0")
        harness.wait_until("each letter to have been tried once", lambda: all(
            one[1] == "queued" and "broken off" in (one[2] or "") for one in self.letters(desk)), 60, 0.2)
        self.assertEqual(3, len(self.mta.taken))
        self.mta.mood = "well"
        desk.ail(clock=301)
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        harness.wait_until("the desk to be well", lambda: not desk.troubles())
        self.assertEqual({one[3] for one in self.letters(desk)}, {one[1] for one in self.mta.taken})
        self.assertEqual(3, len(set(self.mta.taken)))
        self.assertGreater(len(self.mta.taken), 3)

    def test_one_letter_breaks_every_connection(self) -> None:
        """The MTA breaks off on the letters to one person for ever: those of others leave, and these come again more and more
        seldom, until they are given up."""
        self.mta.mood, self.mta.unknown = "choke", {"person0@example.net"}
        desk = self.open_desk()
        self.put(self.name, 3, "choke")
        def of(person: str) -> list[tuple]:
            return [one for one in self.letters(desk) if one[0] == person]
        harness.wait_until("the letters of others to be sent", lambda: {
            one[1] for one in self.letters(desk) if one not in of("person0@example.net")} == {"sent"}
            and all("broken off" in (one[2] or "") for one in of("person0@example.net")), 60, 0.2)
        stuck = of("person0@example.net")
        self.assertEqual({"queued"}, {one[1] for one in stuck})
        copies = [one for one in self.mta.taken if one[0] == "person0@example.net"]
        self.assertEqual(len(stuck), len(copies), "each went out once")
        desk.ail(clock=6 * DAY)
        harness.wait_until("them to be given up", lambda: "given_up" in {one[1] for one in of("person0@example.net")}, 60, 0.2)
        harness.wait_until("the agents to be told", lambda: counted.rows(
            desk, "SELECT id FROM letter WHERE kind = 'undelivered' AND state = 'sent'"), 60, 0.2)

    def test_hanging(self) -> None:
        """The MTA says nothing after a mail: SIGTERM still ends in time; the others go after the next start, and that letter once
        its time has come, or at once where the operator says so."""
        self.mta.mood = "hang"
        desk = self.open_desk()
        self.put(self.name, 1, "hang")
        harness.wait_until("the MTA to hang", self.mta.hanging.is_set)
        begun = time.monotonic()
        desk.stop()
        self.assertLess(time.monotonic() - begun, 8, "two seconds for the verdict, and a little")
        self.mta.mood = "well"
        desk.start()
        harness.wait_until("the others to be sent", lambda: [one[1] for one in self.letters(desk)].count("sent") == 2, 60, 0.2)
        desk.spocctl("outbox", "retry")
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        self.assertEqual(3, len(set(self.mta.taken)))
        self.assertEqual(4, len(self.mta.taken), "the one under way went twice")

    def test_busy(self) -> None:
        """421 at the door: health says so, and the letters go once it is over."""
        self.mta.mood = "busy"
        desk = self.desk({}, self.mta.settings(), ready=False)
        self.put(self.name, 2, "busy")
        self.wait_for_trouble(desk, "postman 0")
        self.mta.mood = "well"
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        self.check_once(desk)

    def test_full_disk_behind_a_letter(self) -> None:
        """The disk fills up while the MTA weighs a letter: it is not sent again when there is room."""
        self.mta.mood = "well"
        desk = self.open_desk()
        original = self.mta.take
        def take(wire, recipients):  # type: ignore[no-untyped-def]
            done = original(wire, recipients)
            desk.ail(disk=errno.ENOSPC)
            return done
        self.mta.take = take  # type: ignore[method-assign]
        self.put(self.name, 1, "behind")
        self.wait_for_trouble(desk, "the disk is full")
        self.assertEqual(1, len(self.mta.taken))
        self.mta.take = original  # type: ignore[method-assign]
        desk.ail()
        harness.wait_until("every letter to be sent", lambda: {one[1] for one in self.letters(desk)} == {"sent"}, 60, 0.2)
        self.check_once(desk)


if __name__ == "__main__":
    unittest.main()
