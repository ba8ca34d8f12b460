# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit from the first question to the farewell: form, hours, transcript, rating; and visitors whom the intranet signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import pathlib
import time
import unittest

import harness
from browser import Browser
from people import Person
from places import Intranet
from servers import free_port

SECRET = "an intranet's secret of at least 32 bytes"


def jwt(user: str, name: str = "", address: str = "", life: int = 600, key: str = SECRET, algorithm: str = "HS256") -> str:
    """What an intranet signs."""
    def part(value: dict) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    text = part({"alg": algorithm, "typ": "JWT"}) + "." + part(
        {"sub": user, "name": name, "email": address, "exp": int(time.time()) + life, "aud": "spoc"})
    signature = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return text + "." + base64.urlsafe_b64encode(signature).decode().rstrip("=")


class VisitStory(harness.Story):
    """The desk asks for a department, and is closed but for one minute of the week."""

    settings = {"chat": {"gathering": "1s", "form": ["address!", "Department!", "Room"], "hours": ["sun 03:00-03:01"]}}

    def test_visit(self) -> None:
        """Out of hours the message is taken, the address asked for, the answer mailed; then transcript and rating."""
        browser = Browser(self.folder / "profile")
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        vera = Person(self.servers, "Vera Holt", "vera@example.net", "thunderbird")
        for one in (browser, sam, vera):
            self.addCleanup(one.leave)
        browser.dress()
        browser.open(self.desk.url + "/")
        browser.connected()
        self.assertIn("Nobody is here right now; we are back on Sunday", browser.part("hours").text)
        browser.type("My lamp flickers")
        self.assertIn("fill in", browser.part("notice").text)
        self.assertEqual([], browser.lines())
        browser.shot("visit-form")
        self.assertEqual([], browser.barriers())
        browser.part("question").send_keys("Sales")
        browser.part("name").send_keys("Vera Holt")
        browser.part("address").send_keys("vera@example.net")
        browser.part("input").click()
        browser.part("send").click()
        browser.wait_for_line("My lamp flickers", "delivered")
        self.assertFalse(browser.part("questions").is_displayed())
        notice = sam.wait_for_kind("opened")
        self.assertIn("Department: Sales", notice.text)
        self.assertNotIn("Room:", notice.text)
        self.assertIn("My lamp flickers", notice["Subject"])
        browser.part("more").click()
        browser.part("mail").click()
        harness.wait_until("the refusal", lambda: "once somebody has answered" in browser.part("notice").text)
        sam.reply(notice, "Have you changed the bulb?")
        browser.wait_for_line("Have you changed the bulb?", "answer")
        browser.part("more").click()
        browser.part("mail").click()
        transcript = vera.wait_for_kind("transcript", notice.ticket)
        for words in ("My lamp flickers", "Have you changed the bulb?", "Sam Example"):
            self.assertIn(words, transcript.text)
        self.rate(browser, notice.ticket)
        self.deny(browser, sam, notice)

    def rate(self, browser: Browser, number: int) -> None:
        """The farewell is stored, in the trail, and spocctl shows it."""
        browser.part("more").click()
        browser.part("end").click()
        self.assertEqual([], browser.barriers())
        browser.inside("root.querySelector('[data-test=solved1]').click(); root.querySelector('[data-test=score5]').click()")
        browser.part("remark").send_keys("Quick & kind")
        browser.shot("visit-farewell")
        browser.part("finish").click()
        harness.wait_until("the thanks", lambda: "Thank you" in browser.part("notice").text)
        shown = self.desk.ticket(number)
        self.assertEqual("resolved", shown["ticket"]["status"])
        self.assertIn("solved, 5 of 5: Quick & kind", [one["detail"] for one in shown["trail"]])
        self.assertEqual([{"score": 5, "solved": True, "words": "Quick & kind"}], shown["ratings"])
        # Who writes again is heard again.
        browser.type("Oh, one more thing")
        browser.wait_for_line("Oh, one more thing", "delivered")
        harness.wait_until("the ticket to be open", lambda: self.desk.ticket(number)["ticket"]["status"] == "open")

    def deny(self, browser: Browser, sam: Person, notice) -> None:
        """An agent ends it without words: the visitor reads that, and is asked; their "no" opens it again."""
        newest = sam.wait_for("the news of what they wrote last", lambda mail: "one more thing" in mail.text)
        sam.reply(newest, "/resolve")
        browser.wait_for_line("We believe that this is solved now", "answer")
        harness.wait_until("the question", lambda: browser.part("farewell").is_displayed())
        self.assertTrue(browser.part("input").is_displayed(), "who has more to say may just say it")
        self.assertEqual([], browser.barriers())
        browser.inside("root.querySelector('[data-test=solved0]').click()")
        browser.part("remark").send_keys("It flickers again")
        browser.part("finish").click()
        harness.wait_until("the ticket to be open again", lambda: self.desk.ticket(notice.ticket)["ticket"]["status"] == "open")
        self.assertIn("It flickers again", sam.wait_for_kind("reminder", notice.ticket).text)


