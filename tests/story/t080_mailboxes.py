# SPDX-License-Identifier: GPL-3.0-or-later
"""Real mailboxes and their moods: STARTTLS, wrong certificates, after-commit actions, new UIDVALIDITY, poison."""

from __future__ import annotations

import imaplib
import random
import unittest

import bulk
import harness
from people import Person
from programs import Provider


class Mailboxes(unittest.TestCase):
    """One pair of servers; each test starts a desk of its own over a mailbox of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = harness.make_folder(cls)
        cls.servers = harness.Servers(cls.folder / "servers")
        cls.addClassCleanup(cls.servers.stop)

    def setUp(self) -> None:
        self.user = "box." + self.id().rsplit("test_", 1)[-1].replace("_", ".")
        self.address = f"{self.user}@example.org"

    def start(self, box: harness.Section | None = None, ready: bool = True) -> harness.Spocd:
        """A desk that reads this test's mailbox."""
        section = {**self.servers.mailbox_settings(), "address": self.address, "user": self.user, **(box or {})}
        desk = harness.Spocd(self.folder / self.user, self.servers, {"mailbox": [section]})
        self.addCleanup(desk.leave_stage)
        return desk.start(ready)

    def put(self, count: int, mark: str) -> list[bulk.Bulk]:
        """Mails into the mailbox."""
        mails = list(bulk.mails(count, 5, 80, mark))
        with self.servers.lmtp() as lmtp:
            for one in mails:
                lmtp.sendmail(one.sender, [self.address], one.raw)
        return mails

    def imap(self) -> imaplib.IMAP4:
        """The mailbox, as its owner sees it."""
        found = imaplib.IMAP4(self.servers.host, self.servers.facts["imap"], timeout=20)
        self.addCleanup(found.logout)
        found.login(self.user, self.servers.facts["password"])
        return found

    def flags(self, folder: str = "INBOX") -> list[str]:
        """The flags of each mail of a folder."""
        imap = self.imap()
        if imap.select(folder, readonly=True)[0] != "OK":
            return []
        answer = imap.uid("FETCH", "1:*", "(FLAGS)")[1]
        return [item.decode() for item in answer if item]

    def wait_for_messages(self, desk: harness.Spocd, count: int) -> None:
        """Until so many messages are in the desk, and no more."""
        harness.wait_until(f"{count} messages", lambda: desk.metric("spoc_messages") >= count)
        self.assertEqual(count, desk.metric("spoc_messages"))

    def test_leave(self) -> None:
        """Nothing is changed in the mailbox: not even \\Seen."""
        self.put(12, "leave")
        desk = self.start()
        self.wait_for_messages(desk, 12)
        desk.stop()
        flags = self.flags()
        self.assertEqual(12, len(flags))
        self.assertFalse([one for one in flags if "\\Seen" in one or "\\Flagged" in one or "\\Deleted" in one])

    def test_flag(self) -> None:
        """Each mail gets the keyword, after it is safe."""
        self.put(5, "flag")
        self.wait_for_messages(self.start({"after": "flag", "after_argument": "Filed"}), 5)
        harness.wait_until("every mail to be flagged", lambda: sum("Filed" in one for one in self.flags()) == 5)
        self.assertFalse([one for one in self.flags() if "\\Seen" in one])

    def test_move(self) -> None:
        """Each mail goes to the other folder; what comes later follows."""
        self.put(5, "move")
        desk = self.start({"after": "move", "after_argument": "Archive"})
        self.wait_for_messages(desk, 5)
        harness.wait_until("every mail to be moved", lambda: (len(self.flags()), len(self.flags("Archive"))) == (0, 5))
        self.put(3, "moved-later")
        self.wait_for_messages(desk, 8)
        harness.wait_until("the others to be moved", lambda: (len(self.flags()), len(self.flags("Archive"))) == (0, 8))

    def test_move_killed(self) -> None:
        """Killed when mails are in and not yet moved: that is made up for."""
        self.put(250, "move-killed")
        desk = self.start({"after": "move", "after_argument": "Archive"})
        harness.wait_until("the first mails to be in", lambda: desk.metric("spoc_messages") >= 100)
        desk.kill9()
        desk.start()
        harness.wait_until("every mail to be moved",
                           lambda: (len(self.flags()), len(self.flags("Archive"))) == (0, 250))
        self.assertEqual(250, desk.metric("spoc_messages"))

    def test_delete(self) -> None:
        """The mailbox is empty afterwards, the tickets are not."""
        self.put(5, "delete")
        desk = self.start({"after": "delete"})
        self.wait_for_messages(desk, 5)
        harness.wait_until("the mailbox to be empty", lambda: not self.flags())
        desk.kill9()
        desk.start()
        self.put(1, "deleted-later")
        self.wait_for_messages(desk, 6)

    def test_starttls(self) -> None:
        """The plain port with STARTTLS, and push while it waits."""
        desk = self.start({"port": self.servers.facts["imap"], "security": "starttls"})
        self.put(4, "starttls")
        self.wait_for_messages(desk, 4)

    def test_wrong_certificate(self) -> None:
        """A certificate of nobody we trust: nothing is read, and the reason is told."""
        self.put(1, "wrong-ca")
        desk = self.start({"ca_file": "/etc/ssl/certs/ca-certificates.crt"}, ready=False)
        harness.wait_until("the trouble to be told", lambda: any("mailbox support:" in one for one in desk.troubles()))
        told = next(one for one in desk.troubles() if "mailbox support:" in one)
        self.assertIn("certificate", told.lower())
        self.assertEqual(0, desk.metric("spoc_messages"))

    def test_access_tokens(self) -> None:
        """The desk gets its token itself; a provider's refusal stands in health, and a new grant needs no restart."""
        provider = Provider(self.servers.facts["tokens"]["support"])
        self.addCleanup(provider.leave)
        self.address = "support@example.org"
        grant, secret = (self.folder / f"{self.user}.{word}" for word in ("grant", "secret"))
        grant.write_text("consented\n", "utf-8")
        secret.write_text("s3cret-word\n", "utf-8")
        box = {**self.servers.mailbox_settings(), "password": "", "oauth2_from": "house"}
        desk = harness.Spocd(self.folder / self.user, self.servers, {"mailbox": [box], "oauth2": [
            {"name": "house", "url": provider.url, "client_id": "the desk", "client_secret_file": str(secret),
             "refresh_token_file": str(grant)}]})
        self.addCleanup(desk.leave_stage)
        desk.start()
        self.put(2, "token")
        self.wait_for_messages(desk, 2)
        self.assertEqual([{"grant_type": "refresh_token", "client_id": "the desk", "client_secret": "s3cret-word",
                           "refresh_token": "consented"}], provider.asked)
        desk.stop()
        well, provider.answer = provider.answer, (400, {"error": "invalid_grant", "error_description": "It was revoked."})
        desk.start(ready=False)
        harness.wait_until("the refusal at /healthz", lambda: any(
            "[[oauth2]] house" in one and "invalid_grant It was revoked." in one for one in desk.troubles()))
        provider.answer = well
        grant.write_text("consented anew\n", "utf-8")
        self.put(1, "token-later")
        self.wait_for_messages(desk, 3)
        self.assertEqual("consented anew", provider.asked[-1]["refresh_token"])
        self.assertNotIn("s3cret-word", desk.log.read_text("utf-8", "replace"))

    def test_wrong_password(self) -> None:
        """The server's refusal is told, without the password."""
        desk = self.start({"password": "guess-me-not"}, ready=False)
        harness.wait_until("the trouble to be told", lambda: any("mailbox support:" in one for one in desk.troubles()))
        self.assertNotIn("guess-me-not", desk.said() + str(desk.troubles()))

    def test_wrong_folder(self) -> None:
        """A folder that is not there."""
        desk = self.start({"folder": "Nowhere"}, ready=False)
        harness.wait_until("the trouble to be told", lambda: any("Nowhere" in one for one in desk.troubles()))

    def test_new_uidvalidity(self) -> None:
        """The server numbers its mails anew: what is known by content is not taken again."""
        self.put(8, "renumbered")
        desk = self.start()
        self.wait_for_messages(desk, 8)
        desk.stop()
        before = self.validity()

        def renumbered() -> bool:
            """Dovecot's number is the second in which it begins anew: within the same one it has to begin again."""
            for file in self.servers.maildir(self.user).glob("dovecot*"):
                file.unlink()
            return self.validity() not in (before, b"")

        harness.wait_until("the server to number its mails anew", renumbered, 30, 0.2)
        anew = self.validity()
        self.put(2, "after-renumbering")
        self.assertNotEqual(before, anew)
        self.assertEqual(anew, self.validity())
        desk.start()
        self.wait_for_messages(desk, 10)
        self.assertEqual(8, len(desk.tickets()))

    def validity(self) -> bytes:
        """UIDVALIDITY of the inbox."""
        return self.imap().status("INBOX", "(UIDVALIDITY)")[1][0] or b""

    def test_poison(self) -> None:
        """Monsters among ordinary mails: each becomes a ticket, none holds up the others."""
        rng = random.Random(8)
        head = b"From: eve@example.com\r\nTo: support@example.org\r\nSubject: monster %d\r\n"
        nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(2000))
        monsters = [
            nested + b"\r\nthe end\r\n",
            b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000 + b"deep",
            b"X-Long: " + b"a" * 2_000_000 + b"\r\n\r\nlong header",
            b"References: " + b"<a@b.example> " * 50_000 + b"\r\n\r\nmany references",
            b"Content-Type: text/plain; charset=no-such-charset\r\n\r\n" + bytes(range(1, 256)),
            b"Content-Transfer-Encoding: base64\r\n\r\n====!!!!" + rng.randbytes(5000).replace(b"\0", b""),
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\npart\r\n" * 20_000,
            b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + b"\xff\xfe\x80 broken" * 100,
            b"no header at all, only words\r\n" * 10,
            b"\r\n" + b"> " * 200_000 + b"deeply quoted\r\n",
        ]
        desk = self.start()
        self.put(3, "before-monsters")
        for number, monster in enumerate(monsters):
            self.servers.put(head % number + monster, self.address, "eve@example.com")
        self.put(3, "after-monsters")
        harness.wait_until("every mail to be in", lambda: desk.metric("spoc_messages") == 6 + len(monsters), 60)
        self.assertEqual({f"monster {number}" for number in range(len(monsters))},
                         {one["subject"] for one in desk.tickets() if one["subject"].startswith("monster")})
        desk.settle()
        desk.stop()

    def test_big(self) -> None:
        """A mail of 25 MB goes through, to the agent's view and back."""
        desk = self.start()
        sender = Person(self.servers, "Bo Wise", "bo.big@example.net")
        self.addCleanup(sender.leave)
        content = random.Random(9).randbytes(18_000_000)
        sender.send("A big one", "Here is the whole log.", to=self.address, files={"log.bin": content})
        ticket = sender.wait_for_kind("acknowledgement", None).ticket
        attached = desk.ticket(ticket)["messages"][0]["attachments"]
        self.assertEqual(["log.bin"], [one["filename"] for one in attached])
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "A big one" in mail["Subject"], 60)
        self.assertIn("log.bin", notice.text)


