# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk asks of a mail server beyond the walk, on whichever server SPOC_IMAP and SPOC_MTA name (matrix.py)."""

from __future__ import annotations

import imaplib
import random
import time
import unittest

import bulk
import counted
import harness
from people import Person


class Quirks(harness.Story):
    """One desk after the other on one mailbox."""

    def tearDown(self) -> None:
        self.empty()

    def imap(self) -> imaplib.IMAP4:
        """The desk's mailbox as its owner sees it."""
        port = self.servers.facts.get("support", self.servers.facts)["imap"]
        found = imaplib.IMAP4(self.servers.host, port, timeout=20)
        self.addCleanup(found.shutdown)
        found.login("support", self.servers.facts["password"])
        found.select("INBOX")
        return found

    def empty(self) -> None:
        """Leaves nothing in it."""
        imap = self.imap()
        imap.uid("STORE", "1:*", "+FLAGS.SILENT", "(\\Deleted)")
        imap.expunge()

    def desk_with(self, settings: harness.Section, name: str) -> harness.Spocd:
        """A fresh desk with these changes to its mailbox; the standing one rests."""
        if self.desk.process:
            self.desk.stop()
        desk = harness.Spocd(self.folder / name, self.servers, {
            "mailbox": [{**self.servers.mailbox_settings(), **settings}]})
        self.addCleanup(desk.leave_stage)
        return desk.start()

    def wait_for_mails(self, desk: harness.Spocd, mails: list[bulk.Bulk]) -> None:
        """Until all are in, each once."""
        wanted = {one.message_id for one in mails}
        harness.wait_until("every mail to be in", lambda: wanted <= set(counted.places(desk)), 90, 0.1)
        self.assertEqual([], [one for one in counted.places(desk).items() if len(one[1]) > 1])

    def put(self, count: int, mark: str) -> list[bulk.Bulk]:
        """So many mails through LMTP."""
        mails = list(bulk.mails(count, 5, 3, mark))
        for one in mails:
            self.servers.put(one.raw, harness.SUPPORT, one.sender)
        return mails

    def test_greetings(self) -> None:
        """Which servers these are."""
        with self.servers.smtp() as smtp:
            smtp.ehlo()
            said = [name for name in ("pipelining", "dsn", "chunking", "smtputf8") if smtp.has_extn(name)]
        imap = self.imap()
        can = [name for name in ("IDLE", "UIDPLUS", "MOVE", "ESEARCH", "CONDSTORE", "LITERAL+") if name in
               imap.capability()[1][0].decode().split()]
        print(f"\nfact imap: {imap.welcome.decode(errors='replace').partition('] ')[2][:30] or '-'}: {' '.join(can)}"
              f"\nfact smtp: {' '.join(said)}", flush=True)

    def test_news(self) -> None:
        """A mail is heard of while the desk idles; the slowest of five."""
        desk = self.desk_with({"poll": "2s"}, "news")
        slowest = 0.0
        for number in range(5):
            time.sleep(0.5)  # in between the desk goes back to idling
            mails = self.put(1, f"news-{number}")
            begun = time.monotonic()
            self.wait_for_mails(desk, mails)
            slowest = max(slowest, time.monotonic() - begun)
        print(f"\nfact news: {slowest:.1f} s", flush=True)
        desk.stop()

    def test_after(self) -> None:
        """Flagged, moved and deleted after the commit; nothing is taken twice at the next start."""
        for after, argument in (("flag", "Filed"), ("move", "Archive"), ("delete", "")):
            with self.subTest(after=after):
                imap = self.imap()
                if argument == "Archive":
                    imap.create("Archive" if self.servers.facts.get("support") is None else self.archive(imap))
                name = self.archive(imap) if argument == "Archive" else argument
                mails = self.put(6, f"after-{after}")
                desk = self.desk_with({"after": after, "after_argument": name}, f"after-{after}")
                self.wait_for_mails(desk, mails)
                def done() -> bool:
                    found = self.imap()
                    flags = [str(item) for item in found.uid("FETCH", "1:*", "(FLAGS)")[1] if item]
                    return all("Filed" in one for one in flags) and len(flags) == 6 if after == "flag" else not flags
                harness.wait_until(f"every mail to be treated: {after}", done, 60, 0.3)
                if after == "move":
                    found = self.imap()
                    self.assertEqual([b"6"], found.select(f'"{name}"', readonly=True)[1])
                desk.restart()
                self.wait_for_mails(desk, mails + self.put(1, f"afterwards-{after}"))
                desk.stop()
                self.empty()

    def archive(self, imap: imaplib.IMAP4) -> str:
        """Where such a folder lies on this server: below INBOX or beside it."""
        answer = imap.namespace()[1][0].decode()
        prefix = answer.split('"')[1] if '"' in answer else ""
        return f"{prefix}Archive"

    def test_large(self) -> None:
        """A mail of 12 MB among small ones, byte for byte."""
        content = random.Random(9).randbytes(9_000_000)
        before = self.put(3, "before-large")
        sender = Person(self.servers, "Bo Wise", "bo.large@example.net")
        self.addCleanup(sender.leave)
        sender.send("A large one", "Here is the whole log.", files={"log.bin": content})
        after = self.put(3, "after-large")
        desk = self.desk_with({}, "large")
        self.wait_for_mails(desk, before + after)
        harness.wait_until("the large one", lambda: counted.rows(
            desk, "SELECT COUNT(*) FROM ticket WHERE subject = 'A large one'")[0][0] == 1, 60, 0.2)
        stored = counted.rows(desk, "SELECT b.bytes FROM attachment a JOIN blob b ON b.sha256 = a.sha256 WHERE a.filename = 'log.bin'")
        self.assertEqual(content, stored[0][0])
        desk.stop()

    def test_refusals(self) -> None:
        """An unknown and a deferred recipient are told apart by the MTA's answer."""
        desk = self.desk_with({}, "refusals")
        for address in ("nouser@example.com", "tempfail@example.com"):
            raw = next(bulk.mails(1, mark=address.split("@", maxsplit=1)[0])).raw.replace(b"person0@example.net", address.encode())
            self.servers.put(raw, harness.SUPPORT, "person0@example.net")
        def states() -> dict[str, tuple[str, str]]:
            return {to: (state, words) for to, state, words in counted.rows(
                desk, "SELECT to_address, state, outcome FROM letter WHERE kind = 'acknowledgement' AND outcome <> ''")}
        harness.wait_until("both to be tried", lambda: len(states()) == 2, 60, 0.2)
        self.assertEqual("refused", states()["nouser@example.com"][0])
        self.assertIn("550 5.1.1", states()["nouser@example.com"][1])
        self.assertEqual("queued", states()["tempfail@example.com"][0])
        self.assertIn("451 4.3.0", states()["tempfail@example.com"][1])
        desk.stop()


if __name__ == "__main__":
    unittest.main()
