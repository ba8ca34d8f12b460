# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that falls ill on demand: tests/fakes/sick_machine.cpp does it, and here it is told what."""

from __future__ import annotations

import datetime
import os
import pathlib
import struct
import time

import harness

SHIM = harness.BIN / "libsick_machine.so"
STATE = struct.Struct("<qqqq")
# The one name that the name server of this machine knows.
NAME = "mail.desk.test"


class SickSpocd(harness.Spocd):
    """A desk on such a machine, which is well to begin with."""

    def environment(self) -> dict[str, str]:
        """What the preloaded library is told."""
        if not self.state.exists():
            self.ail()
        return {**os.environ, "LD_PRELOAD": str(SHIM), "SPOC_SICK_FOLDER": str(self.data), "SPOC_SICK_STATE": str(self.state)}

    @property
    def state(self) -> pathlib.Path:
        """The file that the process reads all the time."""
        return self.folder / "state"

    def ail(self, disk: int = 0, clock: int = 0, dns: bool = False, fault: bool = False) -> None:
        """From now on: writes end with this errno, the clock is so many seconds ahead, no name can be resolved; the next part that
        waits for its server's word throws, once for the process."""
        with open(self.state, "r+b" if self.state.exists() else "wb") as file:
            file.write(STATE.pack(disk, clock, dns, fault))


class WoundStory(harness.Story):
    """A desk whose clock goes on by hours."""

    desk_type = SickSpocd
    begins = 9
    ahead = 0.0

    @classmethod
    def setUpClass(cls) -> None:
        cls.set_stage()
        cls.ahead = 0.0
        cls.wind(cls.begins)
        cls.desk.start()

    @classmethod
    def wind(cls, hour: int) -> None:
        """On to the next time that it is five past this hour (UTC): no test takes as long as until the next one."""
        now = datetime.datetime.fromtimestamp(time.time() + cls.ahead, datetime.timezone.utc)
        then = now.replace(hour=hour, minute=5, second=0, microsecond=0)
        if then < now:
            then += datetime.timedelta(days=1)
        cls.ahead += int((then - now).total_seconds())
        assert isinstance(cls.desk, SickSpocd)
        cls.desk.ail(clock=int(cls.ahead))
