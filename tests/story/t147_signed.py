# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors whom the intranet signs, by each of the three ways: what the manual tells intranets to write, and every wrong word."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest

import websocket

import harness

SECRET = "an intranet's secret of at least 32 bytes"
USER = {"id": "u-17", "name": "Åse Prøvenavn", "mail": "aase@example.net"}
MANUAL = (harness.ROOT / "docs" / "widget.md").read_text("utf-8")

# What stands before a snippet, so that it has a user, and behind it.
STAGES = {
    "python": ("from types import SimpleNamespace\nuser = SimpleNamespace(**{user})\n", "\nprint(token)\n", ["/usr/bin/python3", "-"]),
    "js": ("const user = {user};\n", "\nconsole.log(token);\n", ["node", "--input-type=module", "-"]),
    "php": ("<?php\n$user = json_decode('{user}');\n", "\necho $token;\n", ["php"]),
    "sh": ("user='{user}'\n", '\nprintf %s "$token"\n', ["sh", "-s"]),
}
# Each word that a program is started with, written down: so everybody reads them in the list of processes.
SPY = '#!/bin/sh\nprintf "%s\\n" "$0" "$@" >> "$SPY"\nPATH=${{PATH#*:}}\nexec {program} "$@"\n'


def snippets(language: str) -> list[str]:
    """What the manual shows in that language and makes a token of."""
    found = re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)
    return [one for one in found if re.search(r"token ?= ?", one)]


