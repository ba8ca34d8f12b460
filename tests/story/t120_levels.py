# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident under a service level, in four languages: warned of, passed on, asked outside, solved, not solved, solved.

What each person was written lies in golden/t120_LANGUAGE.txt, with the audit trail below it; UPDATE_GOLDEN=1 writes it anew.
"""

from __future__ import annotations

import os
import pathlib
import re
import unittest
import urllib.request
from typing import Any

import harness
from people import Person, Received

GOLDEN = pathlib.Path(__file__).parent / "golden"
DAYS = (r"(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat|søn\.|man\.|tir\.|ons\.|tor\.|fre\.|lør\."
        r"|[周週][日一二三四五六])")
TOKEN = re.compile(r"\d+\.[rat][rn]\.[a-z2-7]{8}\.[a-z2-7]{16}", re.IGNORECASE)


def settled(text: str, ticket: int, url: str) -> str:
    """The text without what differs from run to run."""
    text = TOKEN.sub("TOKEN", text.replace(url, "https://desk.example.org"))
    text = re.sub(rf"{DAYS} \d\d:\d\d", "DAY HH:MM", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\dZ| UTC)", "MOMENT", text)
    text = re.sub(r"\d+ h \d+ min after", "0 h 0 min after", text)
    return re.sub(rf"\b{ticket}\b", "1001", text)


class Incident:
    """The walk; each language is a test case of its own."""

    language = ""
    subject = words = unsolved = solved = ""
    escalate = ask = take = resolve = ""
    desk: harness.Spocd
    servers: harness.Servers

    @classmethod
    def settings_for(cls) -> dict[str, Any]:
        """Two lines whose agents read the language, and a level that is missed within seconds."""
        agents = [{**agent, "language": cls.language} for agent in harness.AGENTS]
        return {"desk": {"close_after": "5d"},
                "agent": agents,
                "team": [{"name": "it", "members": ["sam"], "next": "second line"},
                         {"name": "second line", "members": ["kari"], "line": "2"}],
                "sla": [{"name": "quick", "first_response": "12s", "resolution": "8h", "warn_at": 10,
                         "warn": ["assignee"], "breach": ["team"]}]}

    def people(self: Any) -> tuple[Person, ...]:
        """Everybody with a mailbox of their own."""
        mark = self.language.lower()
        found = (Person(self.servers, "Tessa Lind", f"tessa.{mark}@example.net"),
                 Person(self.servers, "Drum Works", f"help.{mark}@example.com"),
                 Person(self.servers, "Sam Example", "sam@example.org"),
                 Person(self.servers, "Kari Eksempel", "kari@example.org"))
        for person in found:
            self.addCleanup(person.leave)
        return found

    def test_incident(self: Any) -> None:
        """Warnings come in time, everybody hears what concerns them, and a word of the requester decides."""
        tessa, supplier, sam, kari = self.people()
        tessa.send(self.subject, self.words)
        ticket = tessa.wait_for_kind("acknowledgement").ticket
        notice = sam.wait_for_kind("opened", ticket)
        warned = sam.wait_for_kind("warning", ticket)
        sam.wait_for_kind("warning", ticket, after=warned)

        sam.reply(notice, f"/{self.escalate} PCB 7\nTONER 9")
        passed = kari.wait_for_kind("assigned", ticket)
        sam.wait_for_kind("receipt", ticket)
        kari.reply(passed, f"/{self.take}\n/{self.ask} {supplier.address} DRUM 9?")
        asked = supplier.wait_for_kind("asked", ticket)
        receipt = kari.wait_for_kind("receipt", ticket)
        supplier.reply(asked, "DRUM 9: 24 h")
        kari.wait_for_kind("replied", ticket)
        kari.reply(passed, f"/{self.resolve}\nDRUM 9 OK")
        answer = tessa.wait_for_kind("answer", ticket)
        kari.wait_for_kind("receipt", ticket, after=receipt)
        sam.wait_for_kind("happened", ticket)

        tessa.reply(answer, self.unsolved)
        wrote = sam.wait_for_kind("wrote", ticket)
        self.assertEqual("open", self.desk.ticket(ticket)["ticket"]["status"])
        sam.reply(wrote, f"/{self.resolve}\nFUSER 9 OK")
        second = tessa.wait_for_kind("answer", ticket, after=answer)
        tessa.reply(second, self.solved)
        harness.wait_until("the ticket to be closed",
                           lambda: self.desk.ticket(ticket)["ticket"]["status"] == "closed")
        sam.wait_for_kind("receipt", ticket, after=wrote)
        self.desk.settle()
        self.compare(ticket, (tessa, supplier, sam, kari))
        self.press(second, ticket, sam)

    def compare(self: Any, ticket: int, people: tuple[Person, ...]) -> None:
        """Every letter's words and the trail, beside the golden file."""
        out = ""
        for person in people:
            mails: list[Received] = [mail for mail in person.inbox() if mail.ticket == ticket]
            for mail in sorted(mails, key=lambda one: one.kind):
                out += f"=== {mail.kind} to {person.name}: {mail['Subject']}\n{mail.text.rstrip()}\n\n"
        shown = self.desk.ticket(ticket)
        out += "=== trail\n" + "".join(f"{one['who']}: {one['what']}: {one['detail']}\n" for one in shown["trail"])
        out = settled(out, ticket, self.desk.url)
        print("\n" + out[out.index("=== trail"):], flush=True)
        path = GOLDEN / f"t120_{self.language}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(out, encoding="utf-8")
        self.assertEqual(path.read_text("utf-8"), out)
        standing = {one["target"]: one["standing"] for one in shown["service_level"]}
        self.assertEqual({"first_response": "breached", "resolution": "met"}, standing)

    def press(self: Any, answer: Received, ticket: int, sam: Person) -> None:
        """The link shows a button, and the button opens the ticket again."""
        link = re.search(rf"{re.escape(self.desk.url)}/solved/\S+/no", answer.text)
        assert link, answer.text
        with urllib.request.urlopen(link[0], timeout=10) as page:
            self.assertIn('method="post"', page.read().decode("utf-8"))
        self.assertEqual("closed", self.desk.ticket(ticket)["ticket"]["status"])
        with urllib.request.urlopen(link[0], data=b"", timeout=10) as page:
            self.assertEqual(200, page.status)
        sam.wait_for_kind("reminder", ticket)
        self.assertEqual("open", self.desk.ticket(ticket)["ticket"]["status"])


