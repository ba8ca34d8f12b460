# SPDX-License-Identifier: GPL-3.0-or-later
"""Other mail servers than Dovecot and Exim: Cyrus, Courier and Postfix, each in a room of its own.

Their packages would replace Dovecot and Exim, and some have their paths built in. So they are unpacked below build/matrix, and
laid over /usr and /etc for their own processes alone (a mount namespace; root only).
"""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "matrix"
PACKAGES = ("cyrus-common", "cyrus-imapd", "libical3", "sasl2-bin", "courier-imap", "courier-base", "courier-authlib",
            "courier-authdaemon", "libcourier-unicode4", "libgamin0", "libltdl7", "postfix")
USERS = {"cyrus": 64150, "postfix": 64151, "postdrop": 64152, "courier": 64153}
PASSWORD = "secret"

CYRUS = """
START {{
  recover cmd="ctl_cyrusdb -r"
}}
SERVICES {{
  imap cmd="imapd" listen="127.0.0.1:{imap}" prefork=1
  imaps cmd="imapd -s" listen="127.0.0.1:{imaps}" prefork=0
  lmtp cmd="lmtpd -a" listen="127.0.0.1:{lmtp}" prefork=0
}}
DAEMON {{
  idled cmd="idled"
}}
"""

IMAPD = """
configdirectory: {dir}/var
partition-default: {dir}/spool
defaultpartition: default
servername: localhost
admins: cyrus
unixhierarchysep: yes
virtdomains: no
lmtp_downcase_rcpt: yes
autocreate_users: anyone
autocreate_quota: 0
autocreate_post: yes
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {dir}/sasldb2
sasl_mech_list: PLAIN LOGIN
tls_server_cert: {cert}
tls_server_key: {key}
syslog_prefix: cyrus
"""

POSTFIX = """
compatibility_level = 3.6
queue_directory = {dir}/queue
data_directory = {dir}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {dir}/data/mail.log
maillog_file_prefixes = {dir}
myhostname = mail.test.invalid
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 192.0.2.1/32
default_transport = error:no outside mail
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = static:yes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
transport_maps = texthash:{dir}/transport
recipient_delimiter = +
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access texthash:{dir}/rcpt, permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {run}/smtp-auth
lmtp_destination_recipient_limit = 1
message_size_limit = 52428800
disable_dns_lookups = yes
lmtp_dns_support_level = disabled
"""

MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


