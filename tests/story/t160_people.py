# SPDX-License-Identifier: GPL-3.0-or-later
"""People from a list and from a real directory, and their phone calls."""

from __future__ import annotations

import pathlib

import harness
from directory import Directory
from people import Person

CALLS = "support+calls@example.org"
LIST = """\ufeffid;Name;E-mail Address;E-mail 2 Address;Phone;Company;Site;Language;VIP;Equipment
e1;Tessa Lind;tessa.people@example.net;tessa.people@example.com;+47 22 33 44 55;Example Ltd;Harbour;nb;yes;Laptop 7
e2;Odd Lind;odd.people@example.net;;22334466;Example Ltd;Hill;;no;
;;sam@example.org;;;;;;;
;;no address;;;;;;;
"""


class PeopleStory(harness.Story):
    """One desk, a list of people and calls."""

    settings = {"calls": {"address": CALLS}}

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves with the test."""
        one = Person(self.servers, name, address)
        self.addCleanup(one.leave)
        return one

    def imported(self, *words: str) -> list[str]:
        """What spocctl says of the list, line by line."""
        file = pathlib.Path(self.folder) / "people.csv"
        file.write_text(LIST, encoding="utf-8")
        done = self.desk.run_ctl("contact", "import", str(file), *words)
        self.assertEqual(1, done.returncode, done.stderr)
        return done.stdout.splitlines()

    def test_a_list_and_calls(self) -> None:
        """The list is taken in once, shown with a ticket, and callers are known by it."""
        looked = self.imported("--dry-run")
        self.assertEqual("nothing was written; it would be: 2 added, 0 changed, 0 left, 2 refused", looked[-1])
        self.assertEqual([], self.desk.spocctl("contact", "list", "tessa.people@example.net"))
        taken = self.imported()
        self.assertIn("line 4: refused sam@example.org is an agent's address", taken)
        self.assertTrue(any(line.startswith("line 5: refused") for line in taken), taken)
        self.assertEqual("2 added, 0 changed, 0 left, 2 refused", taken[-1])
        self.assertEqual("0 added, 0 changed, 2 left, 2 refused", self.imported()[-1])

        tessa = self.person("Tessa", "tessa.people@example.com")
        sam = self.person("Sam Example", "sam@example.org")
        tessa.send("The printer smokes", "Since noon it smokes.")
        acknowledged = tessa.wait_for_kind("acknowledgement")
        self.assertIn("takk for at du skrev", acknowledged.text)
        self.assertNotIn("Harbour", acknowledged.everything())
        notice = sam.wait_for_kind("opened", acknowledged.ticket)
        for known in ("VIP", "Contact: Example Ltd, Harbour, +47 22 33 44 55", "Equipment: Laptop 7"):
            self.assertIn(known, notice.text)
        self.assertEqual("high", self.desk.ticket(acknowledged.ticket)["ticket"]["urgency"])

        done = self.desk.run_ctl("call", "22 33 44 66", "--as", "sam", "--subject", "A new chair", "--words",
                                 "He needs a chair.", "--kind", "request", "--priority", "P4")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("site          Hill", done.stdout)
        number = int(done.stdout.splitlines()[-1].removeprefix("ticket #"))
        ticket = self.desk.ticket(number)["ticket"]
        self.assertEqual(("request", "P4", "phone", "odd.people@example.net"),
                         tuple(ticket[key] for key in ("kind", "priority", "channel", "requester")))
        odd = self.person("Odd Lind", "odd.people@example.net")
        self.assertIn("thank you for calling", odd.wait_for_kind("acknowledgement", number).text)

        sam.send("The lamp blinks", "Tessa, +47 22 33 44 55\nIt blinks since noon.", to=CALLS)
        receipt = sam.wait_for("the receipt of the call",
                               lambda mail: mail.kind == "receipt" and "Tessa Lind" in mail.text)
        for known in ("Example Ltd, Harbour", "Laptop 7", "The printer smokes", "by phone"):
            self.assertIn(known, receipt.text)
        self.assertEqual("tessa.people@example.net", self.desk.ticket(receipt.ticket)["ticket"]["requester"])

        sam.send("The door", "Somebody New, 99 88 77 66\nThe door is open.", to=CALLS)
        fresh = sam.wait_for("the second receipt", lambda mail: mail.kind == "receipt" and "new contact" in mail.text)
        sam.reply(fresh, "We come at once.")
        refused = sam.wait_for_kind("refusal", fresh.ticket)
        self.assertIn("call 99 88 77 66", refused.text)

        sam.send("Something", "Lind\nSomething is odd.", to=CALLS)
        several = sam.wait_for("the candidates", lambda mail: mail.kind == "receipt" and "one of several" in mail.text)
        odds = self.desk.spocctl("contact", "list", "Odd Lind")[0]["id"]
        self.assertIn(f"{odds}: Odd Lind", several.text)
        sam.reply(several, f"/requester {odds}")
        sam.wait_for_kind("receipt", several.ticket, after=several)
        self.assertEqual("odd.people@example.net", self.desk.ticket(several.ticket)["ticket"]["requester"])

        merged = self.desk.spocctl("contact", "merge", "tessa.people@example.net", "99887766")[0]
        self.assertEqual(["+47 22 33 44 55", "99 88 77 66"], merged["phones"])
        self.assertIn("merged into", self.desk.ticket(fresh.ticket)["trail"][-1]["detail"])
        self.assertEqual([0], sorted({line["broken"] for line in self.desk.spocctl("check", "--quick")}))


class DirectoryStory(harness.Story):
    """A desk beside a directory."""

    directory: Directory

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.directory = Directory(cls.folder / "directory", pathlib.Path(cls.servers.facts["ca_file"]))
        cls.addClassCleanup(cls.directory.stop)
        for i in range(5):
            cls.directory.add_person(f"p{i}", f"Person Number{i}", f"p{i}.people@example.net", l="Harbour",
                                     telephoneNumber=f"2233440{i}", preferredLanguage="nb-NO")

    def contact(self, address: str) -> dict[str, object]:
        """Who has the address; nothing where nobody has."""
        found = self.desk.spocctl("contact", "list", address)
        return found[0] if found else {}

    def test_people_come_change_and_go(self) -> None:
        """More than the directory gives at once, over StartTLS; who is gone is marked; an outage harms nobody."""
        self.desk.sections["ldap"] = self.directory.settings()
        self.desk.write_config()
        looked = self.desk.run_ctl("contact", "sync", "--dry-run")
        self.assertIn("it would be: 5 added", looked.stdout, looked.stderr)
        self.desk.restart()
        harness.wait_until("everybody", lambda: self.contact("p4.people@example.net"))
        someone = self.contact("p3.people@example.net")
        self.assertEqual(("Person Number3", "Harbour", ["22334403"], "nb"),
                         tuple(someone[key] for key in ("name", "site", "phones", "language")))

        self.directory.remove_person("p3")
        self.directory.add_person("p9", "Person Nine", "p9.people@example.net")
        harness.wait_until("the new one", lambda: self.contact("p9.people@example.net"))
        harness.wait_until("the mark", lambda: self.contact("p3.people@example.net")["gone"])
        self.assertIsNone(self.contact("p4.people@example.net")["gone"])

        self.directory.stop()
        harness.wait_until("the outage to be known", lambda: "part=directory well=no" in self.desk.said())
        harness.wait_until("health to say it", lambda: any(one.startswith("directory: ") for one in self.desk.troubles()))
        self.assertIsNone(self.contact("p4.people@example.net")["gone"])
        self.directory.start()
        self.desk.restart()
        self.assertIn("0 added, 0 changed, 5 left", self.desk.run_ctl("contact", "sync").stdout)

    def test_a_wrong_password_and_a_wrong_certificate_say_so(self) -> None:
        """Nothing is taken from a directory that does not prove who it is, or that does not know us."""
        for key, value, words in (("password", "wrong", "login of"),
                                  ("ca_file", "/etc/ssl/certs/ca-certificates.crt", "StartTLS"),
                                  ("base", "ou=nowhere,dc=example,dc=org", "search under")):
            other = harness.Spocd(self.folder / f"other-{key}", None, {"ldap": {**self.directory.settings(), key: value}})
            done = other.run_ctl("contact", "sync")
            self.assertNotEqual(0, done.returncode, key)
            self.assertIn(words, done.stderr, key)