class Stage(harness.Story):
    """Servers and a desk whose own address stands in its letters."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = harness.make_folder(cls)
        cls.servers = harness.Servers(cls.folder / "servers", cls.port_base)
        cls.addClassCleanup(cls.servers.stop)
        cls.desk = harness.Spocd(cls.folder / "desk", cls.servers, cls.settings_for())  # type: ignore[attr-defined]
        cls.desk.sections["desk"]["public_url"] = cls.desk.url  # type: ignore[call-overload,index]
        cls.desk.write_config()
        cls.addClassCleanup(cls.desk.leave_stage)
        cls.desk.start()
        cls.desk.wait_for_articles()


class English(Incident, Stage):
    """In English."""

    language = "en"
    subject, words = "Smoke in room 12", "It smokes since noon, and I have switched it off and on again."
    unsolved, solved = "No, it smokes again.", "Yes, thank you!"
    escalate, ask, take, resolve = "escalate", "ask", "take", "resolve"


class Norwegian(Incident, Stage):
    """In Norwegian."""

    language = "nb"
    subject, words = "Røyk på rom 12", "Den har røket siden klokken tolv. Jeg har slått den av og på igjen, uten hell."
    unsolved, solved = "Nei, den ryker igjen.", "Ja takk, det virker nå"
    escalate, ask, take, resolve = "eskaler", "spør", "ta", "løst"


class Simplified(Incident, Stage):
    """In Chinese, simplified."""

    language = "zh-Hans"
    subject, words = "12号房间冒烟了", "从中午开始一直冒烟。我已经关机再开机，但是没有用，请尽快帮忙处理。"
    unsolved, solved = "没有解决，又冒烟了。", "是的，谢谢！"
    escalate, ask, take, resolve = "升级", "询问", "接手", "解决"


class Traditional(Incident, Stage):
    """In Chinese, traditional."""

    language = "zh-Hant"
    subject, words = "12號房間冒煙了", "從中午開始一直冒煙。我已經關機再開機，但是沒有用，請儘快幫忙處理。"
    unsolved, solved = "沒有解決，又冒煙了。", "是的，謝謝！"
    escalate, ask, take, resolve = "升級", "詢問", "接手", "解決"


if __name__ == "__main__":
    unittest.main()