def coded(value: bytes) -> str:
    """RFC 7515: base64url without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def claims(**other: object) -> dict[str, object]:
    """Those of a good word, and what is to differ; None leaves one out."""
    out: dict[str, object] = {"sub": USER["id"], "name": USER["name"], "email": USER["mail"], "aud": "spoc",
                              "exp": int(time.time()) + 600, **other}
    return {key: value for key, value in out.items() if value is not None}


def unsigned(body: dict[str, object], algorithm: str) -> str:
    """Head and claims."""
    return coded(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()) + "." + coded(json.dumps(body).encode())


def hs256(body: dict[str, object], key: bytes = SECRET.encode(), algorithm: str = "HS256") -> str:
    """Signed with a shared secret."""
    text = unsigned(body, algorithm)
    return text + "." + coded(hmac.new(key, text.encode(), hashlib.sha256).digest())


def hmac_word(user: str, expires: int, key: bytes = SECRET.encode()) -> str:
    """USER.EXPIRES.HEX"""
    text = f"{user}.{expires}"
    return text + "." + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Signed(unittest.TestCase):
    """A desk whose intranet signs by `way`; nobody mails."""

    way = ""
    audience = "spoc"
    desk: harness.Spocd
    folder: pathlib.Path

    @classmethod
    def setUpClass(cls) -> None:
        if not cls.way:
            raise unittest.SkipTest("what the ways have in common")
        cls.folder = harness.make_folder(cls)
        cls.folder.joinpath("desk").mkdir()
        cls.folder.joinpath("desk", "intranet.key").write_bytes(cls.make_key())
        cls.desk = harness.Spocd(cls.folder / "desk", None, {
            "chat": {"gathering": "1s", "identity": cls.way, "identity_audience": cls.audience, "identity_key_file": "intranet.key",
                     "visitor_lines": 0, "lines_per_second": 1000},
            "out": {"way": "maildir"}})
        cls.addClassCleanup(cls.desk.leave_stage)
        cls.desk.start(ready=False)

    @classmethod
    def make_key(cls) -> bytes:
        """What the desk is given."""
        return SECRET.encode() + b"\n"

    def answer(self, token: str | None) -> str:
        """What the desk says to a hello with this word: "signed", "anonymous", or why not."""
        wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=30, origin=self.desk.url)
        try:
            wire.send(json.dumps({"t": "hello", "session": None, "last": 0, "language": "en", **({"token": token} if token else {})}))
            frame = json.loads(wire.recv())
            if frame["t"] == "no":
                return frame["why"]
            self.assertEqual("welcome", frame["t"])
            return "signed" if frame.get("signed") else "anonymous"
        finally:
            wire.shutdown()

    def requester(self, token: str, words: str) -> str:
        """Whose ticket a line under this word goes to: each goes on with the one that is theirs."""
        wire = websocket.create_connection(f"ws://127.0.0.1:{self.desk.port}/chat", timeout=30, origin=self.desk.url)
        try:
            wire.send(json.dumps({"t": "hello", "session": None, "last": 0, "language": "en", "token": token}))
            wire.send(json.dumps({"t": "line", "ref": words, "text": words}))
            while json.loads(wire.recv())["t"] != "kept":
                pass
        finally:
            wire.shutdown()
        shown = [self.desk.ticket(one["id"]) for one in self.desk.tickets()]
        return next(one["ticket"]["requester"] for one in shown if words in [message["reply"] for message in one["messages"]])

    def check(self, words: dict[str, tuple[str, str]]) -> None:
        """Each word by its name, and what the desk must say to it."""
        self.assertEqual("anonymous", self.answer(None))
        for name, (wanted, token) in words.items():
            with self.subTest(name):
                self.assertEqual(wanted, self.answer(token))

    def run_snippet(self, language: str, snippet: str) -> str:
        """The token that it makes, with this stage's own keys; no secret among any program's words."""
        before, after, command = STAGES[language]
        user = USER["mail"] if language == "sh" else json.dumps(USER, ensure_ascii=False)
        text = before.replace("{user}", user) + snippet + after
        text = text.replace("/etc/intranet/spoc.key", str(self.folder / "desk" / "intranet.key"))
        text = text.replace("/etc/intranet/private.pem", str(self.folder / "private.pem"))
        spies = self.folder / "spies"
        spies.mkdir(exist_ok=True)
        for program in ("perl", "openssl", "node", "php"):
            if found := shutil.which(program):
                (spies / program).write_text(SPY.format(program=found), "utf-8")
                (spies / program).chmod(0o755)
        heard = self.folder / "heard.txt"
        heard.write_text("", "utf-8")
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=60, check=False,
                              env={**os.environ, "PATH": f"{spies}:{os.environ['PATH']}", "SPY": str(heard)})
        self.assertEqual((0, b""), (done.returncode, done.stderr), text)
        if language != "python":
            self.assertNotEqual("", heard.read_text("utf-8"), "the spy stood beside the way")
        self.assertNotIn(SECRET, heard.read_text("utf-8"))
        return done.stdout.decode().strip()

    def check_snippet(self, language: str, snippet: str) -> None:
        """What the manual shows is taken, and is who it says."""
        if not shutil.which(STAGES[language][2][0]):
            self.skipTest(f"no {language} on this machine")
        token = self.run_snippet(language, snippet)
        self.assertEqual("signed", self.answer(token), token)
        self.assertEqual(USER["mail"], self.requester(token, f"By {language}"))


class Shared(Signed):
    """hs256"""

    way = "hs256"

    def test_words(self) -> None:
        """Good, over, forged, by other algorithms, for others; and clocks that differ."""
        now = int(time.time())
        good = hs256(claims())
        head, body, signature = good.split(".")
        self.check({
            "good": ("signed", good),
            "among others": ("signed", hs256(claims(aud=["wiki", "spoc"]))),
            "over for as long as clocks may differ": ("signed", hs256(claims(exp=now - 20))),
            "over": ("bad_token", hs256(claims(exp=now - 90))),
            "a clock behind": ("signed", hs256(claims(nbf=now + 40))),
            "not yet": ("bad_token", hs256(claims(nbf=now + 180))),
            "endless": ("bad_token", hs256(claims(exp=None))),
            "nobody": ("bad_token", hs256(claims(sub=None))),
            "for another": ("bad_token", hs256(claims(aud="wiki"))),
            "for anybody": ("bad_token", hs256(claims(aud=None))),
            "another key": ("bad_token", hs256(claims(), b"x" * 40)),
            "another's claims": ("bad_token", f"{head}.{coded(json.dumps(claims(sub='u-18')).encode())}.{signature}"),
            "no signature": ("bad_token", f"{head}.{body}."),
            "alg none": ("bad_token", unsigned(claims(), "none") + "."),
            "alg none, signed": ("bad_token", hs256(claims(), algorithm="none")),
            "alg in small letters": ("bad_token", hs256(claims(), algorithm="hs256")),
            "the other algorithm": ("bad_token", hs256(claims(), algorithm="RS256")),
            "no word at all": ("bad_token", "nonsense"),
        })

    def test_manual(self) -> None:
        """The three stacks' snippets."""
        for language in ("python", "js", "php"):
            with self.subTest(language):
                self.check_snippet(language, next(one for one in snippets(language) if "HS256" in one))


