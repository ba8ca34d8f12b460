# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures and files, by button, drag and paste, to the agents' mail and from it; and what is not let in."""

from __future__ import annotations

import base64
import http.client
import json
import struct
import sys
import unittest
import urllib.error
import urllib.request
import zlib

import websocket

import harness
import shapes
from browser import Browser
from people import Person

sys.path.insert(0, str(harness.ROOT / "tests" / "fakes"))
import clamd  # noqa: E402  pylint: disable=wrong-import-position

DROP = """
const [name, type, text, kind] = arguments, root = document.querySelector("spoc-chat").shadowRoot;
const carried = new DataTransfer();
carried.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, {type}));
const how = {bubbles: true, composed: true, cancelable: true};
if (kind === "paste") root.querySelector("[data-test=input]").dispatchEvent(new ClipboardEvent("paste", {...how, clipboardData: carried}));
else for (const one of ["dragover", "drop"])
  root.querySelector("[data-test=panel]").dispatchEvent(new DragEvent(one, {...how, dataTransfer: carried}));
"""
FILES = """return [...root.querySelectorAll("[data-test=files] a")].map((a) => [a.textContent, a.href,
  a.querySelector("img")?.naturalWidth || 0])"""


def png(width: int = 60, height: int = 40) -> bytes:
    """A picture of one colour."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\x00" + b"\x2f\x6b\xcb" * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Stage(harness.Story):
    """Mail servers, a desk, and the widget's ways without a page."""

    settings = {"chat": {"gathering": "2s", "file_size": 2, "origins": ["https://intranet.example.org"]}}

    def greet(self) -> tuple[websocket.WebSocket, str]:
        """A widget without a page, and its session."""
        wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=20, origin=self.desk.url)
        self.addCleanup(wire.shutdown)
        wire.send(json.dumps({"t": "hello", "session": None, "last": 0, "language": "en"}))
        welcome = json.loads(wire.recv())
        self.assertEqual(2 << 20, welcome["files"]["bytes"])
        return wire, welcome["session"]

    def post(self, session: str, name: str, content: bytes, ref: str = "f1", **more: str) -> tuple[int, dict]:
        """Hands a file in as the widget does."""
        headers = {"X-Spoc-Session": session, "X-Spoc-Ref": ref, "X-Spoc-Name": urllib.request.quote(name),
                   "Content-Type": "application/octet-stream", "Origin": self.desk.url, **more}
        request = urllib.request.Request(self.desk.url + "/chat/file", content, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as fault:
            body = fault.read()
            return fault.code, json.loads(body) if body.startswith(b"{") else {}


class FileStory(Stage):
    """A visitor and an agent show one another things."""

    def test_both_ways(self) -> None:
        """Three files by three ways reach the agent as attachments; the agent's own appear in the widget."""
        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        self.addCleanup(sam.leave)
        picture = self.folder / "skjermbilde å.png"
        picture.write_bytes(png())
        browser.dress()
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.type("This is what I see:")
        browser.wait_for_line("This is what I see", "delivered")
        self.assertTrue(browser.part("attach").is_displayed())
        browser.part("file").send_keys(str(picture))
        browser.wait_for_line("skjermbilde", "delivered")
        browser.driver.execute_script(DROP, "trace.log", "text/plain", "b25lCnR3bwo=", "drop")
        browser.wait_for_line("trace.log", "delivered")
        browser.driver.execute_script(DROP, "clip.gif", "image/gif", "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=", "paste")
        browser.wait_for_line("clip.gif", "delivered")
        harness.wait_until("the pictures", lambda: [one[2] for one in browser.inside(FILES)] == [60, 0, 1])
        browser.shot("files")
        self.assertEqual([], browser.barriers())
        notice = sam.wait_for("the notice", lambda mail: "clip.gif" in mail.attachments())
        self.assertEqual({"skjermbilde å.png": png(), "trace.log": b"one\ntwo\n"},
                         {name: content for name, content in notice.attachments().items() if name != "clip.gif"})
        sam.reply(notice, "Look here:", files={"answer.png": png(30, 30), "driver.bin": b"\x00\x01" * 500})
        browser.wait_for_line("Look here", "answer")
        harness.wait_until("the agent's picture", lambda: [one[2] for one in browser.inside(FILES)] == [60, 0, 1, 30, 0])
        name, url, _ = browser.inside(FILES)[-1]
        self.assertEqual("driver.bin", name)
        with urllib.request.urlopen(url) as answer:
            self.assertEqual(b"\x00\x01" * 500, answer.read())
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(url[:-1] + ("0" if url[-1] != "0" else "1"))
        self.assertEqual(404, caught.exception.code)
        # Back after a reload, pictures and all.
        browser.open(self.desk.url + "/")
        browser.connected()
        harness.wait_until("the pictures again", lambda: [one[2] for one in browser.inside(FILES)] == [60, 0, 1, 30, 0])
        browser.driver.execute_script(DROP, "run.exe", "application/octet-stream", "TVo=", "drop")
        self.assertIn("run.exe can't be sent", browser.part("notice").text)

    def test_pictures_in_the_text(self) -> None:
        """What an agent pastes among their words is a picture in the widget, once; logo and quoted pictures are not."""
        browser = Browser(self.folder / "profile-two")
        self.addCleanup(browser.leave)
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.type("Which key is it?")
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "Which key is it?" in mail.text)
        pictures = {"key@example.org": png(70, 40), "logo@example.org": png(80, 20), "old@example.org": png(90, 20)}

        def answer(words: str) -> None:
            quoted = notice.as_quoted()
            line = f"On Monday {quoted.name} <{quoted.sender}> wrote:"
            markup = (f'<div>{words} <img src="cid:key@example.org" alt="key"></div><div class="moz-signature">Sam '
                      f'<img src="cid:logo@example.org"></div><div class="moz-cite-prefix">{line}</div><blockquote '
                      f'type="cite">{quoted.html}<img src="cid:old@example.org"></blockquote>')
            text = f"{words}\n-- \nSam\n\n{line}\n{shapes.marked(quoted.text)}"
            thread = {"In-Reply-To": notice["Message-ID"], "References": notice["Message-ID"]}
            sam.post(shapes.related(text, markup, pictures), "Re: " + notice["Subject"], notice.reply_address, "thunderbird", thread)

        answer("The blue one:")
        browser.wait_for_line("The blue one:", "answer")
        harness.wait_until("the picture", lambda: [one[2] for one in browser.inside(FILES)] == [70])
        answer("Hold it down.")
        browser.wait_for_line("Hold it down.", "answer")
        self.assertEqual([70], [one[2] for one in browser.inside(FILES)])

    def test_twice_is_once(self) -> None:
        """A file that is handed in again under its ref has the number it had."""
        wire, session = self.greet()
        first = self.post(session, "a.png", png())
        self.assertEqual((201, 1), (first[0], first[1]["seq"]))
        self.assertEqual(first, self.post(session, "a.png", png()))
        frames = [json.loads(wire.recv()) for _ in range(3)]
        self.assertEqual(["kept", "line", "kept"], [frame["t"] for frame in frames])
        self.assertEqual("a.png", frames[1]["files"][0]["name"])

    def test_refused(self) -> None:
        """Programs, disguises, too large, strangers, foreign pages: each with its status, nothing kept."""
        _, session = self.greet()
        cases = {
            "a program": (415, "setup.exe", b"MZ\x90\x00", {}),
            "a program by another name": (415, "report.txt", b"MZ\x90\x00", {}),
            "a program behind a picture's name": (415, "photo.png.exe", png(), {}),
            "a page that says it is a picture": (415, "photo.png", b"<script>alert(1)</script>", {}),
            "a drawing, which may hold scripts": (415, "logo.svg", b"<svg/>", {}),
            "nothing": (415, "empty.txt", b"", {}),
            "a foreign page": (403, "a.png", png(), {"Origin": "https://evil.example.com"}),
            "a stranger": (409, "a.png", png(), {"X-Spoc-Session": "0" * 64}),
            "no ref": (400, "a.png", png(), {"X-Spoc-Ref": ""}),
        }
        for what, (status, name, content, more) in cases.items():
            with self.subTest(what):
                self.assertEqual(status, self.post(session, name, content, **more)[0])
        self.assertEqual(201, self.post(session, "a.png", png(), Origin="https://intranet.example.org")[0])

    def test_large(self) -> None:
        """What is too large is not read: not from a visitor, and far less from a stranger."""
        _, session = self.greet()
        for given, size, status in ((session, (2 << 20) + 1, 413), ("0" * 64, (1 << 20) + 1, 409)):
            line = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=20)
            line.putrequest("POST", "/chat/file")
            for name, value in {"X-Spoc-Session": given, "X-Spoc-Ref": "r", "X-Spoc-Name": "a.txt",
                                "Content-Length": str(size), "Origin": self.desk.url}.items():
                line.putheader(name, value)
            line.endheaders()
            self.assertEqual(status, line.getresponse().status)
            line.close()
        self.assertEqual(201, self.post(session, "a.txt", b"x" * (2 << 20))[0])


