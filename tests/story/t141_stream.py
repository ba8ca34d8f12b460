# SPDX-License-Identifier: GPL-3.0-or-later
"""Where WebSocket is blocked, the same chat goes over an event stream: nobody notices."""

from __future__ import annotations

import json
import unittest
import urllib.error
import urllib.request

import harness
from browser import Browser
from people import Person
from places import Cable


class StreamStory(harness.Story):
    """A visitor behind a proxy that knows no WebSocket."""

    settings = {"chat": {"gathering": "1s", "origins": ["https://intranet.example.org"]}}

    def open_stream(self, origin: str) -> tuple[object, str]:
        """An event stream and its name, as a browser opens it."""
        request = urllib.request.Request(self.desk.url + "/chat", headers={"Accept": "text/event-stream", "Origin": origin})
        stream = urllib.request.urlopen(request, timeout=20)
        self.addCleanup(stream.close)
        self.assertEqual(origin, stream.headers["Access-Control-Allow-Origin"])
        self.assertEqual(b"event: name\n", stream.readline())
        name = stream.readline().decode().removeprefix("data: ").strip()
        self.assertEqual(b"\n", stream.readline())
        return stream, name

    def speak(self, name: str, frame: dict | bytes, origin: str) -> int:
        """One frame; the status of the answer."""
        body = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
        request = urllib.request.Request(f"{self.desk.url}/chat?to={name}", body, {"Origin": origin, "Content-Type": "text/plain"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as fault:
            return fault.code

    def hear(self, stream: object, wanted: str) -> dict:
        """Frames until one of that kind."""
        while True:
            line = stream.readline()  # type: ignore[attr-defined]
            self.assertNotEqual(b"", line)
            if line.startswith(b"data: "):
                frame = json.loads(line[6:])
                if frame["t"] == wanted:
                    return frame

    def test_browser(self) -> None:
        """A chat with an answer, over a restart and a cut, without one WebSocket."""
        cable = Cable(self.desk.port, deaf=True)
        browser = Browser(self.folder / "profile")
        self.addCleanup(browser.leave)
        sam = Person(self.servers, "Sam Example", "sam@example.org", "gmail")
        self.addCleanup(sam.leave)
        browser.open(cable.url + "/")
        browser.connected()
        browser.type("No sockets here")
        browser.wait_for_line("No sockets here", "delivered")
        self.assertEqual(1, self.desk.metric("spoc_chat_sockets"))
        notice = sam.wait_for("the notice", lambda mail: mail.kind == "opened" and "No sockets here" in mail.text)
        sam.reply(notice, "Streams will do.")
        browser.wait_for_line("Streams will do.", "answer")
        self.desk.kill9()
        browser.type("Said while the desk was down")
        self.desk.start()
        browser.wait_for_line("Said while the desk was down", "delivered", 90)
        cable.cut()
        harness.wait_until("the widget to notice", lambda: browser.part("status").text != "Connected")
        cable.mend()
        browser.connected()
        browser.open(cable.url + "/")
        browser.connected()
        self.assertEqual(["No sockets here", "Streams will do.", "Said while the desk was down"],
                         [line["text"] for line in browser.lines()])
        browser.driver.get("about:blank")
        harness.wait_until("the desk to see the visitor go", lambda: self.desk.metric("spoc_chat_sockets") == 0)

    def test_frames(self) -> None:
        """The same frames as on a socket; who does not know the stream's name says nothing on it."""
        home = "https://intranet.example.org"
        stream, name = self.open_stream(home)
        self.assertEqual(204, self.speak(name, {"t": "hello", "session": None, "last": 0, "language": "nb"}, home))
        self.hear(stream, "welcome")
        self.assertEqual(204, self.speak(name, {"t": "line", "ref": "r1", "text": "hei"}, home))
        self.assertEqual(1, self.hear(stream, "kept")["seq"])
        self.assertEqual("hei", self.hear(stream, "line")["text"])
        self.assertEqual(204, self.speak(name, b"no json", home))
        self.assertEqual("bad_frame", self.hear(stream, "no")["why"])
        self.assertEqual(404, self.speak("0" * 32, {"t": "ping"}, home))
        self.assertEqual(404, self.speak("", {"t": "ping"}, home))
        self.assertEqual(403, self.speak(name, {"t": "ping"}, "https://evil.example.com"))
        self.assertEqual(413, self.speak(name, b"x" * 70_000, home))

    def test_foreign_page(self) -> None:
        """A page that may not chat gets no stream."""
        request = urllib.request.Request(self.desk.url + "/chat", headers={"Accept": "text/event-stream",
                                                                           "Origin": "https://evil.example.com"})
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=20)
        self.assertEqual(403, caught.exception.code)

    def test_too_fast(self) -> None:
        """Who floods the stream loses it."""
        stream, name = self.open_stream(self.desk.url)
        told = {self.speak(name, {"t": "ping"}, self.desk.url) for _ in range(80)}
        self.assertEqual({204, 404}, told)
        self.assertIn(b"1008", stream.read())  # type: ignore[attr-defined]


if __name__ == "__main__":
    unittest.main()