class Public(Signed):
    """rs256"""

    way = "rs256"

    @classmethod
    def make_key(cls) -> bytes:
        for name in ("private", "other"):
            subprocess.run(["openssl", "genrsa", "-out", cls.folder / f"{name}.pem", "2048"], check=True, capture_output=True)
        return subprocess.run(["openssl", "rsa", "-in", cls.folder / "private.pem", "-pubout"], check=True, capture_output=True).stdout

    def rs256(self, body: dict[str, object], key: str = "private", algorithm: str = "RS256", digest: str = "sha256") -> str:
        """Signed with a private key."""
        text = unsigned(body, algorithm)
        done = subprocess.run(["openssl", "dgst", f"-{digest}", "-sign", self.folder / f"{key}.pem"], input=text.encode(), check=True,
                              capture_output=True)
        return text + "." + coded(done.stdout)

    def test_words(self) -> None:
        """The same by a key of two halves, of which everybody may know one."""
        now = int(time.time())
        public = (self.folder / "desk" / "intranet.key").read_bytes()
        head, _, signature = self.rs256(claims()).split(".")
        self.check({
            "good": ("signed", self.rs256(claims())),
            "over for as long as clocks may differ": ("signed", self.rs256(claims(exp=now - 20))),
            "over": ("bad_token", self.rs256(claims(exp=now - 90))),
            "a clock behind": ("signed", self.rs256(claims(nbf=now + 40))),
            "not yet": ("bad_token", self.rs256(claims(nbf=now + 180))),
            "for another": ("bad_token", self.rs256(claims(aud="wiki"))),
            "another key": ("bad_token", self.rs256(claims(), "other")),
            "another digest": ("bad_token", self.rs256(claims(), digest="sha512")),
            "another's claims": ("bad_token", f"{head}.{coded(json.dumps(claims(sub='u-18')).encode())}.{signature}"),
            "the public key as a secret": ("bad_token", hs256(claims(), public)),
            "the public key as a secret, without its last line feed": ("bad_token", hs256(claims(), public.rstrip())),
            "the same, and said to be RS256": ("bad_token", hs256(claims(), public.rstrip(), "RS256")),
            "alg none": ("bad_token", unsigned(claims(), "none") + "."),
            "alg none, signed": ("bad_token", self.rs256(claims(), algorithm="none")),
        })

    def test_manual(self) -> None:
        """Node's snippet."""
        self.check_snippet("js", next(one for one in snippets("js") if "RS256" in one))


class Hash(Signed):
    """hmac"""

    way = "hmac"
    audience = ""

    def test_words(self) -> None:
        """A user, an end and a hash of both."""
        now = int(time.time())
        user, soon = USER["mail"], now + 600
        self.check({
            "good": ("signed", hmac_word(user, soon)),
            "a user without an address": ("signed", hmac_word("u-17", soon)),
            "over for as long as clocks may differ": ("signed", hmac_word(user, now - 20)),
            "over": ("bad_token", hmac_word(user, now - 90)),
            "another key": ("bad_token", hmac_word(user, soon, b"x" * 40)),
            "another user": ("bad_token", hmac_word(user, soon).replace("aase", "aasa")),
            "a later end": ("bad_token", hmac_word(user, now - 90).replace(f".{now - 90}.", f".{soon}.")),
            "the end and the user shifted": ("bad_token", hmac_word("1", soon).replace(f"1.{soon}.", f".1{soon}.")),
            "cut": ("bad_token", hmac_word(user, soon)[:-1]),
            "no hash": ("bad_token", f"{user}.{soon}."),
            "nobody": ("bad_token", hmac_word("", soon)),
            "a JWT with the same key": ("bad_token", hs256(claims())),
        })

    def test_manual(self) -> None:
        """The shell's snippet; the key is on nobody's screen."""
        self.assertEqual(1, len(snippets("sh")))
        self.check_snippet("sh", snippets("sh")[0])


if __name__ == "__main__":
    unittest.main()
