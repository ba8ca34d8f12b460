# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows about mail: parsing, taking in, growing, sending."""

import contextlib
import copy
import os
import pathlib
import random
import re
import shutil
import statistics

from stage import Beside, Row, Timed, best, count_in, wait_for


def parse(stage):
    """bench_parse does the alternating itself."""
    lines = Timed([stage.bin / "bench_parse", stage.mails(2000), 3]).lines()
    support, large = lines[0], lines[1]
    yield Row("parse, what both do (mails/s)", f"{support['both']:.0f}", f"GMime {support['gmime']:.0f}",
              support["both"] / support["gmime"], 1.5)
    yield Row("parse, all of read_mail (mails/s)", f"{support['whole']:.0f}", f"GMime bare {support['gmime']:.0f}",
              support["whole"] / support["gmime"], 1)
    yield Row("parse, 5 MB mails (MB/s)", f"{large['both_mbs']:.0f}", f"GMime {large['gmime_mbs']:.0f}",
              large["both_mbs"] / large["gmime_mbs"], 1)
    for kind in ("file", "words"):
        rate = {line["mb"]: line["mbs"] for line in lines if line.get("growth") == kind}
        yield Row(f"read_mail of one {kind} mail, 64 MB against 4 MB (MB/s)", f"{rate[64]:.0f}",
                  f"4 MB: {rate[4]:.0f}", rate[64] / rate[4], 0.67)


def import_into(stage, mails):
    """(time until all is committed, time until the index is drained)"""
    desk = stage.desk("import")
    ctl = [stage.bin / "spocctl", "--config", desk.config, "--json"]
    both = Timed([*ctl, "mail", "import", mails])
    told = both.lines()[-1]
    desk.leave_stage()
    taken = copy.copy(both)
    taken.wall -= told["indexed_seconds"] - told["seconds"]
    return taken, both


def bare(stage, mails):
    """The least that an intake could do."""
    return Timed([stage.bin / "bench_bare_intake", mails, stage.fresh("bare") / "bare.db"])


def notmuch(stage, mails):
    """A new database over the same Maildir."""
    place = stage.fresh("notmuch")
    (place / "config").write_text(f"[database]\npath={mails.parent}\n[new]\ntags=unread\nignore=made\n")
    stage.put_aside(mails.parent / ".notmuch")
    done = Timed(["notmuch", "new"], env={**os.environ, "NOTMUCH_CONFIG": str(place / "config")})
    stage.put_aside(mails.parent / ".notmuch")
    return done


def mu(stage, mails):
    """init and index."""
    place = stage.fresh("mu")
    first = Timed(["mu", "init", f"--muhome={place}", f"--maildir={mails}"])
    done = Timed(["mu", "index", f"--muhome={place}", "--quiet"])
    done.wall, done.cpu = done.wall + first.wall, done.cpu + first.cpu
    return done


def intake_of(count, rounds):
    """A row function for so many mails: turn and turn about."""
    def rows(stage):
        mails = stage.mails(count)
        rivals = [(name, run) for name, package, run in (("notmuch", "notmuch", notmuch), ("mu", "maildir-utils", mu))
                  if stage.program(name, package)]
        runs = {"taken": [], "drained": [], "bare": [], "notmuch": [], "mu": []}
        for _ in range(rounds):
            taken, drained = import_into(stage, mails)
            runs["taken"].append(taken)
            runs["drained"].append(drained)
            runs["bare"].append(bare(stage, mails))
            for name, run in rivals:
                runs[name].append(run(stage, mails))
        least = {name: best(all_runs) for name, all_runs in runs.items() if all_runs}

        def shown(name):
            return f"{count / least[name].wall:.0f} ({least[name].cpu / count * 1000:.2f} ms CPU)"
        yield Row(f"import of {count} mails before the index is drained (mails/s)", shown("taken"),
                  f"bare loop {shown('bare')}", least["bare"].wall / least["taken"].wall, 0.5)
        for name, _ in rivals:
            yield Row(f"import of {count} mails with the index (mails/s)", shown("drained"), f"{name} {shown(name)}",
                      least[name].wall / least["drained"].wall, 1)
    return rows