class TwoTeams(harness.Story):
    """Two addresses, two teams, two mailboxes of one server."""

    settings = {"team": [{"name": "it", "members": ["sam"]}, {"name": "house", "members": ["kari"]}]}

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.desk.stop()
        first = cls.servers.mailbox_settings()
        second = {**first, "name": "house", "address": "house@example.org", "user": "house", "team": "house",
                  "display_name": "House service"}
        cls.desk.sections["mailbox"] = [first, second]
        cls.desk.write_config()
        cls.desk.start()

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found

    def test_own_address(self) -> None:
        """Each address has its team, its name and its own answers."""
        vera, kari = self.person("Vera Holt", "vera@example.net"), self.person("Kari Eksempel", "kari@example.org")
        vera.send("The heating", "It is cold in room 12.", to="house@example.org")
        acknowledgement = vera.wait_for_kind("acknowledgement")
        self.assertEqual(("House service", "house@example.org"), acknowledgement.sender)
        notice = kari.wait_for_kind("opened", acknowledgement.ticket)
        kari.reply(notice, "We come at ten.")
        answer = vera.wait_for_kind("answer", acknowledgement.ticket)
        self.assertEqual(("Kari Eksempel", "house@example.org"), answer.sender)
        self.assertEqual([], self.person("Sam Example", "sam@example.org").kinds(acknowledgement.ticket))

    def test_to_both(self) -> None:
        """One mail to both addresses is one ticket, and both teams are told."""
        vera = self.person("Vera Holt", "vera.both@example.net")
        mail = next(bulk.mails(1, mark="both")).raw.replace(b"person0@example.net", b"vera.both@example.net")
        for address in ("house@example.org", harness.SUPPORT):
            self.servers.put(mail, address, "vera.both@example.net")
        ticket = vera.wait_for_kind("acknowledgement").ticket
        for name in ("sam", "kari"):
            self.person(name, f"{name}@example.org").wait_for_kind("opened", ticket)
        vera.send("Later", "So that both have been looked at.", to="house@example.org")
        vera.send("Last", "So that both have been looked at.")
        harness.wait_until("all to be in", lambda: {"Later", "Last"} <= {one["subject"] for one in self.desk.tickets()})
        self.assertEqual(3, sum(one["requester"] == "vera.both@example.net" for one in self.desk.tickets()))


if __name__ == "__main__":
    unittest.main()
