# SPDX-License-Identifier: GPL-3.0-or-later
"""Each kind of commit that the desk makes, by the tables that it changes, and a desk that dies at a chosen one."""

from __future__ import annotations

import contextlib
import http.client
import os
import pathlib
import re
import signal
import threading
from typing import Any, Iterator

import harness
from programs import Answer, Client

SHIM = harness.BIN / "libcrash_point.so"
EVERY = os.environ.get("SPOC_EVERY_COMMIT") == "1"

# Tables that the commit changes, and those that it does not. Each commit belongs to one of them.
POINTS: dict[str, str] = {
    # mail, chat, letters, and the index
    "a mail becomes a ticket, with its letters": "ledger participant -api_answer -acted_mail",
    "a mail of nobody becomes a ticket": "ledger message -participant -first_reference -acted_mail -api_answer -quarantine",
    "an agent's answer is filed, with its letter": "ledger first_reference -announcement -draft -reminder -presence -api_answer",
    "an agent's commands alone": "ledger acted_mail -first_reference -announcement -draft -reminder -presence -api_answer",
    "an agent's mail is refused": "ledger fact",
    "mails that have been flagged are noted": "ledger -message -trail",
    "a chat line opens its ticket": "session message contact -letter",
    "a chat line follows": "session message -contact -letter",
    "a visitor says or proves who they are": "session -message",
    "chat lines are gathered for the agents": "letter message -ledger -trail -api_answer -meta",
    "an answer is said in its ticket as its letter leaves": "letter message trail -ledger -index_job",
    "letters change their state": "letter -level -message -trail -article_remark -digest",
    "the index has a ticket": "index_job -ticket -counter",
    "the index is made anew": "index_job counter -ticket",
    # the clock, and the desk's own
    "the clock tells of a service level": "letter level trail -ticket -ledger",
    "the clock writes to the trail alone": "level trail -letter -ticket -message",
    "the clock has its next moment": "level -trail -message",
    "a rule of time changes a ticket": "level ticket trail -message -session -status_change -ledger -api_answer -announcement_ticket -reminder",
    "the pulse of a part": "fact -ledger -announcement_ticket",
    "a webhook's call is noted as made": "webhook_call -message -trail -counter",
    "a webhook is told of an alarm": "webhook_call counter -message -trail -level",
    "who died over which mail is counted": "attempt",
    "the tables are made": "meta",
    # what comes rarely
    "an agent's list is written": "digest",
    "an agent answers a list": "digest_answer",
    "a reminder comes due": "reminder letter -ledger",
    "a mail is set aside": "ledger quarantine",
    "the directory's people are taken in": "contact_given -ledger -api_answer",
    "who is gone from the directory is marked": "contact trail -ticket -contact_given -ledger -api_answer",
    # orders of programs
    "a program opens a ticket": "api_answer ledger participant",
    "a program answers, commands, or notes a call": "api_answer ledger -participant",
    "an order that changes nothing": "api_answer -trail",
    "a contact is added or changed": "api_answer trail -ledger -ticket",
    "two contacts become one": "api_answer ticket -ledger",
    "a token's use is noted": "api_token",
    "a file is refused": "trail -letter -level -ledger -message -session -api_answer -contact",
    # buttons, and what widgets ask for
    "an article has solved it": "article_use ticket",
    "an article is counted": "article_use -ticket -article_remark",
    "a requester says whether it is solved": "status_change letter -message -ledger -api_answer -article_use -rating -announcement_ticket",
    "a reader says whether an article helped": "article_remark -letter",
    "who keeps an article hears of its readers": "article_remark letter",
    "a visitor wants a letter": "letter trail -message -level -ledger",
    "a visitor ends the chat": "rating",
    # commands that leave more than words
    "an agent wants a reminder": "ledger reminder -announcement",
    "an agent comes or goes": "ledger presence -announcement",
    "an agent drafts an article, or settles one": "ledger draft -announcement",
    "a draft's file follows": "draft -ledger",
    "an outage is announced, or is over": "announcement",
    "a ticket joins an outage, or hears of its end": "announcement_ticket -announcement -participant -session",
}


def is_kind_of(tables: set[str], wanted: str) -> bool:
    """Does a commit that changes these tables belong there?"""
    return all((word[1:] not in tables) if word.startswith("-") else (word in tables) for word in wanted.split())


def whens(number: int) -> tuple[str, ...]:
    """At which sides of a commit the desk dies: each kind is met once, in turn, or at both."""
    return ("before", "after") if EVERY else (("before", "after")[number % 2],)


