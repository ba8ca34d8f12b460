# SPDX-License-Identifier: GPL-3.0-or-later
"""Older tickets in the widget, behind a word that only the owner of the address gets; a chat passed to a colleague."""

from __future__ import annotations

import re
import unittest

import harness
from browser import Browser
from people import Person, Received
from places import Intranet
from servers import free_port


class PastStory(harness.Story):
    """Vera wrote by mail last week, and chats today."""

    page_port = free_port()
    settings = {"chat": {"gathering": "3s", "origins": [f"http://127.0.0.1:{page_port}"]}}

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found

    def browser(self, name: str) -> Browser:
        """A browser that remembers nothing yet."""
        found = Browser(self.folder / name)
        self.addCleanup(found.leave)
        found.dress()
        return found

    def older_ticket(self, sam: Person, vera: Person) -> int:
        """A matter with a note and an answer."""
        vera.send("The old printer matter", "It eats the paper.")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "eats the paper" in mail.text)
        sam.reply(notice, "/note\nShe feeds it cardboard.")
        sam.reply(notice, "Please use paper of 80 grams.")
        vera.wait_for("the answer", lambda mail: "80 grams" in mail.text)
        return notice.ticket

    def ask_for_the_word(self, browser: Browser, vera: Person) -> Received:
        """By the menu; the mail says no word of the visitor's."""
        browser.type("Buy now at evil.example!")
        browser.wait_for_line("Buy now", "delivered")
        browser.part("change").click()
        browser.part("name").send_keys("Buy At Evil")
        browser.part("address").send_keys("vera@example.net")
        browser.part("save").click()
        harness.wait_until("the address to be known", lambda: "vera@example.net" in browser.part("known").text)
        browser.part("more").click()
        browser.part("requests-item").click()
        mail = vera.wait_for_kind("proof")
        self.assertIn("is this address yours?", mail["Subject"])
        self.assertNotIn("Evil", mail.everything())
        self.assertNotIn("evil", mail.everything())
        browser.shot("past-proof")
        self.assertEqual([], browser.barriers())
        return mail

    def test_past(self) -> None:
        """The link opens them where the chat is, and nowhere else."""
        page = Intranet(self.desk.url, port=self.page_port)
        self.addCleanup(page.leave)
        sam, vera = self.person("Sam Example", "sam@example.org"), self.person("Vera Holt", "vera@example.net")
        older = self.older_ticket(sam, vera)
        own, other = self.browser("own"), self.browser("other")
        own.open(page.url)
        own.connected()
        mail = self.ask_for_the_word(own, vera)
        found = re.search(r"http://\S+#spoc=\S+", mail.text)
        assert found
        other.driver.get(found.group())
        harness.wait_until("the refusal", lambda: "not the word for this chat" in other.part("notice").text)
        self.assertFalse(other.inside("return root.querySelectorAll('[data-test=request]').length"))
        # Typed wrong, typed right.
        own.part("word").send_keys("AAAAA-AAAAA")
        own.part("prove").click()
        harness.wait_until("the refusal", lambda: "not the word for this chat" in own.part("notice").text)
        own.driver.get("about:blank")
        own.driver.get(found.group())
        self.read_old(own, older)
        self.assertNotIn("spoc=", own.driver.current_url)
        # Proved once, it stays so.
        own.open(page.url)
        own.connected()
        own.part("more").click()
        own.part("requests-item").click()
        harness.wait_until("the list", lambda: own.part("request").is_displayed())
        # Forgotten, it is nobody's who sits here next.
        own.part("more").click()
        own.part("forget").click()
        own.part("forget").click()
        harness.wait_until("the list to be gone", lambda: not own.part("past").is_displayed())
        self.assertEqual(0, own.inside("return root.querySelectorAll('[data-test=request]').length"))

    def read_old(self, browser: Browser, number: int) -> None:
        """The list, and one of its tickets, without the note."""
        def titles() -> list[str]:
            return browser.inside("return [...root.querySelectorAll('[data-test=request]')].map((one) => one.textContent)")
        harness.wait_until("the list", lambda: len(titles()) == 2)
        browser.shot("past-list")
        self.assertEqual([], browser.barriers())
        self.assertIn(f"The old printer matter#{number}", titles()[1])
        browser.inside("root.querySelectorAll('[data-test=request]')[1].click()")
        harness.wait_until("the old words", lambda: "80 grams" in browser.part("requests").text)
        browser.shot("past-ticket")
        self.assertEqual([], browser.barriers())
        self.assertIn("It eats the paper.", browser.part("requests").text)
        self.assertNotIn("cardboard", browser.part("requests").text)
        browser.part("back").click()
        self.assertEqual(2, len(titles()))
        self.read_long(browser, number)
        browser.part("back").click()
        self.assertEqual(2, len(titles()))
        browser.part("back").click()
        self.assertFalse(browser.part("past").is_displayed())
        self.assertEqual("input", browser.focused())

    def read_long(self, browser: Browser, number: int) -> None:
        """A request that has grown too long shows its newest words, and says that there are older ones."""
        vera = self.person("Vera Holt", "vera@example.net")
        for word in ("penultimate", "ultimate"):
            vera.send(f"Re: The old printer matter [#{number}]", f"{word} " + "It still eats. " * 8000)
        harness.wait_until("both to be in", lambda: sum(
            "ultimate It still" in one["reply"] for one in self.desk.ticket(number)["messages"]) == 2)
        browser.inside("[...root.querySelectorAll('[data-test=request]')].find((one) => one.textContent.includes(arguments[0])).click()",
                       f"#{number}")
        harness.wait_until("the long words", lambda: "ultimate It still" in browser.part("requests").text)
        self.assertEqual("Older messages are not shown here: this request is very long.", browser.part("cut").text)
        self.assertNotIn("It eats the paper.", browser.part("requests").text)
        self.assertEqual([], browser.barriers())

    def test_passed_on(self) -> None:
        """Sam gives the chat to Kari in the middle of it; then only she is told, also that the visitor has left."""
        sam, kari = self.person("Sam Example", "sam@example.org"), self.person("Kari Eksempel", "kari@example.org")
        browser = self.browser("passed")
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.type("My screen flickers")
        browser.wait_for_line("My screen flickers", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "flickers" in mail.text)
        self.assertNotIn("has left", notice.text)
        sam.reply(notice, "/assign kari\nKari knows screens, one moment.")
        browser.wait_for_line("Kari knows screens", "answer")
        given = kari.wait_for_kind("assigned", notice.ticket)
        browser.type("Thank you")
        browser.wait_for_line("Thank you", "delivered")
        kari.wait_for("the line", lambda mail: mail.kind == "wrote" and "Thank you" in mail.text)
        kari.reply(given, "Is the cable in?")
        browser.wait_for_line("Is the cable in?", "answer")
        self.assertEqual(["you", "Sam Example", "you", "Kari Eksempel"], [line["by"] for line in browser.lines()])
        browser.type("It is, but I must go")
        browser.wait_for_line("I must go", "delivered")
        browser.driver.get("about:blank")
        told = kari.wait_for("the last line", lambda mail: mail.kind == "wrote" and "I must go" in mail.text)
        self.assertIn("the visitor has left without an address", told.text)
        self.desk.settle()
        self.assertNotIn("wrote", sam.kinds(notice.ticket))


if __name__ == "__main__":
    unittest.main()