def put_into(servers, mails):
    """The mailbox of support@ as Dovecot would hold it."""
    place = servers.maildir("support")
    shutil.rmtree(place / "cur", ignore_errors=True)
    shutil.copytree(mails / "cur", place / "cur")
    for file in place.rglob("dovecot*"):
        file.unlink()
    if os.getuid() == 0:
        owner = place.stat()
        for file in [place / "cur", *(place / "cur").iterdir()]:
            os.chown(file, owner.st_uid, owner.st_gid)


def by_spocd(stage, servers, count):
    """From the start of the daemon to the last mail in the ledger."""
    desk = stage.desk("imap", servers, {"out": {"way": "maildir"}})
    os.sync()  # what was written before this turn is not to be waited for in it
    desk.start(ready=False)
    try:
        with contextlib.closing(Beside(desk)) as beside:
            return wait_for("the mails to be taken in", lambda: beside.count("ledger") >= count)
    finally:
        desk.stop()
        desk.leave_stage()


def by_mbsync(stage, servers, fsync):
    """One pull into an empty Maildir."""
    place = stage.fresh("mbsync")
    facts = servers.facts
    (place / "rc").write_text(
        f"FSync {'yes' if fsync else 'no'}\nIMAPAccount desk\nHost localhost\nPort {facts['imaps']}\nUser support\n"
        f"Pass {facts['password']}\nSSLType IMAPS\nCertificateFile {facts['ca_file']}\n\nIMAPStore far\nAccount desk\n\n"
        f"MaildirStore near\nInbox {place}/inbox\n\nChannel all\nFar :far:\nNear :near:\nSync Pull\nCreate Near\n"
        f"SyncState {place}/state\n")
    os.sync()
    return Timed(["mbsync", "-q", "-c", place / "rc", "all"]).wall


def imap(stage):
    """Through TLS from a private Dovecot, turn and turn about."""
    count = 2000
    mails = stage.mails(count)
    if not stage.program("mbsync", "isync"):
        return
    with stage.servers() as servers:
        put_into(servers, mails)
        by_mbsync(stage, servers, False)  # Dovecot makes its index
        ours, careful, careless = [], [], []
        for _ in range(4):
            ours.append(by_spocd(stage, servers, count))
            careful.append(by_mbsync(stage, servers, True))
            careless.append(by_mbsync(stage, servers, False))
    rate = count / min(ours)
    yield Row("IMAP over TLS to committed tickets (mails/s)", f"{rate:.0f}", f"mbsync {count / min(careful):.0f}",
              rate * min(careful) / count, 1)
    yield Row("IMAP over TLS to committed tickets (mails/s)", f"{rate:.0f}",
              f"mbsync without fsync {count / min(careless):.0f}", rate * min(careless) / count, 0.8)


def a_thousand_more(stage, ctl, have, rounds):
    """The medians by the clock and by processor time, and how many mails there are then."""
    walls, cpus = [], []
    for _ in range(rounds):
        mails = stage.mails(1000, have)
        os.sync()  # what is still to be written of those before is not these mails' cost
        one = Timed([*ctl, mails])
        walls.append(one.wall)
        cpus.append(one.cpu)
        have += 1000
    return statistics.median(walls), statistics.median(cpus), have


def growth(stage):
    """What a thousand more cost in a small and in a large desk, five times each, by processor time and by the clock."""
    sizes = (1000, 20000, 100000) if stage.long else (1000, 20000)
    desk = stage.desk("growth")
    ctl = [stage.bin / "spocctl", "--config", desk.config, "--json", "mail", "import", "--quiet-import"]
    have, more = 0, []
    for size in sizes:
        Timed([*ctl, stage.mails(size - have, have)])
        wall, cpu, have = a_thousand_more(stage, ctl, size, 5)
        more.append((wall, cpu))
    desk.leave_stage()
    first = more[0]
    for size, (wall, cpu) in zip(sizes[1:], more[1:]):
        yield Row(f"1,000 mails more into {size} (ms a mail)", f"{wall:.2f} ({cpu:.2f} CPU)",
                  f"into 1000: {first[0]:.2f} ({first[1]:.2f} CPU)", first[0] / wall, 0.67)