def fetch() -> None:
    """Downloads and unpacks what is not there."""
    HOME.mkdir(parents=True, exist_ok=True)
    if (HOME / "whole").exists():
        return
    debs = HOME / "debs"
    debs.mkdir(exist_ok=True)
    subprocess.run(["apt-get", "download", "-q", *PACKAGES], cwd=debs, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    for deb in debs.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", deb, HOME / "root"], check=True)
    (HOME / "whole").touch()


def free_ports(count: int) -> list[int]:
    """So many, below the ephemeral range."""
    from servers import free_port  # they know each other
    first = free_port(count)
    return list(range(first, first + count))


class Room:
    """A folder, and processes for which the unpacked packages are installed."""

    def __init__(self, folder: pathlib.Path, facts: dict[str, Any]) -> None:
        self.folder = folder
        self.facts = facts
        self.etc = folder / "etc"
        self.etc.mkdir(parents=True)
        self._processes: list[subprocess.Popen[bytes]] = []
        names = "".join(f"{name}:x:{number}:{number}::/:/bin/false\n" for name, number in USERS.items())
        people = f"support:x:65534:65534::{facts['mail']}/support:/bin/false\n"
        # First, since the system may have a user of such a name as well.
        self.write("passwd", names + people + pathlib.Path("/etc/passwd").read_text("utf-8"))
        self.write("group", "".join(f"{name}:x:{number}:\n" for name, number in USERS.items()) +
                   pathlib.Path("/etc/group").read_text("utf-8"))

    def write(self, name: str, words: str) -> pathlib.Path:
        """A file below the room's own /etc."""
        path = self.etc / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        return path

    def run(self, *command: str, wait: bool = False, env: dict[str, str] | None = None) -> None:
        """A process in the room; `wait` for its end."""
        script = (f"mount -t overlay overlay -o lowerdir={HOME}/root/usr:/usr /usr && "
                  f"mount -t overlay overlay -o lowerdir={self.etc}:{HOME}/root/etc:/etc /etc && "
                  f"mkdir -p {self.folder}/run && mount --bind {self.folder}/run /run && exec \"$@\"")
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(["unshare", "-m", "sh", "-c", script, "sh", *command], stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log, start_new_session=True, env={**os.environ, **(env or {})})
        if not wait:
            self._processes.append(process)
        elif process.wait(60):
            raise AssertionError(f"{command[0]} ended with {process.returncode}: {self.words()}")

    def words(self) -> str:
        """The end of what its processes said."""
        return (self.folder / "log").read_text("utf-8", "replace")[-2000:]

    def wait_for(self, port: int) -> None:
        """Until somebody listens there."""
        end = time.monotonic() + 90
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > end:
                    raise AssertionError(f"nobody listens at {port}: {self.words()}") from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Ends its processes."""
        for process in self._processes:
            for sign in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, sign)
                    process.wait(5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    pass
        self._processes.clear()


def own(path: pathlib.Path, user: str) -> pathlib.Path:
    """Makes the folder and gives it away."""
    path.mkdir(parents=True, exist_ok=True)
    os.chown(path, USERS[user], USERS[user])
    return path


def start_cyrus(folder: pathlib.Path, facts: dict[str, Any]) -> Room:
    """A Cyrus with LMTP; `imap`, `imaps` and `lmtp` of the facts for support@ are its own afterwards."""
    room = Room(folder, facts)
    lmtp = facts["other_lmtp"]
    imap, imaps = lmtp + 1, lmtp + 2
    words = {"dir": folder, "imap": imap, "imaps": imaps, "lmtp": lmtp, "cert": facts["ca_file"],
             "key": facts["ca_file"].replace("cert.pem", "key.pem")}
    room.write("imapd.conf", IMAPD.format(**words))
    room.write("cyrus.conf", CYRUS.format(**words))
    for name in ("var", "spool"):
        own(folder / name, "cyrus")
    for name in ("socket", "proc", "lock"):
        own(folder / "var" / name, "cyrus")
    own(folder, "cyrus")
    room.run("sh", "-c", f"echo {PASSWORD} | saslpasswd2 -p -c -f {folder}/sasldb2 -u localhost support && "
             f"chown cyrus {folder}/sasldb2", wait=True)
    room.run("/usr/lib/cyrus/bin/master", "-D", "-p", f"{folder}/master.pid")
    for port in (imap, lmtp):
        room.wait_for(port)
    facts["support"] = {"imap": imap, "imaps": imaps, "lmtp": lmtp}
    return room


def start_courier(folder: pathlib.Path, facts: dict[str, Any]) -> Room:
    """A Courier on the Maildir into which Dovecot's LMTP delivers; it keeps UIDs of its own."""
    room = Room(folder, facts)
    imap, imaps = free_ports(2)
    pem = room.write("courier/imapd.pem", pathlib.Path(facts["ca_file"].replace("cert.pem", "key.pem")).read_text("utf-8") +
                     pathlib.Path(facts["ca_file"]).read_text("utf-8"))
    room.write("pam.d/imap", "auth required pam_permit.so\naccount required pam_permit.so\n")
    room.write("courier/authdaemonrc", "authmodulelist=\"authpam\"\nauthmodulelistorig=\"authpam\"\ndaemons=3\n"
               "authdaemonvar=/run/courier/authdaemon\nDEBUG_LOGIN=0\nDEFAULTOPTIONS=\"\"\nLOGGEROPTS=\"\"\n")
    own(folder / "run" / "courier" / "authdaemon", "courier")
    (folder / "run" / "courier").chmod(0o755)
    room.run("/usr/lib/courier/courier-authlib/authdaemond")
    capability = "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE SORT QUOTA IDLE"
    env = {"IMAP_CAPABILITY": capability, "IMAP_CAPABILITY_TLS": capability + " AUTH=PLAIN", "IMAP_KEYWORDS": "1",
           "IMAP_IDLE_TIMEOUT": "1", "IMAP_UMASK": "022", "IMAP_USELOCKS": "1", "IMAP_TRASHFOLDERNAME": "Trash",
           "TLS_CERTFILE": str(pem), "TLS_VERIFYPEER": "NONE", "COURIERTLS": "/usr/bin/couriertls", "IMAP_STARTTLS": "YES",
           "MAILDIRPATH": "Maildir"}
    server = ("/usr/lib/courier/courier/imaplogin", "/usr/bin/imapd", "Maildir")
    listen = ("/usr/sbin/couriertcpd", "-address=127.0.0.1", "-maxprocs=40", "-maxperip=40", "-nodnslookup", "-noidentlookup")
    room.run(*listen, str(imap), *server, env=env)
    room.run(*listen, str(imaps), "/usr/bin/couriertls", "-server", "-tcpd", *server, env={**env, "IMAP_TLS": "1"})
    for port in (imap, imaps):
        room.wait_for(port)
    facts["support"] = {"imap": imap, "imaps": imaps, "lmtp": facts["lmtp"]}
    return room


def start_postfix(folder: pathlib.Path, facts: dict[str, Any]) -> Room:
    """A Postfix that asks Dovecot for passwords; `smtp` of the facts is its own afterwards."""
    room = Room(folder, facts)
    smtp = free_ports(1)[0]
    run = pathlib.Path(facts["dir"]) / "run"
    words = {"dir": folder, "smtp": smtp, "lmtp": facts["lmtp"], "domains": ", ".join(facts["domains"]), "cert": facts["ca_file"],
             "key": facts["ca_file"].replace("cert.pem", "key.pem"), "run": run.resolve()}
    own(folder / "data", "postfix")
    (folder / "queue").mkdir()
    room.write("postfix/main.cf", POSTFIX.format(**words))
    room.write("postfix/master.cf", MASTER.format(**words))
    support = facts.get("support", facts)["lmtp"]
    (folder / "transport").write_text("".join(f"support@{domain} lmtp:inet:127.0.0.1:{support}\n" for domain in facts["domains"]))
    (folder / "rcpt").write_text("".join(f"nouser@{domain} 550 5.1.1 no such user here\ntempfail@{domain} 451 4.3.0 try again later\n"
                                         for domain in facts["domains"]))
    room.run("/usr/sbin/postfix", "start-fg")
    room.wait_for(smtp)
    facts["smtp"] = smtp
    return room


STARTS = {"cyrus": start_cyrus, "courier": start_courier, "postfix": start_postfix}
