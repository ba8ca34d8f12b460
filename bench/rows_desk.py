# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows about the running desk: suggestions, memory, start, chat, sockets."""

import asyncio
import time

import chat_load
from rows_mail import large_mail
from stage import Row, Timed, count_in, memory_of, percentile, wait_for


def suggest(stage):
    """bench_suggest keeps its articles for the next time."""
    count = 20000
    line = Timed([stage.bin / "bench_suggest", stage.work / f"articles-{count}", count]).lines()[0]
    yield Row(f"suggestions for a mail, {count} articles, p50 (ms)", f"{line['p50']:.2f}", f"FTS5 {line['fts_p50']:.0f}",
              line["fts_p50"] / line["p50"], 1)
    yield Row(f"suggestions for a mail, {count} articles, p99 (ms)", f"{line['p99']:.2f}",
              f"limit 10 (FTS5 {line['fts_p99']:.0f})", 10 / line["p99"], 1)


def started(desk):
    """Seconds until it listens."""
    begun = time.monotonic()
    desk.start(ready=False)
    return time.monotonic() - begun


def memory(stage):
    """Resident megabytes: idle, with many tickets, and after a mail of 60 MB."""
    desk = stage.desk("idle")
    desk.start()
    idle = memory_of(desk.process.pid) / 1024
    yield Row("memory, idle (MB)", f"{idle:.0f}", "limit 40", 40 / idle, 1)
    box = desk.data / "in"
    (box / "tmp" / "large").write_bytes(large_mail(60_000_000))
    (box / "tmp" / "large").rename(box / "new" / "large")
    wait_for("the large mail", lambda: count_in(desk, "ticket") == 1)
    most = memory_of(desk.process.pid, "VmHWM") / 1024
    desk.stop()
    desk.leave_stage()
    yield Row("memory, at most while a 60 MB mail comes in (MB)", f"{most:.0f}", "limit 256", 256 / most, 1)


def start(stage):
    """With many tickets: politely stopped, and after a kill; and the memory then."""
    count = 250_000 if stage.long else 50_000  # mails; two fifths of them open a ticket
    desk = stage.desk("start")
    Timed([stage.bin / "spocctl", "--config", desk.config, "--json", "mail", "import", "--quiet-import",
           stage.mails(count)])
    Timed([stage.bin / "spocctl", "--config", desk.config, "index"])
    first = started(desk)
    wait_for("the desk to be well", lambda: desk.get("/healthz")[0] == 200, 60)
    tickets = count_in(desk, "ticket")
    held = memory_of(desk.process.pid) / 1024
    desk.kill9()
    killed = started(desk)
    desk.stop()
    desk.leave_stage()
    yield Row(f"start with {tickets} tickets (ms)", f"{first * 1000:.0f}", "limit 1000", 1 / first, 1)
    yield Row(f"start with {tickets} tickets after kill -9 (ms)", f"{killed * 1000:.0f}", "limit 1000", 1 / killed, 1)
    yield Row(f"memory, idle with {tickets} tickets (MB)", f"{held:.0f}", "limit 80", 80 / held, 1)


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


def sockets(stage):
    """What an open chat socket that says nothing weighs."""
    count = chat_load.enough_files(19_000 if stage.long else 4_000)
    desk = stage.desk("sockets")
    desk.start()
    try:
        base = memory_of(desk.process.pid)
        full = asyncio.run(chat_load.hold(count, desk.port, lambda: memory_of(desk.process.pid)))
    finally:
        desk.stop()
        desk.leave_stage()
    each = (full - base) / count
    yield Row(f"chat, {count} idle sockets (KB each)", f"{each:.1f}", "limit 8", 8 / each, 1)


ROWS = {"suggest": suggest, "memory": memory, "chat": chat, "sockets": sockets, "start": start}
