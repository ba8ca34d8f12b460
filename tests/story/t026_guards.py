# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk does not take on trust: large mails, attachments, signatures; and mails that agents pass on."""

from __future__ import annotations

import sys
import unittest

import harness
from people import Person

sys.path.insert(0, str(harness.ROOT / "tests" / "fakes"))
import clamd  # noqa: E402  pylint: disable=wrong-import-position

DKIM = harness.ROOT / "tests" / "channels" / "dkim"


class Guards(unittest.TestCase):
    """One pair of servers; each test starts a desk of its own over a mailbox of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = harness.make_folder(cls)
        cls.servers = harness.Servers(cls.folder / "servers")
        cls.addClassCleanup(cls.servers.stop)

    def setUp(self) -> None:
        self.user = "guard." + self.id().rsplit("test_", 1)[-1].replace("_", ".")
        self.address = f"{self.user}@example.org"
        self.tessa = self.person("Tessa Lind", f"tessa.{self.user}@example.net")
        self.sam = self.person("Sam Example", f"sam.{self.user}@example.org")

    def person(self, name: str, address: str) -> Person:
        """Somebody with a mail client."""
        out = Person(self.servers, name, address)
        self.addCleanup(out.leave)
        return out

    def start(self, box: harness.Section | None = None, desk: harness.Section | None = None) -> harness.Spocd:
        """A desk that reads this test's mailbox, with Sam as its agent."""
        section = {**self.servers.mailbox_settings(), "address": self.address, "user": self.user, "team": "",
                   **(box or {})}
        agent = {"handle": "sam", "name": "Sam Example", "addresses": [self.sam.address]}
        out = harness.Spocd(self.folder / self.user, self.servers,
                            {"mailbox": [section], "desk": desk or {}, "agent": [agent], "team": []})
        self.addCleanup(out.leave_stage)
        return out.start()

    def test_large_mail(self) -> None:
        """The words make a ticket, the author is told, and the mail is not deleted."""
        desk = self.start({"max_size": 1, "after": "delete"})
        self.tessa.send("A huge log", "The log is attached, the printer smokes.", to=self.address,
                        files={"log.bin": bytes(range(256)) * 80_000})
        self.tessa.send("A small one", "This one is small.", to=self.address)
        notice = self.sam.wait_for("the notice", lambda mail: "A huge log" in mail["Subject"])
        self.assertIn("the printer smokes", notice.text)
        self.assertIn("log.bin", notice.text)
        self.assertIn("kept aside: it did not come whole", notice.text)
        self.assertEqual({}, notice.attachments())
        told = self.tessa.wait_for_kind("too_large", notice.ticket)
        self.assertIn("up to 1 MB", told.text)
        self.assertEqual("auto-generated", told["Auto-Submitted"])
        small = self.sam.wait_for("the other notice", lambda mail: "A small one" in mail["Subject"])
        box = self.person("The box", self.address)
        harness.wait_until("the small one to be deleted", lambda: len(self.subjects(box)) == 1)
        self.assertEqual(["A huge log"], self.subjects(box))
        self.assertNotEqual(small.ticket, notice.ticket)
        desk.stop()

    def subjects(self, box: Person) -> list[str]:
        """What lies in a mailbox now."""
        box.leave()
        fresh = self.person(box.name, box.address)
        return [mail["Subject"] for mail in fresh.inbox()]

    def test_signature(self) -> None:
        """A DKIM signature is looked at where no server did, and shown to the agent."""
        desk = self.start(desk={"dkim": "check", "dkim_keys": str(DKIM / "keys.txt")})
        raw = (DKIM / "signed.eml").read_bytes()
        self.servers.put(raw, self.address, "ola@example.net")
        notice = self.sam.wait_for_kind("opened")
        self.assertIn("Sender checked by spocd: DKIM pass (example.net)", notice.text)
        self.assertEqual("DKIM pass (example.net)", desk.ticket(notice.ticket)["messages"][0]["origin"])
        self.servers.put(raw.replace(b"room 12", b"room 13").replace(b"signed-1", b"signed-2"), self.address,
                         "ola@example.net")
        forged = self.sam.wait_for("the second notice", lambda mail: mail.ticket != notice.ticket)
        self.assertTrue(forged.text.startswith("Careful: this mail may not come from"), forged.text)
        self.assertTrue(desk.ticket(forged.ticket)["messages"][0]["origin_failed"])

    def test_attachments(self) -> None:
        """Held while the scanner is away, held where it finds something, held by name; else passed on."""
        port = harness.free_port()
        desk = self.start(desk={"clamd": f"127.0.0.1:{port}"})
        self.tessa.send("First", "One.", to=self.address, files={"a.txt": b"words"})
        first = self.sam.wait_for("the first", lambda mail: "First" in mail["Subject"])
        self.assertIn("a.txt", first.text)
        self.assertIn("could not be looked through for viruses", first.text)
        self.assertEqual({}, first.attachments())

        scanner = clamd.Clamd(port)
        self.addCleanup(scanner.stop)
        self.tessa.send("Second", "Two.", to=self.address,
                        files={"b.txt": b"words", "c.txt": b"x" * 200_000 + clamd.MARK, "bill.pdf.exe": b"words"})
        second = self.sam.wait_for("the second", lambda mail: "Second" in mail["Subject"])
        self.assertEqual({"b.txt": b"words"}, second.attachments())
        self.assertIn("it carries a virus: Test.Mark", second.text)
        self.assertIn("its name hides that it ends in .exe", second.text)

        message = desk.ticket(second.ticket)["messages"][0]
        saved = self.folder / "saved.bin"
        desk.spocctl("attachment", "save", str(message["id"]), "c.txt", "--to", str(saved))
        self.assertTrue(saved.read_bytes().endswith(clamd.MARK))
        self.assertIn(b"Subject: Second", desk.run_ctl("message", "raw", str(message["id"])).stdout.encode())

        self.sam.reply(second, "Run this, please.", files={"fix.exe": b"MZ"})
        refusal = self.sam.wait_for_kind("refusal", second.ticket)
        self.assertIn("\"fix.exe\" is not passed on", refusal.text)

    def test_passed_on(self) -> None:
        """A mail that an agent forwards to the desk is its author's; a stranger's token mail can be retried."""
        desk = self.start()
        self.sam.send("Fwd: Printer", "Yours?\n\n---------- Forwarded message ---------\n"
                      f"From: Tessa Lind <{self.tessa.address}>\nDate: Mon, 2 Mar 2026 at 11:00\n"
                      "Subject: Printer\nTo: Sam Example <sam@example.org>\n\nIt smokes.\n", to=self.address)
        acknowledgement = self.tessa.wait_for_kind("acknowledgement")
        receipt = self.sam.wait_for_kind("receipt", acknowledgement.ticket)
        self.assertIn(f"{self.tessa.address}>'s", receipt.text)
        notice = self.sam.wait_for_kind("opened", acknowledgement.ticket)
        self.assertIn("It smokes.", notice.text)

        home = self.person("Sam at home", f"home.{self.user}@example.net")
        home.reply(notice, "Pull the plug.", to=notice.reply_address)
        refusal = self.sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("is not an agent's address", refusal.text)
        self.assertEqual([], home.inbox())
        self.assertEqual(1, desk.metric("spoc_agent_mails_refused"))
        kept = next(one for one in desk.ticket(notice.ticket)["messages"] if one["rule"] == "refused")
        desk.stop()
        agents = desk.sections["agent"]
        assert isinstance(agents, list)
        agents[0]["addresses"].append(home.address)
        desk.write_config()
        desk.start()
        # The notice went to the first address: the token is one of the agent's, whichever address answers.
        desk.spocctl("message", "retry", str(kept["id"]))
        answer = self.tessa.wait_for_kind("answer", notice.ticket)
        self.assertIn("Pull the plug.", answer.text)


if __name__ == "__main__":
    unittest.main()
