# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tabs before a line, a long conversation, an answer that nobody sees, a second agent, and a client that does not read."""

from __future__ import annotations

import json
import socket
import time
import unittest
import urllib.request

import websocket

import harness
from browser import Browser
from people import Person

COUNT = """
window.dials = 0;
const Real = window.WebSocket;
window.WebSocket = class extends Real { constructor(...given) { super(...given); window.dials += 1; } };
"""
REMEMBER = """localStorage.setItem("spoc:" + location.origin, JSON.stringify({session: arguments[0], last: 0, read: 0,
  seen: [], unsent: []}))"""


class TabsStory(harness.Story):
    """A desk that takes many lines."""

    settings = {"chat": {"gathering": "1s", "visitor_lines": 0, "lines_per_second": 1000, "unread_after": "8s"}}

    def dial(self) -> websocket.WebSocket:
        """A widget without a page."""
        wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=30, origin=self.desk.url)
        self.addCleanup(wire.shutdown)
        return wire

    def greet(self, wire: websocket.WebSocket, session: str | None = None, last: int = 0) -> dict:
        """Hello, and the welcome."""
        wire.send(json.dumps({"t": "hello", "session": session, "last": last, "language": "en"}))
        return json.loads(wire.recv())

    def hear(self, wire: websocket.WebSocket, kind: str) -> dict:
        """The next frame of that kind."""
        while True:
            frame = json.loads(wire.recv())
            if frame["t"] == kind:
                return frame

    def begun(self, lines: int, size: int = 20) -> str:
        """A conversation of so many lines; its session."""
        wire = self.dial()
        session = self.greet(wire)["session"]
        for number in range(1, lines + 1):
            wire.send(json.dumps({"t": "line", "ref": f"r{number}", "text": f"line {number} ".ljust(size, "x")}))
        while self.hear(wire, "kept")["seq"] < lines:
            pass
        wire.close()
        return session

    def browse(self, name: str) -> Browser:
        """A browser that counts how often its pages dial."""
        browser = Browser(self.folder / name)
        self.addCleanup(browser.leave)
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT})
        return browser

    def test_two_tabs_before_a_line(self) -> None:
        """Both join one conversation with one connection each, and what one says stands in both."""
        browser = self.browse("tabs")
        browser.open(self.desk.url + "/")
        browser.connected()
        first = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT})
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.type("Said in the second tab")
        browser.wait_for_line("Said in the second tab", "delivered")
        self.assertEqual(1, browser.driver.execute_script("return window.dials"))
        browser.driver.switch_to.window(first)
        browser.wait_for_line("Said in the second tab", "delivered")
        browser.type("And in the first")
        browser.wait_for_line("And in the first", "delivered")
        self.assertEqual(1, browser.driver.execute_script("return window.dials"))
        mine = [one for one in self.desk.tickets() if one["subject"] in ("Said in the second tab", "And in the first")]
        self.assertEqual(1, len(mine))

    def test_address_before_a_line(self) -> None:
        """Who gives an address before anything else has given it on the next page too, and after a restart of the desk."""
        browser = self.browse("early")
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("name").send_keys("Vera Holt")
        browser.part("address").send_keys("vera@example.net, ola@example.net")
        browser.part("save").click()
        self.assertEqual("That does not look like a mail address.", browser.part("notice").text)
        browser.part("address").clear()
        browser.part("address").send_keys("vera.early@example.net")
        browser.part("save").click()
        harness.wait_until("the address to be known", lambda: "vera.early@example.net" in browser.part("known").text)
        browser.open(self.desk.url + "/")
        browser.connected()
        self.desk.restart()
        browser.type("Said on the next page")
        browser.wait_for_line("Said on the next page", "delivered", 90)
        ticket = next(one for one in self.desk.tickets() if one["subject"] == "Said on the next page")
        self.assertEqual("vera.early@example.net", self.desk.ticket(ticket["id"])["ticket"]["requester"])

    def test_long_conversation(self) -> None:
        """The newest lines come at once, the others when they are asked for; the file has them all."""
        session = self.begun(230)
        browser = self.browse("long")
        browser.dress()
        browser.driver.get(self.desk.url + "/")
        browser.driver.execute_script(REMEMBER, session)
        browser.open(self.desk.url + "/")
        browser.wait_for_line("line 230 ", "delivered")
        self.assertEqual(200, len(browser.lines()))
        self.assertEqual([], browser.barriers())
        browser.part("earlier").click()
        harness.wait_until("all lines", lambda: len(browser.lines()) == 230)
        self.assertTrue(browser.lines()[0]["text"].startswith("line 1 "))
        self.assertEqual([], browser.inside("return [...root.querySelectorAll('[data-test=earlier]')]"))
        written = browser.inside("return document.querySelector('spoc-chat').log.transcript()")
        for number in (1, 30, 31, 230):
            self.assertIn(f"line {number} ", written)

    def test_history_is_bounded(self) -> None:
        """A client that never reads holds little of the desk's memory, however long its history is."""
        session = self.begun(300, 8000)
        before = self.desk.memory()
        hello = json.dumps({"t": "hello", "session": session, "last": 0, "language": "en"})
        deaf = []
        for _ in range(100):
            wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=30, origin=self.desk.url,
                                               sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),))
            self.addCleanup(wire.shutdown)
            wire.send(hello)
            deaf.append(wire)
        welcome = self.greet(self.dial(), session)
        self.assertEqual(301, welcome["next"])
        self.assertGreater(welcome["from"], 100)
        self.assertLess(self.desk.memory() - before, 64 << 20, "100 of them held 240 MB")

    def test_unseen_answer(self) -> None:
        """What was seen in the chat is not mailed; what nobody looked at is, once."""
        browser = self.browse("unseen")
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        vera = Person(self.servers, "Vera Holt", "vera.unseen@example.net", "thunderbird")
        for one in (sam, vera):
            self.addCleanup(one.leave)
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("name").send_keys("Vera Holt")
        browser.part("address").send_keys("vera.unseen@example.net")
        browser.type("Is anybody looking?")
        browser.wait_for_line("Is anybody looking?", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "anybody looking" in mail.text)
        sam.reply(notice, "I am, and you see it.")
        browser.wait_for_line("I am, and you see it.", "answer")

        def states() -> list[str]:
            return [one["state"] for one in self.desk.spocctl("outbox", "list")
                    if one["kind"] == "answer" and one["to"].endswith("vera.unseen@example.net")]
        harness.wait_until("the letter to be taken back", lambda: states() == ["cancelled"])
        browser.part("close").click()
        sam.reply(notice, "/send anyway\nNobody sees this one.")
        answer = vera.wait_for_kind("answer", notice.ticket)
        self.assertIn("Nobody sees this one.", answer.text)
        self.assertEqual(["cancelled", "sent"], sorted(states()))
        browser.part("open").click()
        browser.wait_for_line("Nobody sees this one.", "answer")
        self.desk.settle()
        self.assertEqual(1, len([mail for mail in vera.inbox() if mail.kind == "answer"]))

    def test_second_agent(self) -> None:
        """Two agents in one chat: each hears the other, and the visitor sees whose line is whose."""
        browser = self.browse("second")
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        kari = Person(self.servers, "Kari Eksempel", "kari@example.org", "outlook")
        eva = Person(self.servers, "Eva Eksempel", "eva.tabs@example.net")
        for one in (sam, kari, eva):
            self.addCleanup(one.leave)
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.type("The plotter speaks in tongues")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "in tongues" in mail.text)
        sam.reply(notice, "/take\n/invite Kari Eksempel\n/cc eva.tabs@example.net\nI ask a colleague.")
        browser.wait_for_line("I ask a colleague.", "answer")
        self.assertIn("I ask a colleague.", eva.wait_for_kind("answer", notice.ticket).text, "a copy, though it stands in the chat")
        invited = kari.wait_for_kind("happened", notice.ticket)
        self.assertIn("Sam Example", invited.text)
        self.assertIn("The plotter speaks in tongues", invited.text)
        kari.reply(invited, "It is Norwegian; I read it to you.")
        browser.wait_for_line("It is Norwegian", "answer")
        self.assertEqual(["Sam Example", "Kari Eksempel"], [one["by"] for one in browser.lines() if one["by"] != "you"])
        heard = sam.wait_for("what Kari said", lambda mail: mail.kind == "happened" and "It is Norwegian" in mail.text)
        self.assertEqual(["kari"], self.desk.ticket(notice.ticket)["ticket"]["invited"])
        browser.type("Thank you both")
        for person in (sam, kari):
            person.wait_for("the next line", lambda mail: mail.kind == "wrote" and "Thank you both" in mail.text)
        sam.reply(heard, "/invite -kari")
        sam.wait_for("the receipt", lambda mail: mail.kind == "receipt" and "Kari Eksempel" in mail.text and "not in this" in mail.text)
        self.assertEqual([], self.desk.ticket(notice.ticket)["ticket"]["invited"])
        self.assertEqual(["invited", "uninvited"], [one["what"] for one in self.desk.ticket(notice.ticket)["trail"]
                                                     if one["what"] in ("invited", "uninvited")])
        sam.reply(heard, "/undo")
        harness.wait_until("Kari to be back", lambda: self.desk.ticket(notice.ticket)["ticket"]["invited"] == ["kari"])


