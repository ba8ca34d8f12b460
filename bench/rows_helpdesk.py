# SPDX-License-Identifier: GPL-3.0-or-later
"""The row about another helpdesk: Debian's Request Tracker 5 with SQLite, its own server, mails through rt-mailgate."""

import contextlib
import os
import pathlib
import subprocess
import time
import urllib.request

from stage import Row, Timed, best, wait_for

SERVER = "/usr/share/request-tracker5/libexec/rt-server"
MAILS = 200

CONFIG = """Set($rtname, 'bench');
Set($Organization, 'example.org');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{place}/rt.db');
Set($MailCommand, 'mbox');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($MasonSessionDir, '{place}/sessions');
Set($MasonDataDir, '{place}/mason');
Set($WebSessionClass, 'Apache::Session::File');
Set($CorrespondAddress, 'support@example.org');
Set($CommentAddress, 'note@example.org');
1;
"""

RIGHTS = """@ACL = map { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_ } }
  qw(CreateTicket ReplyToTicket SeeQueue);
1;
"""


@contextlib.contextmanager
def request_tracker(stage):
    """A new one, at work; gives the address of its web server."""
    import harness  # found once scripts/bench has set the path
    place, port = stage.fresh("rt"), harness.free_port()
    for folder in ("d", "sessions", "mason"):
        (place / folder).mkdir()
    (place / "RT_SiteConfig.pm").write_text(CONFIG.format(port=port, place=place))
    (place / "rights").write_text(RIGHTS)
    env = {**os.environ, "RT_SITE_CONFIG": str(place / "RT_SiteConfig.pm"), "RT_SITE_CONFIG_DIR": str(place / "d")}
    setup = ["rt-setup-database-5", "--dba", "", "--dba-password", ""]
    Timed([*setup, "--action", "init", "--skip-create"], env=env)
    Timed([*setup, "--action", "insert", "--datafile", place / "rights"], env=env)
    with open(place / "log", "wb") as log, \
            subprocess.Popen([SERVER, "--port", str(port)], env=env, cwd=place, stdout=log, stderr=log) as server:
        try:
            wait_for("Request Tracker", lambda: answers(port), 60)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def answers(port):
    """Whether the web server is there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20):
            return True
    except OSError:
        return False


def by_rt(url, mails):
    """Seconds for all of them, one after the other as an MTA gives them."""
    begun = time.monotonic()
    for mail in mails:
        with open(mail, "rb") as raw:
            subprocess.run(["rt-mailgate-5", "--queue", "General", "--action", "correspond", "--url", url], stdin=raw,
                           check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return time.monotonic() - begun


def tickets_of(place):
    """How many Request Tracker has."""
    told = subprocess.run(["sqlite3", place / "rt.db", "SELECT COUNT(*) FROM Tickets"], stdout=subprocess.PIPE, check=True)
    return int(told.stdout)


def helpdesk(stage):
    """From the first mail to the last ticket."""
    if not (stage.program("rt-mailgate-5", "rt5-clients") and pathlib.Path(SERVER).exists()):
        return
    box = stage.mails(MAILS)
    mails = sorted((box / "cur").iterdir())
    with request_tracker(stage) as url:
        theirs = by_rt(url, mails)
    made = tickets_of(stage.work / "rt")
    if made == 0:
        raise RuntimeError("Request Tracker made no ticket; its log lies in " + str(stage.work / "rt" / "log"))
    runs = []
    for _ in range(3):
        desk = stage.desk("helpdesk")
        runs.append(Timed([stage.bin / "spocctl", "--config", desk.config, "mail", "import", box]))
        desk.leave_stage()
    ours = best(runs).wall
    yield Row(f"{len(mails)} mails to tickets, index included (mails/s)", f"{len(mails) / ours:.0f}",
              f"Request Tracker 5 {len(mails) / theirs:.1f} ({made} tickets)", theirs / ours, 100)


ROWS = {"helpdesk": helpdesk}
