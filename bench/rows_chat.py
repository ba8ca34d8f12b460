# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows about chat: lines to the receipt, an agent's mailed answer to the page, what an open socket weighs."""

import asyncio
import os
import shutil
import subprocess

import chat_load
from stage import ROOT, Row, memory_of, percentile, wait_for


def chat(stage):
    """A thousand visitors write a line a second; each is acknowledged after a FULL commit."""
    visitors, seconds = 1000, 6
    chat_load.enough_files(visitors)
    desk = stage.desk("chat", None, {"chat": {"gathering": "60s"}})
    desk.start()
    try:
        opening, later = asyncio.run(chat_load.chat(visitors, desk.port, seconds))
    finally:
        desk.stop()
        desk.leave_stage()
    if len(later) < visitors * (seconds - 1):
        raise RuntimeError(f"only {len(later)} of {visitors * (seconds - 1)} lines were acknowledged")
    p50, p99 = (percentile(later, share) * 1000 for share in (0.5, 0.99))
    yield Row("chat, 1,000 lines/s over 1,000 sockets to the receipt, p50 (ms)", f"{p50:.1f}",
              f"first lines, which open tickets: {percentile(opening, 0.5) * 1000:.1f}", None, None)
    yield Row("chat, the same, p99 (ms)", f"{p99:.1f}",
              f"limit 25 (first lines {percentile(opening, 0.99) * 1000:.1f})", 25 / p99, 1)


def reply(stage):
    """An agent answers by mail; from the 250 of the mailbox's LMTP server to the line at the visitor's socket."""
    count = 100 if stage.long else 40
    with stage.servers() as servers:
        desk = stage.desk("reply", servers, {"out": {"way": "maildir"}, "chat": {"gathering": "1s"}})
        desk.start()
        try:
            delays = asyncio.run(chat_load.answered(desk, servers, count))
        finally:
            desk.stop()
            desk.leave_stage()
    p50, p99 = (percentile(delays, share) * 1000 for share in (0.5, 0.99))
    yield Row("mail reply to the widget, p50 (ms)", f"{p50:.0f}", "limit 600", 600 / p50, 1)
    yield Row("mail reply to the widget, p99 (ms)", f"{p99:.0f}", "limit 1500", 1500 / p99, 1)


def weigh(count, port, pid):
    """Kilobytes that each of so many open sockets adds to the process."""
    base = memory_of(pid)
    return (asyncio.run(chat_load.hold(count, port, lambda: memory_of(pid))) - base) / count


def with_node(stage, count):
    """The same sockets held by node's `ws`; None where npm can't fetch it."""
    place = stage.work / "ws"
    if not stage.program("npm", "npm"):
        return None
    if not (place / "node_modules" / "ws").exists():
        place.mkdir(exist_ok=True)
        if subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "ws"], cwd=place,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            return None
    shutil.copy(ROOT / "bench" / "ws_server.mjs", place)
    with subprocess.Popen(["node", "ws_server.mjs"], cwd=place, stdout=subprocess.PIPE, text=True) as server:
        try:
            return weigh(count, int(server.stdout.readline()), server.pid)
        finally:
            server.kill()


def sockets(stage):
    """What an open chat socket that says nothing weighs, beside node's ws in the same run."""
    count = chat_load.enough_files(19_000 if stage.long else 4_000)
    desk = stage.desk("sockets")
    desk.start()
    try:
        each = weigh(count, desk.port, desk.process.pid)
    finally:
        desk.stop()
        desk.leave_stage()
    theirs = with_node(stage, count)
    yield Row(f"chat, {count} idle sockets (KB each)", f"{each:.1f}",
              "limit 8" + (f" (node ws {theirs:.1f})" if theirs else ""), 8 / each, 1)


ROWS = {"chat": chat, "reply": reply, "sockets": sockets}
