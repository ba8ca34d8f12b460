# SPDX-License-Identifier: GPL-3.0-or-later
"""The help pages in a browser: found while typing, read in one's language, answered, printed, for every eye and hand."""

from __future__ import annotations

import shutil
import unittest
import urllib.error
import urllib.request

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import harness
from browser import Browser
from t140_files import png

LAMP = """---
id: router-lamp
title: What the lamp of the router says
language: en
audience: {audience}
tags: [network, router]
owner: sam@example.org
---

The lamp is on the front:

![The router seen from the front, its lamp green](../pictures/{picture})

| lamp | meaning |
|---|---|
| green | all is well |
| red | no line |

## When it is red

1. Pull the plug.
2. Wait *ten seconds*.
3. `ping intranet.example.org`
"""


class Portal(harness.Story):
    """A folder with a picture, and one browser."""

    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.desk.stop()
        cls.shelf = cls.folder / "kb"
        shutil.copytree(harness.ROOT / "etc" / "demo" / "kb", cls.shelf)
        (cls.shelf / "pictures").mkdir()
        for name in ("lamp.png", "secret.png"):
            (cls.shelf / "pictures" / name).write_bytes(png(600, 240))
        (cls.shelf / "en" / "router-lamp.md").write_text(LAMP.format(audience="public", picture="lamp.png"), "utf-8")
        hidden = LAMP.format(audience="internal", picture="secret.png").replace("router-lamp", "router-secret")
        (cls.shelf / "en" / "router-secret.md").write_text(hidden, "utf-8")
        cls.desk.sections["knowledge"] = {"folder": str(cls.shelf), "poll": "1s"}
        cls.desk.write_config()
        cls.desk.start()
        harness.wait_until("the new article", lambda: cls.desk.get("/kb/router-lamp")[0] == 200)
        cls.browser = Browser(cls.folder / "profile")
        cls.addClassCleanup(cls.browser.leave)

    def setUp(self) -> None:
        self.browser.dress()

    def go(self, path: str) -> None:
        """To a page of the desk."""
        self.browser.driver.get(self.desk.url + path)

    def find(self, selector: str):
        """One element of the page."""
        return self.browser.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """The words of all of them; none while one page gives way to the next."""
        try:
            return [one.text for one in self.browser.driver.find_elements(By.CSS_SELECTOR, selector)]
        except StaleElementReferenceException:
            return []

    def test_every_look(self) -> None:
        """Start, article, topic and search: light, dark, phone and Chinese; no barrier, nothing forbidden, no cookie."""
        looks = {"light": {}, "dark": {"dark": True}, "phone": {"width": 390, "height": 780},
                 "phone-dark": {"width": 360, "height": 640, "dark": True}}
        pages = {"start": "/kb/", "article": "/kb/router-lamp", "norwegian": "/kb/vpn-drops.nb?lang=nb",
                 "chinese": "/kb/?lang=zh-Hans", "traditional": "/kb/vpn-drops?lang=zh-TW", "topic": "/kb/?tag=network",
                 "search": "/kb/?q=printer", "missing": "/kb/nothing-here"}
        for look, dress in looks.items():
            self.browser.dress(**dress)
            for name, path in pages.items():
                with self.subTest(f"{name} {look}"):
                    self.go(path)
                    self.browser.shot(f"kb-{name}-{look}")
                    self.assertEqual([], self.browser.barriers())
                    complaints = [one for one in self.browser.complaints() if "404" not in one]
                    self.assertEqual([], complaints)
                    self.assertEqual([], self.browser.driver.get_cookies())
                    width = self.browser.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
                    self.assertLessEqual(width, 0, "nothing is wider than the screen")

    def test_typing(self) -> None:
        """Articles appear while one types; arrows and Enter lead there; Escape takes the list away."""
        self.go("/kb/")
        box = self.find("#q")
        box.send_keys("vpn dr")
        harness.wait_until("the list", lambda: "VPN drops every hour" in self.texts("#found a"))
        self.assertRegex(self.find("#said").text, r"^\d+ articles?$")
        self.assertEqual([], self.browser.barriers())
        self.browser.shot("kb-typing")
        box.send_keys(Keys.ESCAPE)
        self.assertEqual([], self.texts("#found a"))
        box.send_keys("o")
        harness.wait_until("the list again", lambda: self.texts("#found a"))
        box.send_keys(Keys.ARROW_DOWN)
        self.browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        harness.wait_until("the article", lambda: self.texts("h1") == ["VPN drops every hour"])
        self.go("/kb/?lang=zh-Hans")
        self.find("#q").send_keys("打印机")
        harness.wait_until("Chinese articles", lambda: any("打印" in one for one in self.texts("#found a")))

    def test_without_script(self) -> None:
        """The search is a plain form: Enter gives a page."""
        self.browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.addCleanup(self.browser.driver.execute_cdp_cmd, "Emulation.setScriptExecutionDisabled", {"value": False})
        self.go("/kb/?lang=nb")
        self.find("#q").send_keys("passord", Keys.ENTER)
        harness.wait_until("the page", lambda: any("assord" in one for one in self.texts("main .articles a")))
        self.assertIn("lang=nb", self.browser.driver.current_url)

    def test_languages(self) -> None:
        """The switch leads from an article to its translation, and the choice goes along."""
        self.go("/kb/vpn-drops")
        self.assertEqual(["VPN drops every hour"], self.texts("h1"))
        self.find(".languages a[lang=nb]").click()
        harness.wait_until("the translation", lambda: self.texts("h1") == ["VPN kobler fra hver time"])
        self.assertEqual("nb", self.find("html").get_attribute("lang"))
        self.find(".name a").click()
        harness.wait_until("the start page", lambda: self.texts("h1") == ["Hjelpeartikler"])
        self.go(self.find(".topics a[href*='tag=vpn&']").get_dom_attribute("href"))
        self.assertIn("VPN kobler fra hver time", self.texts(".articles a"))

    def test_helped(self) -> None:
        """The page thanks, a reader's words are kept, and the count shows on the start page."""
        self.go("/kb/router-lamp")
        self.find("#words").send_keys("Mine is blue, says «nothing» <b>.")
        self.find("button[name=helped][value=no]").click()
        harness.wait_until("the thanks", lambda: "Thank you" in "".join(self.texts(".thanks")))
        self.browser.shot("kb-thanks")
        self.assertEqual([], self.browser.barriers())
        self.go("/kb/router-lamp")
        self.find("button[name=helped][value=yes]").click()
        harness.wait_until("the thanks", lambda: self.texts(".thanks"))
        self.go("/kb/")
        harness.wait_until("the most helpful", lambda: "Helped most people" in self.texts("h2"))
        told = self.desk.spocctl("kb", "feedback", "router-lamp")
        self.assertEqual((1, 1), (told[0]["helped"], told[0]["unhelped"]))
        self.assertEqual("Mine is blue, says «nothing» <b>.", told[1]["words"])

    def test_pictures(self) -> None:
        """A public article's picture is there, an internal one's is not, and no path leads out."""
        self.go("/kb/router-lamp")
        harness.wait_until("the picture", lambda: self.browser.driver.execute_script(
            "return document.querySelector('article img').naturalWidth") == 600)
        url = self.desk.url + "/kb/router-lamp/files/pictures/lamp.png"
        with urllib.request.urlopen(url) as answer:
            tag = answer.headers["ETag"]
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(urllib.request.Request(url, headers={"If-None-Match": tag}))
        self.assertEqual(304, caught.exception.code)
        self.assertEqual(404, self.desk.get("/kb/router-secret")[0])
        for path in ("router-secret/files/pictures/secret.png", "router-lamp/files/pictures/secret.png",
                     "router-lamp/files/en/router-lamp.md", "router-lamp/files/..%2f..%2fspoc.toml"):
            self.assertIn(self.desk.get("/kb/" + path)[0], (400, 404), path)

    def test_print(self) -> None:
        """On paper the article stands alone."""
        self.go("/kb/router-lamp")
        self.browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.browser.shot("kb-print")
        self.assertTrue(self.find("article").is_displayed())
        for part in (".search", ".helped", ".languages", "footer"):
            self.assertFalse(self.find(part).is_displayed(), part)


if __name__ == "__main__":
    unittest.main()
