# SPDX-License-Identifier: GPL-3.0-or-later
"""The widget on a strict page: for every eye and hand, in every language, over a cut cable and in two tabs."""

from __future__ import annotations

import gzip
import unittest
import urllib.request

from selenium.webdriver.common.keys import Keys

import harness
from browser import Browser
from people import Person
from places import Cable, Intranet
from servers import free_port

SMALL = 25 * 1024


class WidgetStory(harness.Story):
    """One browser; each test begins a conversation of its own."""

    page_port = free_port()
    settings = {"chat": {"gathering": "1s", "origins": [f"http://127.0.0.1:{page_port}"]}}
    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.browser = Browser(cls.folder / "profile")
        cls.addClassCleanup(cls.browser.leave)

    def setUp(self) -> None:
        self.browser.dress()

    def page(self, **how: str) -> str:
        """An intranet page of another origin, up for this test."""
        page = Intranet(self.desk.url, port=self.page_port, **how)  # type: ignore[arg-type]
        self.addCleanup(page.leave)
        return page.url

    def fresh(self, url: str) -> None:
        """Opens the widget where nothing is remembered."""
        self.browser.driver.get(url)
        self.browser.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        self.browser.open(url)
        self.browser.connected()

    def check_page(self, name: str) -> None:
        """No barrier, nothing that the page's policy forbade."""
        self.browser.shot(name)
        self.assertEqual([], self.browser.barriers(), name)
        self.assertEqual([], self.browser.driver.execute_script("return window.violations || []"), name)

    def test_size(self) -> None:
        """What a page has to load is small."""
        with urllib.request.urlopen(self.desk.url + "/widget.js") as answer:
            self.assertEqual("*", answer.headers["Access-Control-Allow-Origin"])
            size = len(gzip.compress(answer.read(), 9))
        print(f"\nwidget.js: {size} bytes gzipped", flush=True)
        self.assertLess(size, SMALL)

    def test_barriers(self) -> None:
        """Light, dark, phone, right to left and Chinese: zero violations in every state of the widget."""
        cases = {
            "light": ({"language": "en"}, {}),
            "dark": ({"language": "nb"}, {"dark": True}),
            "phone": ({"language": "en"}, {"width": 390, "height": 780}),
            "rtl": ({"language": "en", "direction": "rtl"}, {}),
            "chinese": ({"language": "zh-CN", "attributes": 'data-accent="#0a7d5c"'}, {}),
            "traditional": ({"language": "zh-TW"}, {"dark": True, "width": 360, "height": 640}),
        }
        for name, (page, dress) in cases.items():
            with self.subTest(name):
                self.check_case(name, page, dress)

    def check_case(self, name: str, how: dict, dress: dict) -> None:
        """One look, state by state."""
        browser = self.browser
        browser.dress(**dress)
        page = Intranet(self.desk.url, port=self.page_port, **how)
        try:
            browser.driver.get(page.url)
            browser.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
            browser.driver.get(page.url)
            browser.part("open")
            self.check_page(name + "-closed")
            browser.open(page.url)
            harness.wait_until("the connection", lambda: browser.inside("return !!root.querySelector('[data-link=up]')"))
            self.check_page(name + "-open")
            browser.type("Mein VPN / 我的VPN / https://example.org/a?b=c and me@example.net.")
            browser.wait_for_line("VPN", "delivered")
            self.check_page(name + "-said")
            for part in ("more", "emoji"):
                browser.part(part).click()
                self.check_page(f"{name}-{part}")
                browser.part(part).click()
        finally:
            page.leave()

    def test_pages(self) -> None:
        """The demonstration's page and the list of articles, light and dark, wide and narrow."""
        for path in ("/", "/kb"):
            for dress in ({}, {"dark": True}, {"width": 360, "height": 640}):
                with self.subTest(path, **dress):
                    self.browser.dress(**dress)
                    self.browser.driver.get(self.desk.url + path)
                    self.browser.shot("page" + path.replace("/", "-") + "".join(f"-{one}" for one in dress))
                    self.assertEqual([], self.browser.barriers())

    def test_keyboard(self) -> None:
        """From the page into the widget, through it, and back to where one came from, without a mouse."""
        browser = self.browser
        browser.driver.get(self.page())
        browser.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        browser.driver.get(browser.driver.current_url)
        browser.part("open")
        keys = lambda *what: browser.driver.switch_to.active_element.send_keys(*what)
        browser.driver.find_element("css selector", "body").send_keys(Keys.TAB)
        self.assertEqual("open", browser.focused())
        browser.part("open").send_keys(Keys.ENTER)
        self.assertEqual("input", browser.focused())
        browser.part("input").send_keys("No mouse here", Keys.ENTER)
        browser.wait_for_line("No mouse here", "delivered")
        seen = []
        for _ in range(3):
            keys(Keys.SHIFT, Keys.TAB)
            seen.append(browser.focused())
        self.assertEqual(["change", "log", "close"], seen)
        keys(Keys.SHIFT, Keys.TAB)
        keys(Keys.ENTER)
        self.assertEqual("sound", browser.focused())
        keys(Keys.ESCAPE)
        self.assertEqual("more", browser.focused())
        self.assertTrue(browser.part("panel").is_displayed())
        keys(Keys.ESCAPE)
        self.assertFalse(browser.part("panel").is_displayed())
        self.assertEqual("open", browser.focused())

    def test_phone_keeps_focus(self) -> None:
        """The panel that hides the page keeps the focus inside."""
        browser = self.browser
        browser.dress(390, 780)
        self.fresh(self.page())
        self.assertEqual("true", browser.part("panel").get_attribute("aria-modal"))
        stops = browser.inside("return [...root.querySelectorAll('.panel button,.panel input,.panel textarea,.panel [tabindex]')]"
                               ".filter((one) => !one.disabled && one.getClientRects().length).length")
        seen = set()
        for _ in range(stops + 3):
            browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            seen.add(browser.focused())
            self.assertNotEqual("", browser.focused(), f"after {seen}")
        self.assertLessEqual({"more", "close", "log", "input", "emoji"}, seen)

    def test_magnified(self) -> None:
        """At 400 % a screen has 320 by 256 points (WCAG 2.2, 1.4.10): every part can be reached by scrolling the panel; with room it stands still."""
        browser = self.browser
        self.fresh(self.page())
        still = "const panel = root.querySelector('.panel'); return panel.scrollHeight - panel.clientHeight"
        for number in range(12):
            browser.type(f"line {number}")
        browser.wait_for_line("line 11", "delivered")
        self.assertEqual(0, browser.inside(still))
        browser.part("change").click()
        browser.dress(320, 256)
        browser.shot("widget-magnified")
        self.assertEqual([], browser.barriers())
        for part in ("close", "log", "name", "save", "input", "send"):
            top, bottom = browser.inside("const part = root.querySelector(`[data-test=${arguments[0]}]`); part.scrollIntoView({block: 'nearest'});"
                                         "const box = part.getBoundingClientRect(); return [box.top, box.bottom]", part)
            self.assertTrue(-1 <= top < bottom <= 257, f"{part} stands from {top} to {bottom}")

    def test_newest_line_in_sight(self) -> None:
        """What opens below the conversation leaves its newest line in sight; who reads further up stays there."""
        browser = self.browser
        self.fresh(self.page())
        for number in range(12):
            browser.type(f"line {number}")
        browser.wait_for_line("line 11", "delivered")
        seen = ("const log = root.querySelector('[data-test=log]').getBoundingClientRect(),"
                "line = [...root.querySelectorAll('[data-test=line]')].at(-1).getBoundingClientRect(); return line.bottom <= log.bottom + 1")
        self.assertTrue(browser.inside(seen))
        browser.inside("root.host.told('over', {t: 'over'})")
        self.assertTrue(browser.part("farewell").is_displayed())
        harness.wait_until("the newest line", lambda: browser.inside(seen))
        browser.inside("root.host.farewell.drop()")
        browser.inside("root.querySelector('[data-test=log]').scrollTop = 40")
        harness.wait_until("the widget to know", lambda: browser.inside("return root.host.log.atEnd === false"))
        browser.inside("root.host.told('over', {t: 'over'})")
        self.assertEqual(40, browser.inside("return root.querySelector('[data-test=log]').scrollTop"))

    def test_full_store(self) -> None:
        """Where the page's own data fills the store, a line that the desk has not yet lives through a reload; what it has goes first."""
        browser = self.browser
        cable = Cable(self.desk.port)
        self.fresh(cable.url + "/")
        for number in range(25):
            browser.type(f"line {number} " + 100 * "x")
        browser.wait_for_line("line 24 ", "delivered", 90)
        cable.cut()
        harness.wait_until("the widget to notice", lambda: browser.part("status").text != "Connected")
        browser.driver.execute_script("for (let text = 'x'.repeat(1 << 20), n = 0; text; n += 1) {"
                                      "try { localStorage.setItem('page' + n, text); } catch { text = text.slice(0, text.length >> 1); } }")
        browser.type("Said into a full store")
        browser.wait_for_line("Said into a full store", "sending")
        self.assertTrue(browser.inside("return root.host.memory.works"))
        kept = browser.driver.execute_script("return JSON.parse(localStorage['spoc:' + location.origin])")
        self.assertEqual(["Said into a full store"], [one["text"] for one in kept["unsent"]])
        self.assertEqual(20, len(kept["seen"]))
        browser.driver.execute_script("for (const key of Object.keys(localStorage)) if (key.startsWith('page')) localStorage.removeItem(key)")
        cable.mend()
        browser.open(cable.url + "/")
        browser.wait_for_line("Said into a full store", "delivered", 90)

    def test_far_opening(self) -> None:
        """When the desk is back after a week of holidays, the day is told, not its name alone."""
        browser = self.browser
        self.fresh(self.page())
        tell = ("const opens = new Date(Date.now() + arguments[0] * 86400000);"
                "root.host.told('hours', {t: 'hours', open: false, opens: opens.toISOString()});"
                "return [root.querySelector('[data-test=hours]').textContent, opens.toLocaleString('en-GB', {month: 'long'})]")
        for days, told in ((2, False), (12, True)):
            words, month = browser.inside(tell, days)
            self.assertEqual(told, month in words, words)

    def test_language_switch(self) -> None:
        """The page changes its language: the widget follows, what was typed stays."""
        browser = self.browser
        self.fresh(self.page(language="en"))
        browser.part("input").send_keys("half a sen")
        for language, word in (("nb-NO", "Tilkoblet"), ("zh-TW", "已連線"), ("zh", "已连接"), ("fr", "Connected"), ("zh_HK", "已連線")):
            browser.driver.execute_script("document.documentElement.lang = arguments[0]", language)
            harness.wait_until(f"the widget to speak {language}", lambda w=word: browser.part("status").text == w)
            self.assertEqual("half a sen", browser.part("input").get_attribute("value"))
        browser.driver.execute_script("document.querySelector('spoc-chat').setAttribute('language', 'nb')")
        self.assertEqual("Tilkoblet", browser.part("status").text)

    def test_links_and_signs(self) -> None:
        """Only addresses that do no harm become links; an emoji is put where the cursor is."""
        browser = self.browser
        self.fresh(self.page())
        browser.part("emoji").click()
        browser.inside("root.querySelectorAll('.emojis button')[12].click()")
        self.assertEqual("👍", browser.part("input").get_attribute("value"))
        self.assertEqual("input", browser.focused())
        browser.type(" javascript:alert(1) data:text/html,x https://example.org/a. mailto:me@example.net you@example.com")
        browser.wait_for_line("javascript:", "delivered")
        links = browser.inside("return [...root.querySelectorAll('.text a')].map((a) => [a.href, a.rel, a.target])")
        self.assertEqual([["https://example.org/a", "noopener noreferrer", "_blank"],
                          ["mailto:me@example.net", "noopener noreferrer", "_blank"],
                          ["mailto:you@example.com", "noopener noreferrer", "_blank"]], links)

    def test_attributes(self) -> None:
        """Theme, side and language of the script tag, and the page's own variables, are followed."""
        browser = self.browser
        url = self.page(attributes='data-theme="dark" data-side="start" data-language="nb"', language="en")
        browser.driver.get(url)
        browser.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        browser.open(url)
        harness.wait_until("the connection", lambda: browser.part("status").text == "Tilkoblet")
        style = "return getComputedStyle(document.querySelector('spoc-chat')).getPropertyValue('--ground').trim()"
        self.assertEqual("#16191f", browser.driver.execute_script(style))
        self.assertEqual("IT service desk", browser.inside("return root.querySelector('h2').textContent"))
        self.assertLess(browser.part("panel").rect["x"], 100)
        browser.part("close").click()
        self.assertLess(browser.part("open").rect["x"], 100)
        browser.driver.execute_script("document.documentElement.style.setProperty('--spoc-accent', '#f00')")
        colour = "return getComputedStyle(root.querySelector('.open')).backgroundColor"
        self.assertEqual("rgb(255, 0, 0)", browser.inside(colour))

    def test_unread(self) -> None:
        """An answer to a closed widget is counted on its button and told to screen readers; opening it is reading."""
        browser = self.browser
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        self.addCleanup(sam.leave)
        self.fresh(self.desk.url + "/")
        browser.type("I shall look away")
        browser.wait_for_line("I shall look away", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "look away" in mail.text)
        browser.part("close").click()
        self.assertFalse(browser.part("badge").is_displayed())
        sam.reply(notice, "Look here again")
        harness.wait_until("the badge", lambda: browser.part("badge").text == "1")
        self.assertEqual("Chat with us (1 new answer)", browser.part("open").get_attribute("aria-label"))
        self.assertEqual("New answer from Sam Example",
                         browser.inside("return root.querySelector('.away[role=status]').textContent"))
        browser.part("open").click()
        browser.wait_for_line("Look here again", "answer")
        self.assertEqual("Chat with us", browser.part("open").get_attribute("aria-label"))

    def test_cable(self) -> None:
        """A cut network loses nothing, and two tabs of one person say the same."""
        cable = Cable(self.desk.port)
        browser = self.browser
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        self.addCleanup(sam.leave)
        self.fresh(cable.url + "/")
        browser.type("Before the cut")
        browser.wait_for_line("Before the cut", "delivered")
        first = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        second = browser.driver.current_window_handle
        browser.open(cable.url + "/")
        browser.connected()
        browser.wait_for_line("Before the cut", "delivered")
        cable.cut()
        harness.wait_until("the widget to notice", lambda: browser.part("status").text != "Connected")
        browser.type("While it was cut")
        browser.wait_for_line("While it was cut", "sending")
        cable.mend()
        browser.wait_for_line("While it was cut", "delivered", 90)
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "Before the cut" in mail.text)
        sam.reply(notice, "One answer for both tabs.")
        browser.wait_for_line("One answer for both tabs.", "answer")
        here = browser.lines()
        marks = browser.inside("return [...root.querySelectorAll('[data-test=mark]')].map((one) => one.textContent)")
        self.assertEqual(["Answered", "Answered"], marks)
        browser.driver.close()
        browser.driver.switch_to.window(first)
        browser.wait_for_line("One answer for both tabs.", "answer", 90)
        self.assertEqual(here, browser.lines())
        self.assertEqual(["Before the cut", "While it was cut", "One answer for both tabs."], [one["text"] for one in here])
        self.assertNotEqual(first, second)

    def test_transcript(self) -> None:
        """The conversation can be kept as a file."""
        browser = self.browser
        self.fresh(self.desk.url + "/")
        browser.driver.execute_cdp_cmd("Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(self.folder)})
        browser.type("Write this down, 请")
        browser.wait_for_line("Write this down", "delivered")
        browser.part("more").click()
        browser.part("download").click()
        kept = harness.wait_until("the file", lambda: list(self.folder.glob("chat-*.txt")))
        text = harness.wait_until("its words", lambda: kept[0].read_text("utf-8-sig"))
        self.assertIn("You\r\nWrite this down, 请".replace("\r\n", "\n"), text.replace("\r\n", "\n"))


if __name__ == "__main__":
    unittest.main()
