# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor chats in a real browser, an agent answers from a mail client; reload, crash and leaving lose nothing."""

from __future__ import annotations

import os
import pathlib
import threading
import time
import unittest

from selenium.webdriver.common.keys import Keys

import harness
from browser import Browser
from people import Person, Received

# In the page: when did these words appear in the widget?
WATCH = """
const [words] = arguments, root = document.querySelector("spoc-chat").shadowRoot;
window.spocSeen = null;
const log = root.querySelector("[data-test=log]");
const look = () => { if (!window.spocSeen && log.textContent.includes(words)) window.spocSeen = Date.now(); };
new MutationObserver(look).observe(root, {childList: true, subtree: true, characterData: true});
"""
# What the browser remembers of the lines is gone; the session's name stays.
FORGET = """
for (const key of Object.keys(localStorage)) if (key.startsWith("spoc:")) {
  const kept = JSON.parse(localStorage[key]);
  localStorage[key] = JSON.stringify({...kept, last: 0, read: 0, seen: []});
}
"""
class ArrivalWatch(threading.Thread):
    """Notes when the next mail lies in a Maildir."""

    def __init__(self, maildir: pathlib.Path) -> None:
        super().__init__(daemon=True)
        self._folders = [maildir / "new", maildir / "cur"]
        self._before = self._names()
        self.at = 0.0
        self.start()

    def _names(self) -> set[str]:
        return {entry.name.split(":")[0] for folder in self._folders for entry in os.scandir(folder)}

    def run(self) -> None:
        end = time.monotonic() + harness.PATIENCE
        while time.monotonic() < end:
            if self._names() - self._before:
                self.at = time.time()
                return
            time.sleep(0.001)


