# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk with Dovecot, Cyrus and Courier, and with Exim and Postfix: every pair, as a table. `scripts/test --matrix` runs it."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import time

import elsewhere
import servers

PAIRS = [(imap, mta) for imap in ("dovecot", "cyrus", "courier") for mta in ("exim", "postfix")]
STORIES = ("t010_mail", "m010_quirks")


def play(imap: str, mta: str) -> tuple[bool, str]:
    """The stories with these servers; whether they ended well, and the row of the table."""
    begun = time.monotonic()
    done = subprocess.run([servers.PYTHON, "-W", "ignore", "-m", "unittest", "-v", *STORIES], cwd=pathlib.Path(__file__).parent,
                          env={**os.environ, "SPOC_IMAP": imap, "SPOC_MTA": mta}, capture_output=True, text=True, check=False)
    facts = dict(re.findall(r"^fact (\w+): (.*)$", done.stdout, re.MULTILINE))
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    tests = re.search(r"^Ran (\d+) tests?", done.stderr, re.MULTILINE)
    row = (f"| {imap} | {mta} | {facts.get('imap', '-')} | {facts.get('smtp', '-')} | {facts.get('news', '-')} | "
           f"{tests[1] if tests else '?'} {'passed' if done.returncode == 0 else 'FAILED'} | {time.monotonic() - begun:.0f} s |")
    return done.returncode == 0, row


def main() -> int:
    """Every pair, or those named as imap+mta."""
    if os.getuid() != 0:
        print("the matrix needs root: other servers are laid over /usr in a mount namespace of their own", file=sys.stderr)
        return 1
    elsewhere.fetch()
    chosen = [tuple(pair.split("+")) for pair in sys.argv[1:]] or PAIRS
    rows, well = [], True
    for imap, mta in chosen:
        good, row = play(imap, mta)
        rows.append(row)
        print(row, flush=True)
        well = well and good
    print("\n| IMAP | MTA | IMAP server says | MTA says | news of a mail after | stories | took |\n|---|---|---|---|---|---|---|\n" +
          "\n".join(rows), flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
