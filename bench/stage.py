# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rows of scripts/bench share: timed processes, mails that are made once, desks, rows and the table."""

import atexit
import contextlib
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "story"))
sys.dont_write_bytecode = True


class Row:
    """A line of the table; `ratio` is how many times better we are than the rival or the limit."""

    def __init__(self, what, ours, rival, ratio, goal):
        self.what, self.ours, self.rival, self.ratio, self.goal = what, ours, rival, ratio, goal

    @property
    def verdict(self):
        """Skipped rivals leave the verdict open."""
        if self.ratio is None or self.goal is None:
            return "-"
        return "met" if self.ratio >= self.goal else "MISSED"

    def cells(self):
        """As they are printed."""
        return (self.what, self.ours, self.rival, "-" if self.ratio is None else f"{self.ratio:.2f}x",
                "-" if self.goal is None else f"{self.goal:g}x", self.verdict)


def print_table(rows):
    """As Markdown, so that it can be put into bench/README.md."""
    head = ("what", "Spoc", "beside", "ratio", "goal", "")
    cells = [head] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    for number, line in enumerate(cells):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |", flush=True)
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


class Timed:
    """Wall and processor seconds of a child and its children, and its standard output."""

    def __init__(self, command, **options):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=1800, check=False, **options)
        self.wall = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.out = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")

    def lines(self):
        """The JSON lines that it printed."""
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]


def best(timed):
    """The least disturbed of several runs."""
    return min(timed, key=lambda one: one.wall)


class Stage:
    """The folder where everything happens, and the programs."""

    def __init__(self, work, binaries, long, collections=None):
        self.work, self.bin, self.long, self.collections = work, binaries, long, collections
        work.mkdir(parents=True, exist_ok=True)
        self._aside = work / "aside"
        shutil.rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir()
        atexit.register(shutil.rmtree, self._aside, ignore_errors=True)
        work.chmod(0o755)
        os.environ["SPOC_BIN"] = str(binaries)

    def mails(self, count, skip=0):
        """A Maildir with so many of the made mails; made once, read once so that the disk is out of it."""
        place = self.work / f"mails-{count}-{skip}"
        if not (place / "made").exists():
            shutil.rmtree(place, ignore_errors=True)
            made = Timed([ROOT / "bench" / "make_mails", "--count", count, "--skip", skip, "--out", place / "box"])
            (place / "made").write_text(made.out)
        for file in (place / "box" / "cur").iterdir():
            file.read_bytes()
        return place / "box"

    def put_aside(self, place):
        """Out of the way until all is measured: on a disk that is told what has been deleted (mount option discard), two
        thousand files that go in one turn make the next turns up to four times as slow."""
        if place.exists():
            place.rename(self._aside / str(len(list(self._aside.iterdir()))))

    def fresh(self, name):
        """An empty folder."""
        place = self.work / name
        self.put_aside(place)
        place.mkdir()
        return place

    def desk(self, name, servers=None, settings=None):
        """A desk without articles in a fresh folder."""
        import harness
        given = {"knowledge": {"folder": ""}, **(settings or {})}
        return harness.Spocd(self.fresh(name), servers, given)

    @contextlib.contextmanager
    def servers(self):
        """Private Dovecot and Exim."""
        import servers
        running = servers.Servers(self.fresh("servers"))
        try:
            yield running
        finally:
            running.stop()

    def program(self, name, package):
        """The path of a rival; None (and a word) where it is not installed."""
        found = shutil.which(name)
        if not found:
            print(f"{name} is not installed (apt install {package}): left out", file=sys.stderr)
        return found


class Beside:
    """Counts rows from beside a desk at work. The connection is kept: to open one is more work than to count."""

    def __init__(self, desk):
        self._file, self._database = f"file:{desk.data}/spoc.db?mode=ro", None

    def count(self, table):
        """How many rows; -1 while there is none."""
        try:
            if self._database is None:
                self._database = sqlite3.connect(self._file, uri=True)
            return self._database.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0]
        except sqlite3.Error:
            self.close()
            return -1

    def close(self):
        """So that the desk can tidy its log away."""
        if self._database is not None:
            self._database.close()
        self._database = None


def count_in(desk, table):
    """Once."""
    with contextlib.closing(Beside(desk)) as beside:
        return beside.count(table)


def wait_for(what, probe, patience=600.0, every=0.02):
    """Until the probe is true; how long it took."""
    begun = time.monotonic()
    while not probe():
        if time.monotonic() - begun > patience:
            raise RuntimeError(f"waited {patience:g} s in vain for {what}")
        time.sleep(every)
    return time.monotonic() - begun


def memory_of(pid, key="VmRSS"):
    """Kilobytes, from /proc."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1])
    return 0


def percentile(values, share):
    """Of a list that need not be sorted."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
