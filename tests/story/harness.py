# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of every story: private mail servers, the desk as a child process, and waiting with an end."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from typing import Any, Callable, TypeVar

from servers import ROOT, SUPPORT, Section, Servers, free_port

BIN = pathlib.Path(os.environ.get("SPOC_BIN", ROOT / "build" / "dev" / "bin")).resolve()
PATIENCE = float(os.environ.get("SPOC_PATIENCE", "30"))

Answer = TypeVar("Answer")

AGENTS: list[Section] = [
    {"handle": "sam", "name": "Sam Example", "addresses": ["sam@example.org"]},
    {"handle": "kari", "name": "Kari Eksempel", "addresses": ["kari@example.org"]},
]
TEAMS: list[Section] = [{"name": "it", "members": ["sam", "kari"]}]

_witnesses: list["Spocd"] = []


def testimony() -> str:
    """What every desk on the stage logged last."""
    return "".join(f"\n--- log of {desk.folder.name}\n{desk.tail()}" for desk in _witnesses)


def wait_until(what: str, probe: Callable[[], Answer], timeout: float = PATIENCE, every: float = 0) -> Answer:
    """Returns the first true answer of `probe`; fails with the desk's log when the time is over. Where nobody says how
    often, it is asked ever more rarely, up to twice a second: a probe is a program that takes the machine from others."""
    end = time.monotonic() + timeout
    pause = every or 0.05
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:g} s in vain for {what}{testimony()}")
        time.sleep(pause)
        if not every:
            pause = min(pause * 1.5, 0.5)


def toml(sections: dict[str, Section | list[Section]]) -> str:
    """Sections, and lists of sections, as TOML."""
    lines: list[str] = []
    for name, content in sections.items():
        tables = content if isinstance(content, list) else [content]
        head = f"[[{name}]]" if isinstance(content, list) else f"[{name}]"
        for table in tables:
            lines += [head, *(f"{key} = {json.dumps(value)}" for key, value in table.items()), ""]
    return "\n".join(lines)