class ScannedStory(Stage):
    """A desk with a virus scanner."""

    port = harness.free_port()
    settings = {**Stage.settings, "desk": {"clamd": f"127.0.0.1:{port}"}}

    def test_scanner(self) -> None:
        """Held while the scanner is away; then what it finds something in is refused, in the page's language."""
        sam = Person(self.servers, "Sam Example", "sam@example.org")
        self.addCleanup(sam.leave)
        wire, session = self.greet()
        self.assertEqual(201, self.post(session, "away.txt", b"words", "f1")[0])
        line = next(frame for frame in iter(lambda: json.loads(wire.recv()), None) if frame["t"] == "line")
        self.assertEqual("away.txt", line["text"])
        self.assertFalse(line.get("files"), "what is held gets no link")
        notice = sam.wait_for("the notice", lambda mail: "away.txt" in mail.text)
        self.assertIn("could not be looked through for viruses", notice.text)
        self.assertEqual({}, notice.attachments())

        scanner = clamd.Clamd(self.port)
        self.addCleanup(scanner.stop)
        status, said = self.post(session, "bad.txt", clamd.MARK, "f2")
        self.assertEqual((422, "virus"), (status, said["why"]))
        self.assertEqual(201, self.post(session, "good.txt", b"words", "f3")[0])
        shown = self.desk.ticket(notice.ticket)
        self.assertEqual(["away.txt", "good.txt"], [one["text"] for one in shown["messages"]])
        self.assertIn(("desk", "file refused", "bad.txt carries a virus: Test.Mark"),
                      [(one["who"], one["what"], one["detail"]) for one in shown["trail"]])
        self.assertIn("file refused", self.desk.said())

        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        browser.open(self.desk.url + "/")
        browser.connected()
        browser.driver.execute_script("document.documentElement.lang = 'nb'")
        bad = base64.b64encode(clamd.MARK).decode()
        browser.driver.execute_script(DROP, "bad.txt", "text/plain", bad, "drop")
        harness.wait_until("the refusal", lambda: "bad.txt er ikke tatt imot" in browser.part("notice").text)
        browser.driver.execute_script(DROP, "good.txt", "text/plain", "d29yZHM=", "drop")
        browser.wait_for_line("good.txt", "delivered")


if __name__ == "__main__":
    unittest.main()