def drain(stage):
    """Until the MTA has delivered what it has taken: nobody's turn is burdened with the other's mails."""
    wait_for("the MTA's queue to be empty", lambda: not any((stage.work / "servers/spool/input").iterdir()))


def mean_size(log, since):
    """Of the mails that the MTA took, in bytes, from its log."""
    sizes = [int(size) for size in re.findall(rb" <= .* S=(\d+)", log.read_bytes()[since:])]
    return sum(sizes) // len(sizes)


def our_letters(stage, servers, mails, connections):
    """(how many, seconds until all had left, their mean size)"""
    desk = stage.desk("letters", servers, {"out": {**servers.out_settings(), "security": "none", "user": "",
                                                   "password": "", "connections": connections}})
    Timed([stage.bin / "spocctl", "--config", desk.config, "mail", "import", mails])
    waiting = count_in(desk, "letter")
    log = stage.work / "servers/log/exim-mainlog"
    since = log.stat().st_size if log.exists() else 0
    desk.start(ready=False)
    try:
        with contextlib.closing(Beside(desk)) as beside:
            took = wait_for("the letters to leave", lambda: beside.count("letter WHERE state = 'queued'") == 0)
    finally:
        desk.stop()
        desk.leave_stage()
    drain(stage)
    return waiting, took, mean_size(log, since)


def letters(stage):
    """Our outbox against smtp-source into the same Exim: as many mails of the same mean size, over as many connections,
    turn and turn about."""
    source = shutil.which("smtp-source") or unpacked_smtp_source(stage)
    library = {**os.environ, "LD_LIBRARY_PATH": str(pathlib.Path(source).parents[1] / "lib/postfix")} if source else {}
    with stage.servers() as servers:
        for connections in (1, 4):
            ours, theirs = [], []
            for _ in range(5):
                count, took, size = our_letters(stage, servers, stage.mails(200), connections)
                ours.append(took)
                if not source:
                    continue
                theirs.append(Timed([source, "-d", "-s", connections, "-m", count, "-l", size, "-f", "support@example.org",
                                     "-t", "sam@example.org", f"127.0.0.1:{servers.facts['smtp']}"], env=library).wall)
                drain(stage)
            rate = count / statistics.median(ours)
            beside = count / statistics.median(theirs) if theirs else None
            yield Row(f"letters out, {connections} connection(s) to Exim (letters/s)", f"{rate:.0f}",
                      f"smtp-source {beside:.0f}" if beside else "smtp-source is not there",
                      rate / beside if beside else None, 0.9)


def unpacked_smtp_source(stage):
    """Postfix would replace the installed MTA, so its package is only unpacked."""
    place = stage.work / "postfix"
    if not (place / "usr").exists():
        place.mkdir(exist_ok=True)
        try:
            Timed(["apt-get", "download", "postfix"], cwd=place)
            Timed(["dpkg-deb", "-x", next(place.glob("postfix_*.deb")), place])
        except (OSError, RuntimeError, StopIteration):
            return None
    return str(place / "usr/sbin/smtp-source")


def large_mail(size):
    """A mail of so many bytes with one attachment."""
    lines = random.Random(1).randbytes(57 * 1000).hex()
    body = "".join(lines[i:i + 76] + "\n" for i in range(0, len(lines) - 76, 76))
    head = ("From: Ada <ada@example.net>\nTo: support@example.org\nSubject: A large file\n"
            "Message-ID: <large@example.net>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            "--b\nContent-Type: text/plain\n\nHere it is.\n--b\nContent-Type: application/octet-stream\n"
            "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=large.bin\n\n")
    return (head + body * (size // len(body)) + "--b--\n").encode()


ROWS = {"parse": parse, "import": intake_of(2000, 4), "import-20k": intake_of(20000, 1), "imap": imap,
        "growth": growth, "letters": letters}