class Spocd:
    """The desk under test, with its own folder, configuration and log."""

    def __init__(self, folder: pathlib.Path, servers: Servers | None = None,
                 settings: dict[str, Section | list[Section]] | None = None) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = folder / "data"
        self.config = folder / "spoc.toml"
        self.log = folder / "spocd.log"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._begun = 0
        self.sections = self._standard(servers)
        for name, content in (settings or {}).items():
            standing = self.sections.get(name, {})
            if isinstance(content, dict) and isinstance(standing, dict):
                self.sections[name] = {**standing, **content}
            else:
                self.sections[name] = content
        self.write_config()

    def _standard(self, servers: Servers | None) -> dict[str, Section | list[Section]]:
        sections: dict[str, Section | list[Section]] = {
            "desk": {"name": "Example IT", "domain": "example.org", "data": str(self.data), "undo_delay": "0s",
                     "mail_budget": 0},
            "web": {"port": self.port},
            "chat": {"gathering": "1s"},
            "knowledge": {"folder": str(ROOT / "etc" / "demo" / "kb"), "poll": "1s"},
            "agent": AGENTS,
            "team": TEAMS,
        }
        if servers:
            sections["out"] = servers.out_settings()
            sections["mailbox"] = [servers.mailbox_settings()]
        else:
            sections["mailbox"] = [{"name": "support", "address": SUPPORT, "team": "it", "poll": "1s"}]
        return sections

    def write_config(self) -> None:
        """Writes spoc.toml as it is now meant."""
        self.config.write_text(toml(self.sections), encoding="utf-8")

    @property
    def url(self) -> str:
        """Where the desk's own pages are."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The environment of the process."""
        return dict(os.environ)

    def launch(self) -> None:
        """Starts the process and waits for nothing."""
        self._begun = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([BIN / "spocd", "--config", self.config], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, env=self.environment())
        if self not in _witnesses:
            _witnesses.append(self)

    def start(self, ready: bool = True) -> "Spocd":
        """Starts the process; `ready` waits until every part is well."""
        self.launch()
        wait_until("spocd to listen", self._listens, every=0.01)
        if ready:
            wait_until("spocd to be well", lambda: self.get("/healthz")[0] == 200)
        return self

    def _listens(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            raise AssertionError(f"spocd ended with {self.process.returncode}{testimony()}")
        return "listening" in self.said()

    def wait_for_articles(self) -> None:
        """Until the knowledge folder is in the index."""
        told = " knowledge articles="
        wait_until("the articles to be indexed", lambda: told in self.log.read_text("utf-8", "replace"))

    def said(self) -> str:
        """What was logged since the last start."""
        with open(self.log, "rb") as log:
            log.seek(self._begun)
            return log.read().decode("utf-8", "replace")

    def tail(self, lines: int = 40) -> str:
        """The end of the log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])

    def stop(self) -> None:
        """SIGTERM: the desk must drain and end with 0."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill9()
            raise AssertionError(f"spocd did not end within {PATIENCE:g} s of SIGTERM{testimony()}") from None
        self.process = None
        if code != 0:
            raise AssertionError(f"spocd ended with {code} after SIGTERM{testimony()}")

    def kill9(self) -> None:
        """Ends the process at once, as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self, ready: bool = True) -> None:
        """Ends it politely and starts it again."""
        self.stop()
        self.start(ready)

    def leave_stage(self) -> None:
        """For clean-up: whatever became of the process, it is gone afterwards."""
        self.kill9()
        if self in _witnesses:
            _witnesses.remove(self)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode("utf-8", "replace")
        except (urllib.error.URLError, OSError):
            return 0, ""

    def troubles(self) -> list[str]:
        """What /healthz complains of; an empty answer is a complaint, too."""
        status, body = self.get("/healthz")
        if status not in (200, 503):
            return [f"/healthz answered {status}"]
        told: list[str] = json.loads(body)["troubles"]
        assert (status == 503) == bool(told), body
        return told

    def metric(self, name: str) -> float:
        """One value of /metrics; -1 when it is not there."""
        for line in self.get("/metrics")[1].splitlines():
            if line.startswith(name + " "):
                return float(line.split()[-1])
        return -1

    def run_ctl(self, *words: str, given: bytes | None = None, patience: float = 300) -> subprocess.CompletedProcess[str]:
        """spocctl as a person runs it."""
        done = subprocess.run([BIN / "spocctl", "--config", self.config, *words], input=given, capture_output=True,
                              timeout=patience, check=False)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8", "replace"),
                                           done.stderr.decode("utf-8", "replace"))

    def spocctl(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """The JSON lines that spocctl prints; any other exit code is a failure."""
        done = self.run_ctl("--json", *words)
        if done.returncode != code:
            raise AssertionError(f"spocctl {' '.join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}{testimony()}")
        return [json.loads(line) for line in done.stdout.splitlines() if line]

    def memory(self) -> int:
        """Bytes that the process has in memory now."""
        assert self.process
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))

    def ticket(self, number: int) -> dict[str, Any]:
        """Everything about one ticket."""
        return self.spocctl("ticket", "show", str(number))[0]

    def tickets(self) -> list[dict[str, Any]]:
        """All tickets, finished ones too."""
        return self.spocctl("ticket", "list", "--all", "--limit", "100000")

    def settle(self) -> None:
        """Until no letter waits any more: what has not been written by then is not coming."""
        wait_until("the outbox to be empty", lambda: not self.spocctl("outbox", "list", "--state", "queued"))


class Story(unittest.TestCase):
    """A test case with mail servers and a desk of its own; `settings` are laid over the standard configuration."""

    settings: dict[str, Section | list[Section]] = {}
    port_base: int | None = None
    desk_type: type[Spocd] = Spocd
    folder: pathlib.Path
    servers: Servers
    desk: Spocd

    @classmethod
    def set_stage(cls) -> None:
        """All but the start."""
        cls.folder = make_folder(cls)
        cls.servers = Servers(cls.folder / "servers", cls.port_base)
        cls.addClassCleanup(cls.servers.stop)
        cls.desk = cls.desk_type(cls.folder / "desk", cls.servers, cls.settings)
        cls.addClassCleanup(cls.desk.leave_stage)

    @classmethod
    def setUpClass(cls) -> None:
        cls.set_stage()
        cls.desk.start()
        cls.desk.wait_for_articles()


def make_folder(case: type[unittest.TestCase]) -> pathlib.Path:
    """A folder that mail servers running as other users can reach; SPOC_KEEP keeps it for looking into."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="spoc-story-"))
    folder.chmod(0o755)
    if os.environ.get("SPOC_KEEP"):
        print(f"{case.__name__}: {folder}", flush=True)
    else:
        case.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
    return folder
