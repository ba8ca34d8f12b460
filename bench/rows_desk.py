# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows about the running desk: suggestions, ranking, memory, start."""

import shutil
import sys
import time

import distractors

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


COLLECTIONS = {"en": "suggest-emanual", "nb": "suggest-norwegian", "zh": "suggest-chinese"}


def print_ranking(language, engines):
    """What each engine found, in Markdown."""
    print(f"\n| {language}, {engines[0]['articles']} articles, {engines[0]['queries']} questions | MAP | MRR | P@1 | P@5 | "
          "success@3 | p50 (ms) | p99 (ms) |\n|---|---|---|---|---|---|---|---|")
    for one in engines:
        scores = " | ".join(f"{100 * one[name]:.1f}" for name in ("map", "mrr", "p1", "p5", "hit3"))
        print(f"| {one['engine']} | {scores} | {one['p50']:.2f} | {one['p99']:.2f} |", flush=True)


def ranking(stage):
    """Each language's collection of stage.collections, padded to 20,000 articles, and as it is."""
    if stage.collections is None:
        print("ranking: left out, it needs test collections: --collections DIR or SPOC_COLLECTIONS", file=sys.stderr)
        return
    count = 20000
    for language, name in COLLECTIONS.items():
        source = stage.collections / name
        for size in (0, count):
            folder = stage.work / f"ranking-{language}"
            shutil.rmtree(folder, ignore_errors=True)
            distractors.write_collection(source, folder, language, size)
            engines = Timed([stage.bin / "bench_ranking", folder, language]).lines()
            shutil.rmtree(folder)
            print_ranking(language, engines)
        ours, rival = engines[0], max(engines[1:], key=lambda one: one["map"])
        yield Row(f"ranking, {language}, {count} articles, MAP", f"{100 * ours['map']:.1f}",
                  f"{rival['engine']} {100 * rival['map']:.1f}", ours["map"] / rival["map"], 1)
        yield Row(f"ranking, {language}, {count} articles, p99 (ms)", f"{ours['p99']:.2f}", "limit 10", 10 / ours["p99"], 1)


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


ROWS = {"suggest": suggest, "ranking": ranking, "memory": memory, "start": start}