class FormStory(harness.Story):
    """A desk that asks before the first line."""

    settings = {"chat": {"gathering": "1s", "form": ["Department! | nb: Avdeling"], "file_size": 2}}

    def test_a_file_does_not_get_round_the_form(self) -> None:
        """A file waits for the answers, which go before it."""
        browser = Browser(self.folder / "form")
        self.addCleanup(browser.leave)
        picture = self.folder / "note.txt"
        picture.write_text("words", encoding="utf-8")
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("file").send_keys(str(picture))
        harness.wait_until("the notice", lambda: "fill in" in browser.part("notice").text)
        self.assertEqual([], browser.lines())
        browser.part("question").send_keys("Sales")
        browser.part("input").click()
        browser.wait_for_line("note.txt", "delivered")
        self.assertEqual(["Department: Sales", "note.txt"], [one["text"] for one in browser.lines()])

    def test_language(self) -> None:
        """The page changes its language: so does the question, and its answer stays."""
        browser = Browser(self.folder / "language")
        self.addCleanup(browser.leave)
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("question").send_keys("Salg")
        browser.driver.execute_script("document.documentElement.lang = 'nb'")
        harness.wait_until("the question in Norwegian", lambda: browser.part("questions").text == "Avdeling")
        self.assertEqual("Salg", browser.part("question").get_property("value"))
        browser.type("Skriveren er tom")
        browser.wait_for_line("Skriveren er tom", "delivered")
        self.assertIn("Avdeling: Salg", browser.lines()[0]["text"])
        # At the end a "thanks" is no answer to the form, which would open the ticket again.
        browser.inside("root.host.wire.over(); root.host.told('over', {t: 'over'})")
        self.assertFalse(browser.part("questions").is_displayed())
        browser.type("Tusen takk")
        browser.wait_for_line("Tusen takk", "delivered")
        self.assertEqual("Tusen takk", browser.lines()[-1]["text"])

    def test_forgotten_files_stay_here(self) -> None:
        """"Forget this conversation" takes along what waits to be sent."""
        browser = Browser(self.folder / "forget")
        self.addCleanup(browser.leave)
        note = self.folder / "secret.txt"
        note.write_text("words", encoding="utf-8")
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("file").send_keys(str(note))
        browser.part("upload")
        browser.part("more").click()
        browser.part("forget").click()
        browser.part("forget").click()
        harness.wait_until("the file to be gone", lambda: not browser.inside("return root.querySelector('[data-test=upload]')"))
        browser.connected()
        browser.part("question").send_keys("Sales")
        browser.type("Another person")
        browser.wait_for_line("Another person", "delivered")
        self.assertEqual(1, len(browser.lines()))


if __name__ == "__main__":
    unittest.main()