class ChatStory(harness.Story):
    """One visitor's long day, in order."""

    # Long enough for two lines to be typed within it on a busy machine.
    settings = {"chat": {"gathering": "5s"}}
    browser: Browser
    sam: Person
    number: int

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.browser = Browser(cls.folder / "profile")
        cls.addClassCleanup(cls.browser.leave)
        cls.sam = Person(cls.servers, "Sam Example", "sam@example.org", "gmail")
        cls.addClassCleanup(cls.sam.leave)

    def timed_reply(self, notice: Received, words: str) -> None:
        """Sam answers by mail; prints how long the words took to the page."""
        self.browser.driver.execute_script(WATCH, words)
        watch = ArrivalWatch(self.servers.maildir("support"))
        self.sam.reply(notice, words)
        self.browser.wait_for_line(words, "answer")
        seen = self.browser.driver.execute_script("return window.spocSeen") / 1000
        watch.join()
        print(f"\nin the widget {(seen - watch.at) * 1000:.0f} ms after the reply lay in the desk's mailbox, "
              f"{(seen - self.sam.accepted_at) * 1000:.0f} ms after the MTA's 250", flush=True)

    def check_once(self, *texts: str) -> None:
        """The widget and the ticket show exactly these lines, in this order."""
        self.assertEqual(list(texts), [line["text"] for line in self.browser.lines()])
        messages = self.desk.ticket(self.number)["messages"]
        self.assertEqual(list(texts), [one["reply"] for one in messages if one["kind"] in ("inbound", "outbound")])

    def test_day(self) -> None:
        """Chat, answer, reload, crash, leaving, mail, coming back."""
        first, second = "My VPN drops every hour.", "It began on Monday, <b>always</b> in calls & meetings."
        answer = "Hello! Which version of the client do you have?"
        self.chat(first, second)
        notice = self.sam.wait_for_kind("opened")
        self.number = notice.ticket
        self.check_notice(notice, first, second)
        self.timed_reply(notice, answer)
        self.check_once(first, second, answer)
        self.assertEqual("Sam Example", self.browser.lines()[-1]["by"])
        self.browser.shot("chat-answered")
        self.reload(first, second, answer)
        third, fourth, late = "Version 5.0, it says.", "Are you still there?", "Yes, I am. Please update it to 5.1."
        self.crash(third, fourth, (first, second, answer))
        wrote = self.sam.wait_for("the later lines", lambda mail: mail.kind == "wrote" and fourth in mail.text)
        self.timed_reply(wrote, late)
        self.check_once(first, second, answer, third, fourth, late)
        self.leave_address()
        self.go(notice)
        self.assertEqual([], [one for one in self.browser.complaints() if "favicon" not in one])

    def chat(self, first: str, second: str) -> None:
        """Opens the widget and types; both lines are kept by the desk."""
        self.browser.open(self.desk.url + "/")
        self.browser.connected()
        self.browser.shot("chat-open")
        # Both at once: what is typed within the gathering pause is one mail.
        self.browser.part("input").send_keys(first, Keys.ENTER, second, Keys.ENTER)
        for words in (first, second):
            self.browser.wait_for_line(words, "delivered")

    def check_notice(self, notice: Received, first: str, second: str) -> None:
        """Both lines came gathered, as one mail, with articles to use."""
        self.assertIn(first, notice.text)
        self.assertIn(second, notice.text)
        self.assertIn("by chat", notice.text)
        self.assertIn("/use 1", notice.text)

    def reload(self, *texts: str) -> None:
        """All lines are there once after a reload, from the browser's memory and when the desk alone has them."""
        self.browser.open(self.desk.url + "/")
        self.browser.connected()
        self.check_once(*texts)
        self.browser.driver.execute_script(FORGET)
        self.browser.open(self.desk.url + "/")
        self.browser.connected()
        self.browser.wait_for_line(texts[-1], "answer")
        self.check_once(*texts)

    def crash(self, third: str, fourth: str, before: tuple[str, ...]) -> None:
        """kill -9 while a line is under way; another one is typed while the desk is down."""
        self.browser.type(third)
        self.desk.kill9()
        harness.wait_until("the widget to notice", lambda: self.browser.part("status").text != "Connected")
        self.browser.type(fourth)
        self.browser.wait_for_line(fourth, "sending")
        self.browser.shot("chat-down")
        self.desk.start()
        self.browser.wait_for_line(fourth, "delivered", 90)
        self.check_once(*before, third, fourth)

    def wait_for_nobody(self) -> None:
        """Until no browser is connected any more."""
        harness.wait_until("the desk to see the visitor go", lambda: self.desk.metric("spoc_chat_sockets") == 0)

    def test_going_on(self) -> None:
        """Who goes on to another page has left, though the browser may keep the page; coming back connects again."""
        self.browser.open(self.desk.url + "/")
        self.browser.connected()
        self.browser.driver.get("about:blank")
        self.wait_for_nobody()
        self.browser.driver.back()
        self.browser.connected()
        self.assertEqual(1, self.desk.metric("spoc_chat_sockets"))

    def leave_address(self) -> None:
        """The visitor says how to be reached."""
        if not self.browser.part("name").is_displayed():
            self.browser.part("change").click()
        self.browser.part("name").send_keys("Vera Holt")
        self.browser.part("address").send_keys("vera@example.net", Keys.ENTER)
        harness.wait_until("the address to be known", lambda: "vera@example.net" in self.browser.part("known").text)
        harness.wait_until("the ticket to have the address",
                           lambda: self.desk.ticket(self.number)["ticket"]["requester"] == "vera@example.net")
        self.browser.shot("chat-address")

    def go(self, notice: Received) -> None:
        """The page is closed: an answer goes by mail, and what is mailed back joins the ticket."""
        vera = Person(self.servers, "Vera Holt", "vera@example.net", "thunderbird")
        self.addCleanup(vera.leave)
        self.browser.close_page()
        self.wait_for_nobody()
        self.sam.reply(notice, "Did the update help?")
        answer = vera.wait_for_kind("answer", self.number)
        self.assertIn("Did the update help?", answer.text)
        self.assertEqual("Sam Example", answer.sender[0])
        vera.reply(answer, "It did, but now the sound is gone.")
        wrote = self.sam.wait_for("Vera's mail", lambda mail: mail.kind == "wrote" and "sound is gone" in mail.text)
        self.assertEqual(self.number, wrote.ticket)
        last = self.desk.ticket(self.number)["messages"][-1]
        self.assertEqual(("inbound", "mail", "vera@example.net"), (last["kind"], last["channel"], last["author"]))
        # Back on the page, the mailed answer stands in the conversation too.
        self.browser.open(self.desk.url + "/")
        self.browser.wait_for_line("Did the update help?", "answer")


if __name__ == "__main__":
    unittest.main()