class CrashingSpocd(harness.Spocd):
    """A desk that dies at a chosen commit, and whoever brings it back."""

    deaths = 0

    @property
    def commits(self) -> pathlib.Path:
        """One line for each commit."""
        return self.folder / "commits"

    def environment(self) -> dict[str, str]:
        """What the preloaded library is told."""
        return {**os.environ, "LD_PRELOAD": str(SHIM), "SPOC_CRASH_LOG": str(self.commits),
                "SPOC_CRASH_AT": str(self.folder / "crash-at")}

    def arm(self, when: str, name: str, nth: int = 1) -> None:
        """From now on it dies at the nth commit of that kind, once."""
        point = self.folder / "crash-at.new"
        point.write_text(f"{when} {nth} {POINTS[name]}\n", "ascii")
        point.replace(self.folder / "crash-at")

    def misnamed(self) -> list[str]:
        """The kinds of commits that have happened and have no name here, or more than one."""
        out = []
        for line in sorted(set(self.commits.read_text("ascii").splitlines())):
            found = [name for name, wanted in POINTS.items() if is_kind_of(set(line.split()), wanted)]
            if len(found) != 1:
                out.append(f"{line}: {found}")
        return out

    @contextlib.contextmanager
    def raised(self) -> Iterator[None]:
        """Meanwhile it is started again whenever it has died."""
        stopped = threading.Event()
        watch = threading.Thread(target=self._watch, args=(stopped,), daemon=True)
        watch.start()
        try:
            yield
        finally:
            stopped.set()
            watch.join()

    def _watch(self, stopped: threading.Event) -> None:
        while not stopped.wait(0.02):
            process = self.process
            if process is not None and process.poll() == -signal.SIGKILL:  # any other end is none of ours
                self.deaths += 1
                self.launch()


class Persistent(Client):
    """A program that asks again, under the same Idempotency-Key, until it has an answer."""

    unanswered = 0

    def ask(self, method: str, path: str, body: Any = None, **fields: str) -> Answer:
        def answered() -> Answer | None:
            try:
                return super(Persistent, self).ask(method, path, body, **fields)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                return None
        return harness.wait_until(f"an answer to {method} {path}", answered, every=0.05)


# Each place in the daemon's code that commits, by the name that it gives to its transaction, and what is killed there; in
# brackets why nothing is.
PLACES: dict[str, str] = {
    "receive": "a mail becomes a ticket, with its letters",
    "order": "a program answers, commands, or notes a call",
    "gather": "chat lines are gathered for the agents",
    "introduce": "a visitor says or proves who they are",
    "confirm": "a visitor says or proves who they are",
    "mail transcript": "a visitor wants a letter",
    "end chat": "a visitor ends the chat",
    "solved before asking": "(needs an article that is shown while typing: t175)",
    "solved by": "an article has solved it",
    "decide": "a requester says whether it is solved",
    "feedback": "a reader says whether an article helped",
    "tick": "a rule of time changes a ticket",  # and lists, reminders, ends of outages, what keepers hear: each by its tables
    "drop claims": "letters change their state",
    "claim letters": "letters change their state",
    "record letter": "letters change their state",
    "cleared": "mails that have been flagged are noted",
    "finish jobs": "the index has a ticket",
    "pulse": "the pulse of a part",
    "give up calls": "a webhook's call is noted as made",
    "record call": "a webhook's call is noted as made",
    "nothing to change": "an order that changes nothing",
    "add contact": "a contact is added or changed",
    "change contact": "a contact is added or changed",
    "api token used": "a token's use is noted",
    "file refused": "a file is refused",
    "draft filed": "a draft's file follows",
    "account and folder": "the pulse of a part",  # by its tables; the first that comes is met
    "put off": "(changes the table of the pulse)",
    "ask again": "(changes the table of the pulse)",
    "mail word": "(changes the tables of the transcript)",
    "refused file": "(changes the tables of a program's refused file)",
    "receive one": "(what receive does, after a fault)",
    "quarantine": "(what receive does, after a fault; changes the tables of what receive sets aside)",
    "index everything": "the index is made anew",
    "count deaths": "who died over which mail is counted",
    "alarm": "a webhook is told of an alarm",
    "recognise": "a visitor says or proves who they are",
    "unread answers": "(changes the table of letters)",
    "take cards": "the directory's people are taken in",
    "mark gone": "who is gone from the directory is marked",
    "try rules": "(never committed)",
    "skip numbers": "(spocctl restore)",
}


def places() -> set[str]:
    """Those that stand in the code."""
    written = re.compile(r'(?:\bwrite|write_to_visitor)\(\s*(?:secret,\s*)?"([a-z ]+)"')
    text = "".join(path.read_text("utf-8") for path in (harness.ROOT / "daemon").glob("*.cpp"))
    return set(written.findall(text))
