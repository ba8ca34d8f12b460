# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine whose plug can be pulled: tests/fakes/power_cut.cpp keeps what was not synced, and here it is taken back."""

from __future__ import annotations

import os
import pathlib
import random
import struct
from collections.abc import Iterator

import harness

SHIM = harness.BIN / "libpower_cut.so"
NUMBERS = struct.Struct("<QQQQ")
PAGE = 4096


class PoweredSpocd(harness.Spocd):
    """A desk on such a machine."""

    cut_at = ""

    @property
    def undo(self) -> pathlib.Path:
        """Where the records of unsynced writes lie."""
        return self.folder / "undo"

    def syncs(self) -> int:
        """How often it has synced since its last start."""
        try:
            return int((self.folder / "syncs").read_text("ascii") or "0")
        except FileNotFoundError:
            return 0

    def environment(self) -> dict[str, str]:
        """What the preloaded library is told."""
        self.undo.mkdir(exist_ok=True)
        (self.folder / "syncs").unlink(missing_ok=True)
        return {**os.environ, "LD_PRELOAD": str(SHIM), "SPOC_POWER_FOLDER": str(self.data), "SPOC_POWER_UNDO": str(self.undo),
                "SPOC_POWER_COUNT": str(self.folder / "syncs"), "SPOC_POWER_AT": self.cut_at}

    def is_dark(self) -> bool:
        """Has the cut come?"""
        return self.process is not None and self.process.poll() is not None

    def pull_the_plug(self, rng: random.Random, kept: float = 0.0) -> int:
        """Ends the process, then takes unsynced writes back, newest first, page by page of the disk's; of each `kept` is the
        chance that the disk wrote it all the same. Returns how many were lost."""
        self.kill9()
        lost = 0
        for record in sorted(self.undo.iterdir()):
            lost += undo(record, rng, kept)
            record.unlink()
        return lost


def undo(record: pathlib.Path, rng: random.Random, kept: float) -> int:
    """Takes the writes of one file back."""
    name, _, rest = record.read_bytes().partition(b"\n")
    path = pathlib.Path(os.fsdecode(name))
    if not path.exists() or path.stat().st_ino != int(record.name):
        return 0
    writes, at = [], 0
    while at < len(rest):
        offset, size, written, length = NUMBERS.unpack_from(rest, at)
        at += NUMBERS.size
        # Where the file was shorter, a disk that has not written has nothing.
        writes.append((offset, size, rest[at:at + length].ljust(written, b"\0")))
        at += length
    lost = 0
    with open(path, "r+b") as file:
        for offset, size, bytes_before in reversed(writes):
            for start, stop in pages(offset, len(bytes_before)):
                if rng.random() < kept:
                    continue
                lost += 1
                file.seek(start)
                file.write(bytes_before[start - offset:stop - offset])
            if kept == 0.0:
                file.truncate(size)
    return lost


def pages(offset: int, length: int) -> Iterator[tuple[int, int]]:
    """Where the bytes from `offset` on lie in each page."""
    start = offset
    while start < offset + length:
        stop = min(offset + length, (start // PAGE + 1) * PAGE)
        yield start, stop
        start = stop
