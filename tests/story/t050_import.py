# SPDX-License-Identifier: GPL-3.0-or-later
"""Old mail comes in once, from Maildir folders, mbox files and single files, and explains itself."""

from __future__ import annotations

import os
import pathlib
import unittest

import bulk
import harness

MAILS = int(os.environ.get("SPOC_IMPORT_MAILS", "300"))


class Import(unittest.TestCase):
    """No daemon is needed: spocctl walks the same corridor."""

    def setUp(self) -> None:
        self.folder = harness.make_folder(type(self))
        self.desk = harness.Spocd(self.folder / "desk")
        self.mails = list(bulk.mails(MAILS, 20, 50, "old"))
        # Whole conversations in each part, or follow-ups could come before what they answer.
        third = MAILS // 3 // 4 * 4
        self.paths = [self.as_maildir(self.mails[:third]), self.as_mbox(self.mails[third:2 * third]),
                      self.as_files(self.mails[2 * third:])]

    def as_maildir(self, mails: list[bulk.Bulk]) -> str:
        """A Maildir, as a server leaves it: some mails seen, some new."""
        place = self.folder / "Maildir"
        for name in ("cur", "new", "tmp"):
            (place / name).mkdir(parents=True)
        for one in mails:
            name = f"17{one.number:08}.M1P1.host"
            (place / (f"cur/{name}:2,S" if one.number % 2 else f"new/{name}")).write_bytes(one.raw)
        return str(place)

    def as_mbox(self, mails: list[bulk.Bulk]) -> str:
        """An mbox with From_ lines and quoted ones in the bodies."""
        place = self.folder / "archive.mbox"
        with open(place, "wb") as mbox:
            for one in mails:
                body = one.raw.replace(b"\r\n", b"\n").replace(b"\nMail number", b"\n>From here: Mail number")
                mbox.write(f"From {one.sender} Sat Nov 21 08:00:00 2026\n".encode() + body + b"\n")
        return str(place)

    def as_files(self, mails: list[bulk.Bulk]) -> str:
        """A folder with one file a mail."""
        place = self.folder / "files"
        place.mkdir()
        for one in mails:
            (place / f"{one.number:05}.eml").write_bytes(one.raw)
        return str(place)

    def test_import(self) -> None:
        """Three kinds of places, twice; the second time nothing is new."""
        done = self.desk.spocctl("mail", "import", "--quiet-import", *self.paths)[0]
        print(f"\n{done['mails']} mails in {done['seconds']:.2f} s, {done['mails'] / done['seconds']:.0f} a second, "
              f"peak memory {done['peak_kib'] // 1024} MiB", flush=True)
        threads = len({one.thread for one in self.mails})
        self.assertEqual((MAILS, threads, MAILS - threads, 0, 0),
                         tuple(done[key] for key in ("mails", "opened", "followed", "known", "quarantined")))
        self.check_tickets()
        again = self.desk.spocctl("mail", "import", "--quiet-import", *self.paths)[0]
        self.assertEqual((MAILS, 0, 0, MAILS, 0),
                         tuple(again[key] for key in ("mails", "opened", "followed", "known", "quarantined")))
        self.assertEqual([], self.desk.spocctl("outbox", "list"))
        self.check_explain()

    def check_tickets(self) -> None:
        """Every mail is there once, with its words and attachments."""
        places: dict[str, int] = {}
        attachments = 0
        for ticket in self.desk.tickets():
            for message in self.desk.ticket(ticket["id"])["messages"]:
                self.assertNotIn(message["message_id"], places)
                places[message["message_id"]] = ticket["id"]
                attachments += len(message["attachments"])
                self.assertIn("你好，æøå.", message["text"])
        self.assertEqual({one.message_id for one in self.mails}, set(places))
        self.assertEqual(sum(one.number % 10 == 5 for one in self.mails), attachments)
        threads: dict[int, set[int]] = {}
        for one in self.mails:
            threads.setdefault(one.thread, set()).add(places[one.message_id])
        self.assertEqual({1}, {len(tickets) for tickets in threads.values()})

    def explain(self, name: str, raw: bytes) -> dict:
        """What the desk would do with a mail."""
        file = self.folder / name
        file.write_bytes(raw)
        before = len(self.desk.tickets())
        told = self.desk.spocctl("mail", "explain", str(file))[0]
        self.assertEqual(before, len(self.desk.tickets()), "explaining must change nothing")
        return told

    def check_explain(self) -> None:
        """A reply, a stranger's reply, and a mail about something else."""
        old = self.mails[0]
        head = f"To: {harness.SUPPORT}\r\nMessage-ID: <explain@example.net>\r\nReferences: <{old.message_id}>\r\n"
        reply = self.explain("reply.eml", f"From: {old.sender}\r\nSubject: Re: x\r\n{head}\r\nAnd now?\r\n".encode())
        self.assertEqual("reference", reply["rule"])
        ticket = self.desk.ticket(reply["ticket"])
        self.assertIn(old.message_id, [message["message_id"] for message in ticket["messages"]])
        strange = f"From: eve@example.com\r\nSubject: Re: x\r\n{head}\r\nHm?\r\n".encode()
        stranger = self.explain("stranger.eml", strange)
        self.assertEqual(("new", None, reply["ticket"]), (stranger["rule"], stranger["ticket"], stranger["related"]))
        self.assertTrue(stranger["reasons"])
        fresh = self.explain("fresh.eml", b"From: eve@example.com\r\nSubject: Something else\r\n\r\nHello.\r\n")
        self.assertEqual(("new", None, None), (fresh["rule"], fresh["ticket"], fresh["related"]))

    def test_missing_path(self) -> None:
        """What is not there is named."""
        done = self.desk.run_ctl("mail", "import", str(self.folder / "nowhere"))
        self.assertNotEqual(0, done.returncode)
        self.assertIn("nowhere", done.stderr)

    def test_standing_daemon(self) -> None:
        """An import beside a running desk: both write, neither is in the other's way."""
        self.addCleanup(self.desk.leave_stage)
        self.desk.start()
        maildir = pathlib.Path(self.desk.data / "in")
        live = list(bulk.mails(40, 5, 51, "live"))
        for one in live:
            (maildir / "new" / f"18{one.number:08}.M1P1.host").write_bytes(one.raw)
        done = self.desk.spocctl("mail", "import", "--quiet-import", *self.paths)[0]
        self.assertEqual(MAILS, done["mails"])
        total = MAILS + len(live)
        harness.wait_until("both to be in", lambda: self.desk.metric("spoc_messages") == total, 60)
        self.desk.stop()


if __name__ == "__main__":
    unittest.main()
