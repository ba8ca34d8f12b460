# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows about the running desk: suggestions, memory, start."""

import time

from rows_mail import large_mail
from stage import Row, Timed, count_in, memory_of, wait_for


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
    mailbox = {"name": "support", "address": "support@example.org", "team": "it", "poll": "1s", "max_size": 64}
    desk = stage.desk("idle", None, {"mailbox": [mailbox]})
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


ROWS = {"suggest": suggest, "memory": memory, "start": start}
