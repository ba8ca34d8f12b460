# SPDX-License-Identifier: GPL-3.0-or-later
"""How widget and desk get along: a chat that goes to another team, bad lines, foreign pages, sound, and what goes over the wire."""

from __future__ import annotations

import gzip
import http.client
import select
import socket
import threading
import unittest
import urllib.request

import harness
from browser import Browser
from people import Person
from places import Cable, Intranet
from servers import free_port

# A pause with jitter is no whole number of milliseconds; it is written down and hardly waited for.
HURRY = """
window.waits = [];
const real = window.setTimeout;
window.setTimeout = (deed, time, ...more) => {
  const pause = time >= 500 && !Number.isInteger(time);
  if (pause) window.waits.push(time);
  return real(deed, pause ? 20 : time, ...more);
};
"""
EARS = """
window.tones = 0;
window.AudioContext = class { currentTime = 0; destination = {}; };
window.GainNode = class { gain = { setTargetAtTime() {} }; connect(next) { return next; } };
window.OscillatorNode = class { connect(next) { return next; } start() { window.tones += 1; } stop() {} };
"""
PROGRESS = "return root.querySelector('[data-test=upload] progress')?.value"


class Narrow(Cable):
    """Reads no upload before `opened` is set, and answers the first `refusals` of them with 503 itself."""

    def __init__(self, port: int) -> None:
        self.opened = threading.Event()
        self.refusals = 0
        self.uploads = 0
        super().__init__(port)

    def mend(self) -> None:
        super().mend()
        assert self._listener
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)

    def _pump(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        try:
            while True:
                for end in select.select([near, far], [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if end is near and data.startswith(b"POST /chat/file"):
                        self.uploads += 1
                        self.opened.wait(60)
                        if self.refusals:
                            self.refusals -= 1
                            return self._refuse(near, data)
                    other[end].sendall(data)
        except OSError:
            return

    def _refuse(self, near: socket.socket, data: bytes) -> None:
        """As a proxy does whose desk is away."""
        while b"\r\n\r\n" not in data:
            data += near.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        come = len(body)
        while come < length:
            come += len(near.recv(1 << 20))
        near.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Manners(harness.Story):
    """One desk of two teams, one browser; each test begins a conversation of its own."""

    page_port = free_port()
    settings = {"chat": {"gathering": "1s", "file_size": 10, "origins": [f"http://127.0.0.1:{page_port}"]},
                "team": [{"name": "it", "members": ["sam"]}, {"name": "network", "members": ["kari"]}]}
    browser: Browser

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.browser = Browser(cls.folder / "profile")
        cls.addClassCleanup(cls.browser.leave)

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address, "gmail")
        self.addCleanup(found.leave)
        return found

    def fresh(self, url: str, script: str = "") -> Browser:
        """The widget, open, where nothing is remembered; `script` runs in the page before its own."""
        driver = self.browser.driver
        driver.get(url)
        driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        driver.get("about:blank")
        if script:
            made = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
            self.addCleanup(driver.execute_cdp_cmd, "Page.removeScriptToEvaluateOnNewDocument", made)
        self.browser.open(url)
        self.browser.connected()
        return self.browser

    def test_other_team(self) -> None:
        """Sam gives the chat to the network team in the middle of it: no line is lost, and theirs is the next answer."""
        sam, kari = self.person("Sam Example", "sam@example.org"), self.person("Kari Eksempel", "kari@example.org")
        browser = self.fresh(self.desk.url + "/")
        browser.type("The wireless is slow in room 12")
        browser.wait_for_line("room 12", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "room 12" in mail.text)
        sam.reply(notice, "/assign network\n/note\nIt is the antenna again.")
        browser.type("Said while it was passed on")
        browser.wait_for_line("Said while", "delivered")
        given = kari.wait_for_kind("assigned", notice.ticket)
        self.assertEqual("network", self.desk.ticket(notice.ticket)["ticket"]["team"])
        browser.type("And in the corridor")
        browser.wait_for_line("in the corridor", "delivered")
        wrote = kari.wait_for("the newest line", lambda mail: mail.kind == "wrote" and "in the corridor" in mail.text)
        kari.reply(wrote, "We have a look at the antenna now.")
        browser.wait_for_line("a look at the antenna", "answer")
        said = ["The wireless is slow in room 12", "Said while it was passed on", "And in the corridor", "We have a look at the antenna now."]
        self.assertEqual(said, [line["text"] for line in browser.lines()])
        self.assertEqual(["you", "you", "you", "Kari Eksempel"], [line["by"] for line in browser.lines()])
        self.assertNotIn("antenna again", browser.part("panel").text)
        heard = "\n".join(mail.text for mail in kari.inbox() if mail.ticket == notice.ticket)
        for line in said[:3]:
            self.assertIn(line, heard)
        self.desk.settle()
        after = [mail for mail in sam.inbox() if mail.ticket == notice.ticket and "in the corridor" in mail.text]
        self.assertEqual([], after, "it is the other team's now")
        self.assertEqual(given.ticket, notice.ticket)

    def test_pauses(self) -> None:
        """Tries come with growing pauses and jitter, at most a minute, and what was typed goes once there is a way."""
        cable = Cable(self.desk.port)
        browser = self.fresh(cable.url + "/", HURRY)
        cable.cut()
        waits = harness.wait_until("twelve tries", lambda: (told := browser.driver.execute_script("return window.waits"))[11:] and told)
        shares = [wait / min(60_000, 1000 * 2 ** number) for number, wait in enumerate(waits)]
        for share in shares:
            self.assertTrue(0.5 <= share <= 1, waits)
        self.assertGreater(max(shares) - min(shares), 0.05, waits)
        browser.type("Typed without a way")
        cable.mend()
        browser.wait_for_line("Typed without a way", "delivered", 90)
        browser.driver.get("about:blank")

    def test_upload(self) -> None:
        """The bar shows how far a file has come; a gateway's 503 is no end: the file goes again, and is there once."""
        cable = Narrow(self.desk.port)
        large = self.folder / "large.txt"
        large.write_bytes(b"0123456789abcde\n" * (9 << 16))
        browser = self.fresh(cable.url + "/")
        browser.type("Here comes a file")
        browser.wait_for_line("Here comes a file", "delivered")
        cable.refusals = 1
        browser.part("file").send_keys(str(large))
        come = harness.wait_until("some of it to go", lambda: browser.inside(PROGRESS))
        self.assertLess(come, 1)
        self.assertEqual("Sending large.txt", browser.inside("return root.querySelector('[data-test=upload] progress').ariaLabel"))
        browser.dress()
        self.assertEqual([], browser.barriers())
        cable.opened.set()
        browser.wait_for_line("large.txt", "delivered", 90)
        self.assertFalse(browser.part("uploads").is_displayed())
        self.assertEqual(2, cable.uploads)
        found = next(one for one in self.desk.tickets() if one["subject"] == "Here comes a file")
        files = [file for message in self.desk.ticket(found["id"])["messages"] for file in message.get("attachments", [])]
        self.assertEqual(1, len(files), files)
        browser.driver.get("about:blank")

    def test_sound(self) -> None:
        """None unless it was switched on; then for an answer that is not before the reader's eyes, also after a reload."""
        sam = self.person("Sam Example", "sam@example.org")
        browser = self.fresh(self.desk.url + "/", EARS)
        tones = lambda: browser.driver.execute_script("return window.tones")
        browser.type("Do you hear me?")
        browser.wait_for_line("Do you hear me?", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "hear me" in mail.text)
        browser.part("close").click()
        sam.reply(notice, "In silence.")
        harness.wait_until("the badge", lambda: browser.part("badge").text == "1")
        self.assertEqual(0, tones())
        browser.part("open").click()
        browser.part("more").click()
        self.assertEqual("Sound on", browser.part("sound").text)
        browser.part("sound").click()
        self.assertEqual(2, tones(), "as a sample")
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.part("close").click()
        sam.reply(notice, "Aloud.")
        harness.wait_until("the badge", lambda: browser.part("badge").text == "1")
        self.assertEqual(2, tones())
        browser.part("open").click()
        sam.reply(notice, "Before your eyes.")
        browser.wait_for_line("Before your eyes.", "answer")
        self.assertEqual(2, tones())

    def test_sound_in_tabs(self) -> None:
        """What one tab shows makes no other tab ring, and what none shows rings in one of them."""
        sam = self.person("Sam Example", "sam@example.org")
        browser = self.fresh(self.desk.url + "/", EARS)
        driver = browser.driver
        tones = lambda: driver.execute_script("return window.tones")
        browser.type("Who hears me?")
        browser.wait_for_line("Who hears me?", "delivered")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "Who hears me" in mail.text)
        browser.part("more").click()
        browser.part("sound").click()
        driver.execute_script("Object.defineProperty(document, 'hidden', {get: () => true}); window.tones = 0")
        first = driver.current_window_handle
        driver.switch_to.new_window("tab")
        browser.open(self.desk.url + "/")
        browser.connected()
        driver.execute_script(EARS)
        sam.reply(notice, "Here you see it.")
        browser.wait_for_line("Here you see it.", "answer")
        browser.part("close").click()
        sam.reply(notice, "Here you hear it.")
        harness.wait_until("the badge", lambda: browser.part("badge").text == "1")
        harness.wait_until("the tones", lambda: tones() == 2)
        driver.close()
        driver.switch_to.window(first)
        browser.wait_for_line("Here you hear it.", "answer")
        self.assertEqual(0, tones())

    def test_own_copy(self) -> None:
        """A page that serves the script itself says where the desk is; only scheme, host and port of that count."""
        with urllib.request.urlopen(self.desk.url + "/widget.js") as answer:
            copy = answer.read()
        page = Intranet(self.desk.url, attributes=f'data-server="{self.desk.url}/some/where?else"', port=self.page_port, copy=copy)
        self.addCleanup(page.leave)
        browser = self.fresh(page.url)
        browser.type("From a copy")
        browser.wait_for_line("From a copy", "delivered")
        self.assertEqual([f"spoc:{self.desk.url}"], browser.driver.execute_script("return Object.keys(localStorage)"))
        self.assertEqual([], browser.driver.execute_script("return window.violations"))

    def test_stream_from_elsewhere(self) -> None:
        """A page of another origin, and no WebSocket: stream, lines and files all the same."""
        page = Intranet(Cable(self.desk.port, deaf=True).url, port=self.page_port)
        self.addCleanup(page.leave)
        small = self.folder / "small.txt"
        small.write_text("words", "utf-8")
        browser = self.fresh(page.url)
        browser.type("By a stream from elsewhere")
        browser.wait_for_line("from elsewhere", "delivered")
        browser.part("file").send_keys(str(small))
        browser.wait_for_line("small.txt", "delivered")
        self.assertEqual([], browser.driver.execute_script("return window.violations"))
        browser.driver.get("about:blank")

    # -- without a browser

    def ask(self, method: str, path: str, source: str = "127.0.0.1", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One request; the answer and its body."""
        line = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=30, source_address=(source, 0))
        try:
            line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer, answer.read()
        finally:
            line.close()

    def test_asked_beforehand(self) -> None:
        """What a browser asks before a request of another origin, for the stream, its lines and files."""
        home = f"http://127.0.0.1:{self.page_port}"
        for path, method in (("/chat", "GET"), ("/chat?to=x", "POST"), ("/chat/file", "POST")):
            with self.subTest(path):
                wish = {"Access_Control_Request_Method": method, "Access_Control_Request_Private_Network": "true"}
                answer, body = self.ask("OPTIONS", path, Origin=home, **wish)
                self.assertEqual((204, b""), (answer.status, body))
                self.assertEqual(home, answer.headers["Access-Control-Allow-Origin"])
                self.assertEqual("true", answer.headers["Access-Control-Allow-Private-Network"])
                self.assertIn(method, answer.headers["Access-Control-Allow-Methods"].split(", "))
                self.assertIn("content-type", answer.headers["Access-Control-Allow-Headers"])
                self.assertIn("Origin", answer.headers["Vary"])
                self.assertIsNone(answer.headers["Access-Control-Allow-Credentials"])
                unasked, _ = self.ask("OPTIONS", path, Origin=home, Access_Control_Request_Method=method)
                self.assertIsNone(unasked.headers["Access-Control-Allow-Private-Network"])
                foreign, _ = self.ask("OPTIONS", path, Origin="https://evil.example.com", **wish)
                self.assertEqual(403, foreign.status)
                self.assertIsNone(foreign.headers["Access-Control-Allow-Origin"])
                self.assertIsNone(foreign.headers["Access-Control-Allow-Private-Network"])
        asked, _ = self.ask("OPTIONS", "/chat/file", Origin=home)
        self.assertLessEqual({"x-spoc-session", "x-spoc-ref", "x-spoc-name"}, set(asked.headers["Access-Control-Allow-Headers"].split(", ")))

    def test_gzipped(self) -> None:
        """Whoever takes gzip gets it, with length and tag of that form; HEAD says the same; who has it gets nothing."""
        line = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=30)
        self.addCleanup(line.close)

        def on_the_line(method: str, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
            line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        for path in ("/widget.js", "/portal.css", "/portal.js", "/index.css", "/"):
            with self.subTest(path):
                _, plain, whole = on_the_line("GET", path)
                status, packed, squeezed = on_the_line("GET", path, Accept_Encoding="gzip, deflate, br")
                self.assertEqual((200, "gzip", None), (status, packed["Content-Encoding"], plain["Content-Encoding"]))
                self.assertEqual(whole, gzip.decompress(squeezed))
                self.assertLess(len(squeezed), len(whole))
                self.assertNotEqual(plain["ETag"], packed["ETag"])
                for headers, body, accepted in ((plain, whole, "identity"), (packed, squeezed, "gzip")):
                    self.assertEqual((str(len(body)), "Accept-Encoding"), (headers["Content-Length"], headers["Vary"]))
                    status, head, nothing = on_the_line("HEAD", path, Accept_Encoding=accepted)
                    self.assertEqual((200, b""), (status, nothing))
                    for name in ("Content-Length", "Content-Type", "Content-Encoding", "ETag", "Vary"):
                        self.assertEqual(headers[name], head[name], name)
                    status, same, nothing = on_the_line("GET", path, Accept_Encoding=accepted, If_None_Match=headers["ETag"])
                    self.assertEqual((304, b"", headers["ETag"]), (status, nothing, same["ETag"]))
                    self.assertEqual("Accept-Encoding", same["Vary"])
        self.browser.driver.get(self.desk.url + "/")
        sizes = self.browser.driver.execute_script("const one = performance.getEntriesByName(location.origin + '/widget.js')[0];"
                                                   "return [one.encodedBodySize, one.decodedBodySize]")
        self.assertEqual([len(on_the_line("GET", "/widget.js", Accept_Encoding="gzip")[2]),
                          len(on_the_line("GET", "/widget.js")[2])], sizes)

    def test_searches(self) -> None:
        """One address may look through the help pages 600 times at once, and is told to wait; others are not, nor are articles."""
        line = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=30, source_address=("127.0.0.3", 0))
        self.addCleanup(line.close)
        told = []
        while len(told) < 3000 and 429 not in told[-1:]:
            line.request("GET", "/kb?q=zz")
            answer = line.getresponse()
            answer.read()
            told.append(answer.status)
        self.assertEqual({200}, set(told[:600]))
        self.assertEqual(429, told[-1], len(told))
        self.assertEqual(200, self.ask("GET", "/kb/vpn-drops", "127.0.0.3")[0].status)
        self.assertEqual(200, self.ask("GET", "/kb?q=zz", "127.0.0.4")[0].status)


if __name__ == "__main__":
    unittest.main()
