# SPDX-License-Identifier: GPL-3.0-or-later
"""What the operator sees: health, metrics, mistakes in the configuration, quarantine, start and end."""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import signal
import subprocess
import unittest

import bulk
import harness
from people import Person

SAMPLE = re.compile(r'^(?P<name>[a-z_]+)(\{(?P<labels>[a-z]+="[^"]*")\})? (?P<value>-?\d+(\.\d+)?)$')


class Running(harness.Story):
    """A desk at work."""

    def test_health_and_status(self) -> None:
        """A desk that is well says so in every way."""
        status, body = self.desk.get("/healthz")
        self.assertEqual((200, {"well": True, "troubles": []}), (status, json.loads(body)))
        self.assertEqual([{"well": True, "troubles": []}], self.desk.spocctl("health"))
        shown = self.desk.spocctl("status")[0]
        self.assertEqual({"mailbox support", "postman 0", "librarian"}, {part["part"] for part in shown["parts"]})
        self.assertTrue(all(part["well"] for part in shown["parts"]))
        self.assertIn("tickets", self.desk.run_ctl("status").stdout)

    def test_metrics(self) -> None:
        """Prometheus can read the page, and the counts move."""
        vera = Person(self.servers, "Vera Holt", "vera@example.net")
        self.addCleanup(vera.leave)
        before = self.desk.metric("spoc_tickets")
        vera.send("Metrics", "Does it count?")
        vera.wait_for_kind("acknowledgement")
        self.assertEqual(before + 1, self.desk.metric("spoc_tickets"))
        typed: set[str] = set()
        samples: set[str] = set()
        for line in self.desk.get("/metrics")[1].splitlines():
            if line.startswith("# TYPE "):
                self.assertNotIn(line.split()[2], typed, "a type is told once")
                typed.add(line.split()[2])
            elif not line.startswith("#"):
                match = SAMPLE.match(line)
                self.assertIsNotNone(match, line)
                assert match
                self.assertNotIn(match["name"] + str(match["labels"]), samples, "a sample is told once")
                samples.add(match["name"] + str(match["labels"]))
        self.assertTrue({"spoc_tickets", "spoc_letters_queued", "spoc_well", "spoc_quarantine"} <= typed)
        self.assertIn('spoc_wellpart="mailbox support"', samples)

    def test_trail_of_one_mail(self) -> None:
        """One line per arrival and per letter, with the ticket's number all the way."""
        vera = Person(self.servers, "Vera Holt", "vera.log@example.net")
        self.addCleanup(vera.leave)
        vera.send("Log\r\n lines", "Is it logged?")
        ticket = vera.wait_for_kind("acknowledgement").ticket
        self.desk.settle()
        def lines() -> list[str]:
            return [line for line in self.desk.said().splitlines() if f"ticket={ticket} " in line]
        harness.wait_until("three letters in the log", lambda: sum(" letter " in line for line in lines()) == 3)
        self.assertEqual(1, sum(" arrival " in line for line in lines()))
        self.assertEqual({"sent"}, {re.findall(r"state=(\w+)", line)[0] for line in lines() if " letter " in line})

    def test_missing_things(self) -> None:
        """What does not exist is told on one line, with an exit code that is not 0."""
        for words in (("ticket", "show", "999999"), ("quarantine", "show", "999999"), ("mail", "explain", "/nowhere")):
            done = self.desk.run_ctl(*words)
            self.assertNotEqual(0, done.returncode, words)
            self.assertTrue(done.stderr.startswith("spocctl: "), done.stderr)
        self.assertEqual(64, self.desk.run_ctl("ticket", "shwo").returncode)


class MailServerGone(harness.Story):
    """The IMAP server and the MTA are away for a while."""

    port_base = harness.free_port(5)

    def test_outage(self) -> None:
        """The outage is told, and over when the servers are back; nothing is lost or fetched twice."""
        self.servers.put(next(bulk.mails(1, mark="before")).raw)
        harness.wait_until("the mail to be in", lambda: self.desk.metric("spoc_messages") == 1)
        self.desk.settle()
        self.servers.stop()
        def noticed() -> bool:
            return any("mailbox support" in trouble for trouble in self.desk.troubles())
        harness.wait_until("the desk to notice", noticed)
        self.assertIn("mailbox support", str(self.desk.spocctl("health", code=1)[0]["troubles"]))
        # The same servers on the same ports: the desk's configuration has not changed.
        servers = harness.Servers(self.folder / "servers", self.port_base)
        self.addCleanup(servers.stop)
        harness.wait_until("the desk to be well again", lambda: self.desk.get("/healthz")[0] == 200, 90)
        vera = Person(servers, "Vera Holt", "vera@example.net")
        self.addCleanup(vera.leave)
        vera.send("After the outage", "Are you back?")
        vera.wait_for_kind("acknowledgement")
        self.assertEqual(2, self.desk.metric("spoc_messages"))


