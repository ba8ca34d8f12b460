# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers before an agent does: a known outage from its announcement to its end, "this solved it",
how like matters ended, what readers say of articles, and articles that agents make of tickets."""

from __future__ import annotations

import re
import shutil
import unittest
import urllib.parse
import urllib.request

from selenium.webdriver.common.by import By

import harness
from browser import Browser
from people import Person

WORDS = """The VPN is down since this morning. We expect it back at noon.

nb: VPN er nede siden i morges. Vi venter at den er oppe igjen til klokka tolv.
"""


class Public(harness.Story):
    """A desk that the web can reach, so that its letters have links."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.set_stage()
        cls.desk.sections["desk"]["public_url"] = cls.desk.url  # type: ignore[call-overload,index]
        cls.desk.write_config()
        cls.desk.start()
        cls.desk.wait_for_articles()

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found


class Outage(Public):
    """One VPN, many people."""

    def announce(self, words: str, matching: str) -> int:
        """The operator tells everybody."""
        done = self.desk.run_ctl("announce", "add", "-", "--words", matching, "--until", "8h", given=words.encode())
        self.assertEqual(0, done.returncode, done.stderr)
        return int(self.desk.spocctl("announce", "list")[0]["id"])

    def test_from_beginning_to_end(self) -> None:
        """Who writes or chats reads it at once, in their language; in the end all are told, once."""
        number = self.announce(WORDS, "vpn, remote desktop")
        vera = self.person("Vera Holt", "vera.out@example.net")
        vera.send("VPN is gone", "I can't reach the VPN since eight.")
        told = vera.wait_for_kind("acknowledgement")
        self.assertIn("We expect it back at noon.", told.text)
        self.assertNotIn("er nede", told.text)
        self.assertNotIn("already answers it", told.text)
        ola = self.person("Ola Nordmann", "ola.out@example.net")
        ola.send("Får ikke kontakt med VPN", "Hei, jeg får ikke logget på VPN hjemmefra i dag. Kan dere hjelpe meg med dette?")
        answer = ola.wait_for_kind("acknowledgement")
        self.assertIn("VPN er nede siden i morges.", answer.text)
        bo = self.person("Bo Wise", "bo.out@example.net")
        bo.send("Lunch", "Which soup is there today?")
        self.assertNotIn("noon", bo.wait_for_kind("acknowledgement").text)

        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        browser.dress()
        browser.driver.get(self.desk.url + "/kb/")
        self.assertIn("The VPN is down", browser.driver.find_element(By.CSS_SELECTOR, ".issue").text)
        browser.shot("kb-outage-light")
        self.assertEqual([], browser.barriers())
        browser.dress(dark=True, width=390, height=780)
        browser.shot("kb-outage-phone-dark")
        self.assertEqual([], browser.barriers())
        browser.dress()
        browser.open(self.desk.url + "/")
        browser.connected()
        self.assertIn("The VPN is down", browser.part("issue").text)
        browser.shot("widget-outage")
        self.assertEqual([], browser.barriers())
        browser.type("my remote desktop does not start")
        browser.wait_for_line("We expect it back at noon.", "answer")

        listed = self.desk.spocctl("announce", "list")
        self.assertEqual((True, 3, "operator"), (listed[0]["in_force"], listed[0]["tickets"], listed[0]["by"]))
        self.assertEqual(0, self.desk.run_ctl("announce", "end", str(number)).returncode)
        long = 2 * harness.PATIENCE
        over = vera.wait_for("the end", lambda mail: mail.kind == "progress" and mail.ticket == told.ticket, long)
        self.assertIn("The VPN is down since this morning.", over.text)
        over = ola.wait_for("the end", lambda mail: mail.kind == "progress" and mail.ticket == answer.ticket, long)
        self.assertIn("denne feilen er over: VPN er nede", over.text)
        browser.wait_for_line("This is over now.", "answer")
        harness.wait_until("ola's ticket to be resolved", lambda: self.desk.ticket(answer.ticket)["ticket"]["status"] == "resolved")
        self.desk.settle()
        self.assertEqual(1, len([mail for mail in ola.inbox() if mail.kind == "progress"]))
        self.assertNotIn("The VPN is down", self.desk.get("/kb/")[1])

        late = self.person("Hugo Marsh", "hugo.out@example.net")
        late.send("VPN question", "Which VPN client do I need on a new laptop?")
        late.wait_for_kind("acknowledgement")

    def test_by_mail(self) -> None:
        """An agent announces by answering a notice; who writes twice reads it once; all hear of the end, once."""
        ida = self.person("Ida Marsh", "ida.scan@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        ida.send("Scanner dead", "The scanner shows a red lamp since an hour.")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "Scanner dead" in mail["Subject"])
        sam.reply(notice, "/announce scanner\nAll scanners are down. The supplier is on the way.\n\n"
                          "nb: Alle skannere er nede. Leverandøren er på vei.")
        receipt = sam.wait_for_kind("receipt", notice.ticket)
        self.assertIn("until you say /announce over", receipt.text)
        first = ida.wait_for_kind("progress", notice.ticket)
        self.assertIn("this is a fault that we know of: All scanners are down.", first.text)
        for language, words in (("en", "All scanners are down."), ("nb", "Alle skannere er nede."),
                                ("zh-Hans", "All scanners are down."), ("zh-Hant", "All scanners are down.")):
            self.assertIn(words, self.desk.get(f"/kb/?lang={language}")[1])
        bo = self.person("Bo Wise", "bo.scan@example.net")
        bo.send("Scanner in room 4", "The scanner does not start.")
        told = bo.wait_for_kind("acknowledgement")
        self.assertIn("The supplier is on the way.", told.text)
        self.assertEqual(notice.ticket, self.desk.ticket(told.ticket)["ticket"]["related"])
        bo.send("Scanner in room 5", "The scanner in room 5 neither.")
        again = bo.wait_for("the second", lambda mail: mail.kind == "acknowledgement" and mail.ticket != told.ticket)
        self.assertNotIn("The supplier is on the way.", again.text)
        bo.reply(told, "I am away until Monday.", headers={"Auto-Submitted": "auto-replied"})
        self.desk.settle()
        self.assertEqual(["acknowledgement"], bo.kinds(told.ticket))

        sam.reply(receipt, "/announce over")
        bo.wait_for_kind("progress", told.ticket)
        ida.wait_for_kind("progress", notice.ticket, first)
        self.desk.settle()
        self.assertEqual(1, len([mail for mail in bo.inbox() if mail.kind == "progress"]))
        self.assertEqual("resolved", self.desk.ticket(again.ticket)["ticket"]["status"])
        self.assertNotIn("All scanners", self.desk.get("/kb/")[1])

    def test_those_of_before(self) -> None:
        """Open tickets that match are joined when it is announced: who waits reads it, who was answered hears of the end."""
        ida = self.person("Ida Marsh", "ida.gate@example.net")
        bo = self.person("Bo Wise", "bo.gate@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        ida.send("Turnstile shut", "The turnstile at the west gate does not let me in.")
        waiting = ida.wait_for_kind("acknowledgement")
        bo.send("West turnstile", "The turnstile takes my badge and stays shut.")
        answered = bo.wait_for_kind("acknowledgement")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and mail.ticket == answered.ticket)
        sam.reply(notice, "Please take the east gate.")
        bo.wait_for_kind("answer", answered.ticket)
        number = self.announce("The west turnstiles have no power.", "turnstile, 閘門")
        told = ida.wait_for_kind("progress", waiting.ticket)
        self.assertIn("this is a fault that we know of: The west turnstiles have no power.", told.text)
        harness.wait_until("both to belong to it", lambda: self.desk.spocctl("announce", "list")[0]["tickets"] == 2)
        li = self.person("Li Example", "li.gate@example.net")
        li.send("西门闸门打不开", "您好，西门的闸门今天早上打不开，请帮忙看看。")
        self.assertIn("have no power", li.wait_for_kind("acknowledgement").text)
        self.desk.settle()
        self.assertEqual(["acknowledgement", "answer"], bo.kinds(answered.ticket))
        self.desk.run_ctl("announce", "end", str(number))
        long = 2 * harness.PATIENCE
        for person in (ida, bo):
            person.wait_for("the end", lambda mail: mail.kind == "progress" and "is over" in mail.text, long)
        self.assertEqual(2, ida.kinds(waiting.ticket).count("progress"))

    def test_mistakes(self) -> None:
        """What can't be understood is said, with an exit code of its own."""
        bad = self.desk.run_ctl("announce", "add", "-", "--until", "whenever", given=b"x")
        self.assertEqual(65, bad.returncode)
        self.assertIn("whenever", bad.stderr)
        self.assertEqual(65, self.desk.run_ctl("announce", "add", "-", given=b" \n").returncode)
        self.assertEqual(66, self.desk.run_ctl("announce", "end", "4711").returncode)


class SelfSolved(Public):
    """An article is enough."""

    def test_by_the_link(self) -> None:
        """The link of an offered article shows a button; the button closes the ticket and counts."""
        before = self.desk.metric("spoc_self_solved")
        vera = self.person("Vera Holt", "vera.self@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        vera.send("VPN drops every hour", "The VPN connection drops every hour and I must sign in again.")
        told = vera.wait_for_kind("acknowledgement")
        link = re.search(rf"This solved it: ({re.escape(self.desk.url)}/solved/\S+/by/vpn-drops)", told.text)
        assert link, told.text
        self.assertIn(link[1], told.html)
        with urllib.request.urlopen(link[1], timeout=10) as page:
            self.assertIn('method="post"', page.read().decode("utf-8"))
        self.assertEqual("new", self.desk.ticket(told.ticket)["ticket"]["status"])
        with urllib.request.urlopen(link[1], data=b"", timeout=10) as page:
            self.assertIn("Thank you", page.read().decode("utf-8"))
        shown = self.desk.ticket(told.ticket)
        self.assertEqual("closed", shown["ticket"]["status"])
        self.assertIn("self-solved", [one["what"] for one in shown["trail"]])
        news = sam.wait_for_kind("happened", told.ticket)
        self.assertIn("VPN drops every hour", news.text)
        self.assertEqual(before + 1, self.desk.metric("spoc_self_solved"))
        used = {one["article"]: one for one in self.desk.spocctl("kb", "feedback") if "solved" in one}
        self.assertEqual(1, used["vpn-drops"]["solved"])
        vera.reply(told, "It drops again, sorry.")
        sam.wait_for_kind("wrote", told.ticket)
        self.assertEqual("open", self.desk.ticket(told.ticket)["ticket"]["status"])

    def test_in_the_widget(self) -> None:
        """An article shown while typing has the same button, and nothing needs to be sent."""
        before, tickets = self.desk.metric("spoc_self_solved"), len(self.desk.tickets())
        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        for dress in ({}, {"dark": True, "width": 390, "height": 780}):
            browser.dress(**dress)  # type: ignore[arg-type]
            browser.open(self.desk.url + "/")
            browser.connected()
            browser.part("input").clear()
            browser.part("input").send_keys("my printer is offline")
            browser.part("article")
            browser.shot("widget-solved" + "".join(f"-{one}" for one in dress))
            self.assertEqual([], browser.barriers())
        browser.part("fixed").click()
        harness.wait_until("it to be counted", lambda: self.desk.metric("spoc_self_solved") == before + 1)
        self.assertEqual("", browser.part("input").get_property("value"))
        self.assertFalse(browser.part("articles").is_displayed())
        self.assertEqual("input", browser.focused())
        self.assertEqual(tickets, len(self.desk.tickets()))


class Typed(Public):
    """The article is there before the line is sent."""

    TYPED = (
        ("en", "vpn drops every hour", "VPN drops every hour", "vpn-drops"),
        ("zh-CN", "VPN 每小时断线", "VPN 每小时自动断线", "vpn-drops.zh-Hans"),
        ("zh-TW", "VPN 每小時斷線", "VPN 每小時自動斷線", "vpn-drops.zh-Hant"),
        ("nb", "VPN faller ut hver time", "VPN kobler fra hver time", "vpn-drops.nb"),
    )

    def test_in_each_language(self) -> None:
        """Typed into the widget: the visitor's own article comes first, once; nothing is sent. Another matter: none."""
        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        tickets = len(self.desk.tickets())
        for language, line, title, article in self.TYPED:
            with self.subTest(language):
                browser.dress()
                browser.open(self.desk.url + "/")
                browser.connected()
                browser.driver.execute_script(
                    "document.querySelector('spoc-chat').setAttribute('language', arguments[0])", language)
                browser.part("input").clear()
                browser.part("input").send_keys(line)
                wanted = [(title, f"/kb/{article}")]
                harness.wait_until(f"{article} for {line}", lambda w=wanted: self.shown(browser)[:1] == w)
                shown = self.shown(browser)
                self.assertEqual(1, len([one for one in shown if "vpn-drops" in one[1]]), shown)
                browser.shot("widget-typed-" + language)
                self.assertEqual([], browser.barriers())
                browser.part("input").clear()
                browser.part("input").send_keys("lunch")
                harness.wait_until("the articles to go", lambda: not browser.part("articles").is_displayed())
        self.assertEqual(tickets, len(self.desk.tickets()))

    @staticmethod
    def shown(browser: Browser) -> list[tuple[str, str]]:
        """Title and path of each article that the widget shows."""
        return [tuple(one) for one in browser.inside(
            "return [...root.querySelectorAll('[data-test=article]')].filter((one) => one.getClientRects().length)"
            ".map((one) => [one.firstChild.textContent.trim(), new URL(one.href).pathname])")]


class Similar(Public):
    """The same fault a second time."""

    def test_how_it_ended(self) -> None:
        """The notice of a new ticket says how a like one was solved; its requester reads nothing of that."""
        ida = self.person("Ida Marsh", "ida.plotter@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        ida.send("Plotter draws double lines", "The plotter in the drawing office draws every line twice.")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "Plotter" in mail["Subject"])
        sam.reply(notice, "/resolve\n\nTighten the left cartridge clamp.")
        ida.wait_for_kind("answer", notice.ticket)
        bo = self.person("Bo Wise", "bo.plotter@example.net")

        def told() -> bool:
            bo.send("Plotter: double lines", "Our plotter draws double lines since today.")
            mail = sam.wait_for("notice", lambda one: one.kind == "opened" and one.ticket not in seen)
            seen.add(mail.ticket)
            return f"similar and solved: #{notice.ticket}" in mail.text and "left cartridge clamp" in mail.text
        seen = {notice.ticket}
        harness.wait_until("a notice that says how the first one ended", told, every=1)
        self.desk.settle()
        for mail in bo.inbox():
            self.assertNotIn("cartridge", mail.everything())


class Learnt(Public):
    """Two articles among others say the same."""

    @classmethod
    def set_stage(cls) -> None:
        super().set_stage()
        shelf = cls.folder / "kb"
        shutil.copytree(harness.ROOT / "etc" / "demo" / "kb", shelf)
        for name in ("badge-one", "badge-two"):
            (shelf / f"{name}.md").write_text(
                f"---\nid: {name}\ntitle: Badge lost\nlanguage: en\nowner: keeper@example.net\n---\n\n"
                "Go to the reception of your building with a passport and ask for a new badge.\n", "utf-8")
        cls.desk.sections["knowledge"]["folder"] = str(shelf)  # type: ignore[call-overload,index]

    def test_draft(self) -> None:
        """/kb makes a draft without names; a reviewer publishes one, which is found then, and rejects another."""
        ida = self.person("Ida Marsh", "ida.laminator@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        kari = self.person("Kari Eksempel", "kari@example.org")
        ida.send("Laminator eats paper", "The laminator swallows every sheet.\n\nIda Marsh, phone +47 22 33 44 55")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "Laminator" in mail["Subject"])
        sam.reply(notice, "/resolve\n/kb Laminator swallows sheets\n\nHello Ida, turn the crimson wheel backwards.")
        self.assertIn("crimson wheel", ida.wait_for_kind("answer", notice.ticket).text)
        draft = kari.wait_for_kind("happened", notice.ticket)
        self.assertIn("turn the crimson wheel backwards.", draft.text)
        lying = self.desk.data / "drafts" / "laminator-swallows-sheets-1.md"
        harness.wait_until("the draft's file", lying.exists)
        written = lying.read_text("utf-8")
        self.assertIn("The laminator swallows every sheet.", written)
        for gone in ("Ida", "Marsh", "22 33 44 55", "ida.laminator"):
            self.assertNotIn(gone, written)
        kari.reply(draft, "/publish")
        kari.wait_for_kind("receipt", notice.ticket)
        self.assertIn("is published", sam.wait_for("the news", lambda mail: mail.kind == "happened"
                      and mail.ticket == notice.ticket and "is published" in mail.text).text)
        harness.wait_until("the article to be found", lambda: any(
            hit["id"] == "laminator-swallows-sheets-1" for hit in self.desk.spocctl("kb", "search", "crimson wheel")))
        self.assertFalse(lying.exists())
        page = self.desk.get("/kb/laminator-swallows-sheets-1")[1]
        self.assertIn("crimson wheel", page)
        self.assertNotIn("Marsh", page)

        sam.reply(notice, "/kb Wheels")
        second = kari.wait_for_kind("happened", notice.ticket, draft)
        lying = self.desk.data / "drafts" / "wheels-2.md"
        harness.wait_until("the second draft's file", lying.exists)
        kari.reply(second, "/reject it says the same as the first")
        told = sam.wait_for("why not", lambda mail: "it says the same as the first" in mail.text)
        self.assertEqual(("happened", notice.ticket), (told.kind, told.ticket))
        harness.wait_until("the file to be gone", lambda: not lying.exists())
        self.assertEqual([(2, "rejected", notice.ticket), (1, "published", notice.ticket)],
                         [(one["id"], one["state"], one["ticket"]) for one in self.desk.spocctl("kb", "drafts")])

    def test_readers_words(self) -> None:
        """What a reader of the help pages says reaches the article's owner by mail, and a second reader's not at once."""
        keeper = self.person("Keeper", "keeper@example.net")

        def say(words: str) -> None:
            page = self.desk.get("/kb/badge-one")[1]
            seal = re.search(r'name="seal" value="(\w+)"', page)
            assert seal, page
            form = urllib.parse.urlencode({"seal": seal[1], "helped": "no", "words": words}).encode()
            with urllib.request.urlopen(f"{self.desk.url}/kb/badge-one/feedback", data=form, timeout=10) as answer:
                self.assertIn("Thank you", answer.read().decode("utf-8"))

        say("The reception is closed <on> Sundays.")
        letter = keeper.wait_for_kind("feedback")
        self.assertIn('"Badge lost" did not help: The reception is closed <on> Sundays.', letter.text)
        self.assertNotIn("<on>", letter.html)
        self.assertEqual("auto-generated", letter["Auto-Submitted"])
        say("And on Saturdays?")
        harness.wait_until("both to be kept", lambda: len(
            [one for one in self.desk.spocctl("kb", "feedback", "badge-one") if "words" in one]) == 2)
        tickets = len(self.desk.tickets())
        keeper.reply(letter, "I am away until Monday.", headers={"Auto-Submitted": "auto-replied"})
        harness.wait_until("the vacation note to be filed", lambda: len(self.desk.tickets()) == tickets + 1)
        self.desk.settle()
        self.assertEqual(["feedback"], [mail.kind for mail in keeper.inbox()])

    def test_use_is_learnt(self) -> None:
        """The one that solved it for somebody comes first from then on."""
        asked = "I have lost my badge and can't enter the building."
        order = lambda: [hit["id"] for hit in self.desk.spocctl("kb", "search", asked) if "badge" in hit["id"]]
        first, second = order()
        ida = self.person("Ida Marsh", "ida.badge@example.net")
        ida.send("Badge lost", asked)
        told = ida.wait_for_kind("acknowledgement")
        link = re.search(rf"\S+/solved/\S+/by/{second}", told.text)
        assert link, told.text
        with urllib.request.urlopen(link[0], data=b"", timeout=10) as page:
            self.assertEqual(200, page.status)
        harness.wait_until("the other order", lambda: order() == [second, first], every=0.2)


if __name__ == "__main__":
    unittest.main()
