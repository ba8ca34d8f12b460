# SPDX-License-Identifier: GPL-3.0-or-later
"""A person in front of headless Chromium, with the widget on a page."""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

import harness

AXE = harness.ROOT / "build" / "web" / "node_modules" / "axe-core" / "axe.min.js"

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
         "--window-size=1280,900", "--lang=en-GB")

LINES = """
const root = document.querySelector("spoc-chat")?.shadowRoot;
return root ? [...root.querySelectorAll("[data-test=line]")].map((line) => ({
  text: line.querySelector("[data-test=text]").textContent, state: line.dataset.state,
  by: line.classList.contains("you") ? "you" : line.querySelector("[data-test=agent]")?.textContent})) : [];
"""


class Browser:
    """Headless Chromium with the widget on a page."""

    def __init__(self, profile: pathlib.Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(30)

    def leave(self) -> None:
        """Ends the browser."""
        self.driver.quit()

    def part(self, name: str) -> WebElement:
        """A part of the widget, by its data-test name."""
        def find() -> WebElement | None:
            found = self.driver.find_elements(By.CSS_SELECTOR, "spoc-chat")
            inner = found[0].shadow_root.find_elements(By.CSS_SELECTOR, f"[data-test={name}]") if found else []
            return inner[0] if inner else None
        found = harness.wait_until(f"{name} in the widget", find)
        assert found
        return found

    def open(self, url: str) -> None:
        """Goes to the page and opens the widget, unless it has stayed open."""
        self.driver.get(url)
        opener = self.part("open")
        if opener.is_displayed():
            opener.click()
        harness.wait_until("the widget to open", self.part("panel").is_displayed)

    def close_page(self) -> None:
        """Closes the tab; another, empty one takes its place."""
        page = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        empty = self.driver.current_window_handle
        self.driver.switch_to.window(page)
        self.driver.close()
        self.driver.switch_to.window(empty)

    def connected(self) -> None:
        """Until the widget has its line to the desk."""
        harness.wait_until("the widget to be connected", lambda: self.part("status").text == "Connected", 90)

    def type(self, words: str) -> None:
        """One line, with Enter."""
        self.part("input").send_keys(words, Keys.ENTER)

    def lines(self) -> list[dict[str, Any]]:
        """What the widget shows: text, state and author."""
        return self.driver.execute_script(LINES)

    def wait_for_line(self, words: str, state: str, timeout: float = harness.PATIENCE) -> None:
        """Until a line with these words is in that state."""
        def shown() -> bool:
            return any(words in one["text"] and one["state"] == state for one in self.lines())
        try:
            harness.wait_until(f"the line \"{words}\" to be {state}", shown, timeout)
        except AssertionError as fault:
            raise AssertionError(f"{fault}\n--- widget: {self.lines()}\n--- console: {self.complaints()}") from None

    def complaints(self) -> list[str]:
        """What the page wrote to the console as an error, without refused connections."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] == "SEVERE" and "ERR_CONNECTION" not in entry["message"]]

    def shot(self, name: str) -> None:
        """A picture of the page, where the caller wants pictures."""
        folder = os.environ.get("SPOC_SHOTS")
        if folder:
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(pathlib.Path(folder) / f"{name}.png"))

    def inside(self, script: str, *arguments: object) -> Any:
        """Runs a script for which `root` is the widget's shadow root."""
        return self.driver.execute_script('const root = document.querySelector("spoc-chat").shadowRoot;' + script, *arguments)

    def focused(self) -> str:
        """The data-test name of what has the focus in the widget."""
        return self.inside("return root.activeElement?.dataset.test || ''")

    def dress(self, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """The screen and its colours."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            scheme, {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands."""
        if not AXE.exists():
            raise AssertionError(f"{AXE} is missing; run scripts/web-tools")
        # By the debugger's door: the page's own policy lets no foreign script in.
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
        # The size of targets (WCAG 2.2, 2.5.8) is not asked for by default.
        told = self.driver.execute_cdp_cmd("Runtime.evaluate", {"awaitPromise": True, "returnByValue": True, "expression":
            "axe.run({rules: {'target-size': {enabled: true}}}).then((found) => JSON.stringify(found.violations.map((one) => one.id + ': ' + one.nodes.map("
            "(node) => node.target.flat().join(' ') + ' ' + node.failureSummary).join(' | '))))"})
        return json.loads(told["result"]["value"])