class Mistakes(unittest.TestCase):
    """Each mistake in the configuration is named with its line and a remedy."""

    def setUp(self) -> None:
        self.folder = harness.make_folder(type(self))
        self.desk = harness.Spocd(self.folder / "desk")

    def check(self, old: str, new: str, *told: str) -> None:
        """Changes one line; the check and the daemon both name it and refuse."""
        good = self.desk.config.read_text("utf-8")
        self.assertIn(old, good)
        bad = good.replace(old, new, 1)
        number = bad[:bad.index(new.split("\n")[-1])].count("\n") + 1
        self.desk.config.write_text(bad, "utf-8")
        try:
            checked = self.desk.run_ctl("config", "check")
            started = subprocess.run([harness.BIN / "spocd", "--config", self.desk.config], capture_output=True,
                                     timeout=20, check=False)
            as_json = self.desk.spocctl("config", "check", code=78)
        finally:
            self.desk.config.write_text(good, "utf-8")
        self.assertEqual((78, 78), (checked.returncode, started.returncode), checked.stderr)
        for words in told:
            self.assertIn(words, checked.stderr)
            self.assertIn(words, started.stderr.decode())
        self.assertIn(f"{self.desk.config}:{number}: ", checked.stderr)
        self.assertEqual([number], [one["line"] for one in as_json])
        self.assertTrue(as_json[0]["remedy"])

    def test_unknown_key(self) -> None:
        """With the nearest known one."""
        self.check("undo_delay =", "undo_dely =", "undo_dely", "did you mean \"undo_delay\"?")

    def test_wrong_type(self) -> None:
        """With what it should be."""
        self.check(f"port = {self.desk.port}", "port = \"many\"", "web.port", "whole number from 0 to 65535")

    def test_wrong_duration(self) -> None:
        """With how durations are written."""
        self.check("gathering = \"1s\"", "gathering = \"soon\"", "chat.gathering", "30s")

    def test_unknown_word(self) -> None:
        """With the words that are known."""
        self.check("team = \"it\"", "team = \"it\"\nsource = \"imp\"", "\"imp\"", "did you mean \"imap\"?")

    def test_missing_secret(self) -> None:
        """A secret that is to be read from a file."""
        self.check("team = \"it\"", "team = \"it\"\npassword_file = \"gone\"", "password_file", "gone", "create it")

    def test_unwritable_folder(self) -> None:
        """The data folder."""
        blocked = self.folder / "file"
        blocked.write_text("no folder", "utf-8")
        self.check(f"data = \"{self.desk.data}\"", f"data = \"{blocked}/data\"", "desk.data", "can't be written")

    def test_unknown_agent(self) -> None:
        """A team with somebody who does not exist."""
        self.check("members = [\"sam\", \"kari\"]", "members = [\"sam\", \"nobody\"]", "nobody", "not configured")

    def test_broken_line(self) -> None:
        """No TOML at all."""
        self.check("[chat]", "[chat", "is not TOML")

    def test_well(self) -> None:
        """A good file passes, and so does what print makes of it."""
        self.assertEqual([], self.desk.spocctl("config", "check"))
        self.assertIn("is well", self.desk.run_ctl("config", "check").stdout)
        printed = self.folder / "printed.toml"
        printed.write_text(self.desk.run_ctl("config", "print").stdout, "utf-8")
        done = subprocess.run([harness.BIN / "spocctl", "--config", printed, "config", "check"], capture_output=True,
                              text=True, timeout=20, check=False)
        self.assertEqual(0, done.returncode, done.stderr)

    def test_no_file(self) -> None:
        """No configuration, no daemon."""
        done = subprocess.run([harness.BIN / "spocd", "--config", self.folder / "none.toml"], capture_output=True,
                              text=True, timeout=20, check=False)
        self.assertEqual(78, done.returncode)
        self.assertIn("none.toml", done.stderr)

    def test_command_lines(self) -> None:
        """One that is not understood is told from a fault of the configuration, and nothing is started."""
        for words in (("--confg", "x"), ("--config",), ("start",)):
            done = subprocess.run([harness.BIN / "spocd", *words], capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(64, done.returncode, words)
            self.assertTrue(done.stderr, words)
        shown = subprocess.run([harness.BIN / "spocd", "--version"], capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(0, shown.returncode)
        self.assertIn("spocd", shown.stdout)


class Ends(unittest.TestCase):
    """How the process ends, and what it keeps; Maildir in and out, no mail server."""

    def setUp(self) -> None:
        self.folder = harness.make_folder(type(self))
        self.desk = harness.Spocd(self.folder / "desk", None, {"out": {"way": "maildir"}})
        self.addCleanup(self.desk.leave_stage)

    def drop(self, raw: bytes, name: str) -> None:
        """A mail into the desk's Maildir, as a delivery agent does it."""
        place = self.desk.data / "in"
        (place / "tmp" / name).write_bytes(raw)
        (place / "tmp" / name).rename(place / "new" / name)

    def out(self) -> list[pathlib.Path]:
        """Letters that have left."""
        return list((self.desk.data / "out" / "new").glob("*"))

    def test_drains(self) -> None:
        """SIGTERM in the middle of work: 0, and the next start carries on where it was."""
        self.desk.start()
        mails = list(bulk.mails(60, 60, 60, "drain"))
        for one in mails:
            self.drop(one.raw, f"17{one.number:08}.M1P1.host")
        harness.wait_until("work to be under way", lambda: self.desk.metric("spoc_messages") > 0, every=0.01)
        self.desk.stop()
        self.assertIn("ended", self.desk.said().splitlines()[-1])
        self.desk.start()
        harness.wait_until("the rest to be in", lambda: self.desk.metric("spoc_messages") == len(mails))
        self.desk.settle()
        letters = self.desk.spocctl("outbox", "list")
        self.assertEqual({"sent"}, {letter["state"] for letter in letters})
        self.assertEqual(len(letters), len(self.out()))
        self.desk.restart()
        self.desk.settle()
        self.assertEqual(len(letters), len(self.out()))
        self.desk.stop()

    def test_health_without_a_daemon(self) -> None:
        """That it is not there is told at once, however well it was a moment ago."""
        self.desk.start()
        self.assertEqual(0, self.desk.run_ctl("health").returncode)
        self.desk.kill9()
        told = self.desk.run_ctl("health")
        self.assertEqual(1, told.returncode)
        self.assertIn("spocd is not running", told.stderr)
        self.desk.start()
        self.assertEqual(0, self.desk.run_ctl("health").returncode)

    def test_interrupt(self) -> None:
        """Ctrl-C ends like SIGTERM; a port that is taken is told, with another exit code."""
        self.desk.start()
        other = harness.Spocd(self.folder / "other", None, {"out": {"way": "maildir"}, "web": {"port": self.desk.port}})
        other.data.mkdir(parents=True)
        second = subprocess.run([harness.BIN / "spocd", "--config", other.config], capture_output=True, text=True,
                                timeout=30, check=False)
        self.assertNotEqual(0, second.returncode)
        self.assertIn(str(self.desk.port), second.stderr)
        assert self.desk.process
        self.desk.process.send_signal(signal.SIGINT)
        self.assertEqual(0, self.desk.process.wait(timeout=harness.PATIENCE))
        self.desk.process = None

    def test_quarantine(self) -> None:
        """A mail on which the process died eight times is set aside, shown, and read again when told so."""
        self.desk.start()
        raw = next(bulk.mails(1, mark="deadly")).raw
        digest = hashlib.sha256(raw).hexdigest()
        for times in range(1, 9):
            self.desk.kill9()
            # The black box of a mailbox names the mail that was being read when the process died.
            (self.desk.data / "reading.support").write_text(digest, "ascii")
            self.desk.start()
            # It listens before it has counted.
            harness.wait_until("the death to be counted", lambda n=times: f"times={n}" in self.desk.said())
        self.drop(raw, "1700000000.M1P1.deadly")
        self.drop(next(bulk.mails(1, mark="healthy")).raw, "1700000001.M1P1.healthy")
        harness.wait_until("both to be in", lambda: self.desk.metric("spoc_tickets") == 2)
        held = self.desk.spocctl("quarantine", "list")
        self.assertEqual([("support", digest, False)], [(one["mailbox"], one["hash"], one["resolved"]) for one in held])
        self.assertIn("died eight times", held[0]["reason"])
        self.assertIn("quarantine", self.desk.ticket(held[0]["ticket"])["messages"][0]["text"])
        shown = subprocess.run([harness.BIN / "spocctl", "--config", self.desk.config, "quarantine", "show",
                                "--raw", str(held[0]["id"])], capture_output=True, timeout=20, check=True)
        self.assertEqual(raw, shown.stdout)
        retried = self.desk.spocctl("quarantine", "retry", str(held[0]["id"]))[0]
        self.assertTrue(retried["opened"])
        self.assertIn("Mail number 0", self.desk.ticket(retried["ticket"])["messages"][0]["text"])
        self.assertEqual([], self.desk.spocctl("quarantine", "list"))
        self.assertEqual([True], [one["resolved"] for one in self.desk.spocctl("quarantine", "list", "--all")])
        self.desk.stop()

    def test_outbox_retry(self) -> None:
        """Letters that can't leave wait, health says so, and retry sends them at once."""
        nobody = harness.free_port()
        self.desk.sections["out"] = {"way": "smtp", "host": "localhost", "port": nobody, "security": "none"}
        self.desk.write_config()
        self.desk.start(ready=False)
        harness.wait_until("the mailbox to be made", (self.desk.data / "in" / "new").is_dir)
        self.drop(next(bulk.mails(1, mark="stuck")).raw, "1700000000.M1P1.stuck")
        harness.wait_until("the mail to be in", lambda: self.desk.metric("spoc_tickets") == 1)
        harness.wait_until("the postman to complain", lambda: "postman 0" in str(self.desk.spocctl("status")[0]))
        harness.wait_until("health to fail", lambda: self.desk.get("/healthz")[0] == 503)
        self.assertEqual(3, len(self.desk.spocctl("outbox", "list", "--state", "queued")))
        self.desk.stop()
        self.desk.sections["out"] = {"way": "maildir"}
        self.desk.write_config()
        self.desk.start()
        self.desk.spocctl("outbox", "retry")
        self.desk.settle()
        self.assertEqual(3, len(self.out()))
        self.desk.stop()


if __name__ == "__main__":
    unittest.main()
