# SPDX-License-Identifier: GPL-3.0-or-later
"""A private OpenLDAP directory for the stories; it ends with the test."""

from __future__ import annotations

import pathlib
import socket
import subprocess

from harness import wait_until
from servers import Section, free_port

SUFFIX = "dc=example,dc=org"
READER = f"cn=reader,{SUFFIX}"
PASSWORD = "secret"
BASE = f"""dn: {SUFFIX}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: {READER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {PASSWORD}

dn: ou=people,{SUFFIX}
objectClass: organizationalUnit
ou: people
"""
CONFIG = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {cert}
TLSCertificateKeyFile {key}
# Whoever asks for everybody at once is refused: people come page by page.
sizelimit size.soft=3 size.hard=3 size.prtotal=unlimited
database mdb
suffix {suffix}
rootdn cn=admin,{suffix}
rootpw {password}
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact={reader} read by * none
"""


class Directory:
    """slapd on a loopback port, with StartTLS under the certificate of the mail servers."""

    def __init__(self, folder: pathlib.Path, cert: pathlib.Path) -> None:
        (folder / "data").mkdir(parents=True)
        self.port = free_port()
        self.cert = cert
        self._config = folder / "slapd.conf"
        self._config.write_text(CONFIG.format(folder=folder, cert=cert, key=cert.with_name("key.pem"), suffix=SUFFIX,
                                              password=PASSWORD, reader=READER), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()
        self.change("ldapadd", BASE)

    @property
    def url(self) -> str:
        """Where it listens. libldap takes "localhost" for the machine's own name, which the certificate does not have."""
        return f"ldap://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts slapd and waits until it answers."""
        self._process = subprocess.Popen(["/usr/sbin/slapd", "-d", "0", "-h", f"ldap://127.0.0.1:{self.port}", "-f",
                                          str(self._config)], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until("slapd to answer", self._answers)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Ends slapd; a second time does nothing."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=20)

    def change(self, program: str, ldif: str) -> None:
        """ldapadd or ldapmodify as the administrator."""
        subprocess.run([program, "-x", "-H", f"ldap://127.0.0.1:{self.port}", "-D", f"cn=admin,{SUFFIX}", "-w", PASSWORD],
                       input=ldif.encode(), check=True, capture_output=True, timeout=30)

    def add_person(self, uid: str, name: str, mail: str, **more: str) -> None:
        """One inetOrgPerson below ou=people."""
        lines = [f"dn: uid={uid},ou=people,{SUFFIX}", "objectClass: inetOrgPerson", f"uid: {uid}", f"cn: {name}",
                 f"sn: {name.split()[-1]}", f"mail: {mail}", *(f"{key}: {value}" for key, value in more.items())]
        self.change("ldapadd", "\n".join(lines) + "\n")

    def remove_person(self, uid: str) -> None:
        """Takes one away."""
        self.change("ldapmodify", f"dn: uid={uid},ou=people,{SUFFIX}\nchangetype: delete\n")

    def settings(self) -> Section:
        """The [ldap] keys."""
        return {"url": self.url, "ca_file": str(self.cert), "bind_dn": READER, "password": PASSWORD,
                "base": f"ou=people,{SUFFIX}", "page": 2, "every": "1s", "timeout": "10s"}