class SignedStory(harness.Story):
    """The intranet signs who its readers are."""

    page_port = free_port()
    settings = {"chat": {"gathering": "1s", "origins": [f"http://127.0.0.1:{page_port}"], "identity": "hs256",
                         "identity_audience": "spoc", "identity_key_file": "intranet.key"}}

    @classmethod
    def setUpClass(cls) -> None:
        cls.key_folder: pathlib.Path | None = None
        original = harness.Spocd.write_config

        def with_key(desk: harness.Spocd) -> None:
            (desk.folder / "intranet.key").write_text(SECRET, encoding="utf-8")
            original(desk)
        harness.Spocd.write_config = with_key  # type: ignore[method-assign]
        try:
            super().setUpClass()
        finally:
            harness.Spocd.write_config = original  # type: ignore[method-assign]

    def visit(self, browser: Browser, token: str) -> None:
        """The intranet page as it is served to one person."""
        page = Intranet(self.desk.url, attributes=f'data-token="{token}"' if token else "", port=self.page_port)
        try:
            browser.open(page.url)
            if token != "expired":
                harness.wait_until("the connection", lambda: browser.part("status").text in ("Connected", "Connecting …"))
        finally:
            page.leave()

    def test_signed(self) -> None:
        """One person, two machines, one conversation; another person on the same machine sees nothing of it."""
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        office, home = Browser(self.folder / "office"), Browser(self.folder / "home")
        for one in (sam, office, home):
            self.addCleanup(one.leave)
        vera = jwt("u-17", "Vera Holt", "vera@example.net")
        self.visit(office, vera)
        office.connected()
        office.type("From the office")
        office.wait_for_line("From the office", "delivered")
        notice = sam.wait_for_kind("opened")
        self.assertEqual("vera@example.net", self.desk.ticket(notice.ticket)["ticket"]["requester"])
        self.visit(home, vera)
        home.wait_for_line("From the office", "delivered")
        self.assertFalse(home.part("change").is_displayed())
        sam.reply(notice, "Seen on both machines")
        for browser in (office, home):
            browser.wait_for_line("Seen on both machines", "answer")
        self.visit(home, jwt("u-18", "Ola Testmann", "ola@example.net"))
        home.connected()
        harness.wait_until("another's conversation to be gone", lambda: home.lines() == [])
        self.visit(home, "")
        home.connected()
        self.assertEqual([], home.lines())

    def test_not_signed(self) -> None:
        """Over, forged, another algorithm, no signature at all: not let in, and the page is told to get a new word."""
        browser = Browser(self.folder / "forger")
        self.addCleanup(browser.leave)
        for name, token in {"over": jwt("u-17", life=-3600), "forged": jwt("u-17", key="x" * 40),
                            "other algorithm": jwt("u-17", algorithm="none"),
                            "cut": jwt("u-17").rsplit(".", 1)[0] + "."}.items():
            with self.subTest(name):
                self.visit(browser, token)
                harness.wait_until("the notice", lambda: "sign-in is over" in browser.part("notice").text)
        browser.driver.execute_script("document.querySelector('spoc-chat').setAttribute('token', arguments[0])", jwt("u-19"))
        browser.connected()


if __name__ == "__main__":
    unittest.main()
