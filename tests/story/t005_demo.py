# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration, as `scripts/demo` runs it once everything is built."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import unittest

import harness
import servers

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Demo(unittest.TestCase):
    """From the first line that is typed to the end."""

    def test_once(self) -> None:
        """Typed lines find their article in every language; two teams, a warning, a list that is worked off."""
        folder = harness.make_folder(type(self))
        bin_folder = pathlib.Path(os.environ["SPOC_BIN"]).resolve()
        done = subprocess.run([servers.PYTHON, ROOT / "scripts/demo-desk", "--once"], capture_output=True, text=True, timeout=600, check=False,
                              env={**os.environ, "SPOC_BIN": str(bin_folder), "SPOC_DEMO_DATA": str(folder / "desk"),
                                   "SPOC_DEMO_PORT": str(servers.free_port())})
        self.assertEqual(0, done.returncode, done.stdout[-4000:] + done.stderr[-4000:])
        typed = dict(re.findall(r"^   (\S+) +\S.*\n +-> .*/kb/([\w.-]+)\)$", done.stdout, re.MULTILINE))
        self.assertEqual({"en": "vpn-drops", "nb": "vpn-drops.nb", "zh-Hans": "vpn-drops.zh-Hans", "zh-Hant": "vpn-drops.zh-Hant"}, typed)
        self.assertIn("agent:kari: escalated (first line to network", done.stdout)
        self.assertIn("letter: warning to sam@example.org", done.stdout)
        self.assertIn("letter: digest_receipt to sam@example.org", done.stdout)
        self.assertIn("spocd ended with 0", done.stdout)


if __name__ == "__main__":
    unittest.main()
