# SPDX-License-Identifier: GPL-3.0-or-later
"""What open widgets show and nobody keeps: who is typing, both ways and in every tab; and known outages, at once."""

from __future__ import annotations

import unittest

import harness
from browser import Browser
from places import Cable
from programs import Client, Stream

TYPING = {"en": "Sam Example is typing …", "nb": "Sam Example skriver …", "zh-CN": "Sam Example 正在输入…",
          "zh-TW": "Sam Example 正在輸入…"}


class SignStory(harness.Story):
    """One visitor in two tabs, an agent's program, and an operator."""

    settings = {"chat": {"gathering": "1s"}}

    def browser(self, name: str, url: str = "") -> Browser:
        """Somebody who has the widget open."""
        browser = Browser(self.folder / name)
        self.addCleanup(browser.leave)
        browser.dress()
        browser.open((url or self.desk.url) + "/")
        browser.connected()
        return browser

    def test_typing(self) -> None:
        """The desk hears that the visitor types, and not what; the visitor sees who answers, in their language."""
        browser = self.browser("profile")
        browser.type("The lift hums")
        browser.wait_for_line("The lift hums", "delivered")
        ticket = self.desk.tickets()[0]["id"]
        program = Client(self.desk, str(self.desk.spocctl("token", "add", "crm", "--scope", "write", "--agent", "sam")[0]["token"]))
        stream = Stream(program)
        self.addCleanup(stream.close)
        harness.wait_until("the agents to be told of the line", lambda: self.desk.ticket(ticket)["letters"])
        self.desk.settle()
        before = self.desk.ticket(ticket)
        browser.part("input").send_keys("It is very loud")
        harness.wait_until("the sign", lambda: stream.typing)
        sign = stream.typing[0]
        self.assertNotIn("id", sign)
        self.assertEqual(ticket, sign["data"]["ticket"])
        self.assertEqual({"ticket", "name", "at"}, set(sign["data"]))

        def types() -> None:
            self.assertEqual({"ticket": ticket, "shown": True}, program.ask("POST", f"/tickets/{ticket}/typing").json)
        first = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        browser.open(self.desk.url + "/")
        browser.connected()
        second = browser.driver.current_window_handle
        for tab in (second, first):
            browser.driver.switch_to.window(tab)
            types()
            harness.wait_until("the sign in this tab", lambda: browser.part("typing").text == TYPING["en"])
            if tab == second:
                self.assertNotEqual("off", browser.part("typing").get_attribute("aria-live"))
        browser.shot("widget-typing")
        self.assertEqual([], browser.barriers())
        harness.wait_until("the sign to go by itself", lambda: browser.part("typing").text == "")
        self.assertEqual("off", browser.part("typing").get_attribute("aria-live"), "said aloud once before an answer")
        types()
        harness.wait_until("the sign again", lambda: browser.part("typing").text == TYPING["en"])
        self.assertEqual(before, self.desk.ticket(ticket), "nothing of it is kept")
        program.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "Somebody comes."})
        browser.wait_for_line("Somebody comes.", "answer")
        self.assertEqual("", browser.part("typing").text)
        self.assertEqual("polite", browser.part("typing").get_attribute("aria-live"))
        for language, words in TYPING.items():
            browser.driver.execute_script("document.documentElement.lang = arguments[0]", language)
            harness.wait_until("the connection", lambda: browser.inside("return !!root.querySelector('[data-link=up]')"))
            types()
            harness.wait_until(f"the sign in {language}", lambda w=words: browser.part("typing").text == w)
        self.assertEqual("It is very loud", browser.part("input").get_property("value"))

    def test_outages(self) -> None:
        """They come and go in widgets that are open, by socket and by stream, without a connection made anew."""
        cable = Cable(self.desk.port, deaf=True)
        browsers = [self.browser("socket"), self.browser("stream", cable.url)]
        for browser in browsers:
            browser.inside("root.host.wire.socket.marked = true")
            self.assertFalse(browser.part("issue").is_displayed())

        def announce(words: str) -> str:
            done = self.desk.run_ctl("announce", "add", "-", given=words.encode())
            self.assertEqual(0, done.returncode, done.stderr)
            return str(self.desk.spocctl("announce", "list")[0]["id"])

        def shown(*words: str) -> None:
            for browser in browsers:
                def fits(part: Browser = browser) -> bool:
                    issue = part.part("issue")
                    return issue.is_displayed() == bool(words) and all(one in issue.text for one in words)
                harness.wait_until(f"{words} in each widget", fits)
        first = announce("The door of house B is locked.\n\nnb: Døra i bygg B er låst.")
        shown("The door of house B is locked.")
        self.assertEqual([], browsers[0].barriers())
        second = announce("The lift stands still.")
        shown("The lift stands still.", "The door of house B is locked.")
        self.desk.run_ctl("announce", "end", first)
        harness.wait_until("the first to go", lambda: all("door" not in one.part("issue").text for one in browsers))
        self.desk.run_ctl("announce", "end", second)
        shown()
        for browser in browsers:
            self.assertTrue(browser.inside("return root.host.wire.socket.marked === true"))


if __name__ == "__main__":
    unittest.main()
