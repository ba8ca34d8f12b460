# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs at the desk's door: every documented operation, tokens, conditions, repeats, the event stream."""

from __future__ import annotations

import base64
import copy
import email
import email.policy
import hashlib
import json
import pathlib
import sys
import tempfile
import unittest
from collections.abc import Callable
from typing import Any

import jsonschema

import harness
import openapi
from programs import Answer, Client, Daemon, Stream

sys.path.insert(0, str(harness.ROOT / "tests" / "fakes"))
import clamd  # noqa: E402  pylint: disable=wrong-import-position

TESSA = {"address": "tessa@example.net", "name": "Tessa Lind"}


class Stage(unittest.TestCase):
    """A desk with Maildirs, tokens of every scope, and one ticket."""

    desk: harness.Spocd
    tokens: dict[str, str]
    schemas: dict[str, Any]
    settings: dict[str, Any] = {
        "rule": [{"name": "loud", "when": ["opened"], "if.words": ["loud"], "then.tag": ["loud"]}],
        "team": harness.TEAMS + [{"name": "lines", "members": ["kari"]}],
        "category": [{"path": "network", "teams": ["lines"]}]}

    @classmethod
    def setUpClass(cls) -> None:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="spoc-api-"))
        cls.desk = harness.Spocd(folder / "desk", None, cls.settings)
        cls.addClassCleanup(cls.desk.leave_stage)
        cls.desk.start()
        cls.desk.wait_for_articles()
        cls.tokens = {scope: cls.token(scope, scope) for scope in ("read", "create", "admin")}
        cls.tokens["write"] = cls.token("crm", "write", "sam")
        cls.schemas = Client(cls.desk, "", False).ask("GET", "/openapi.json").json["components"]["schemas"]

    @classmethod
    def token(cls, name: str, scope: str, agent: str = "") -> str:
        """A fresh token."""
        words = ["token", "add", name, "--scope", scope] + (["--agent", agent] if agent else [])
        return str(cls.desk.spocctl(*words)[0]["token"])

    def client(self, scope: str) -> Client:
        """A program with that scope; "" has no token, "local" sits at the socket."""
        return Client(self.desk, self.tokens.get(scope, ""), scope == "local")

    def ticket(self, subject: str = "The projector hums") -> int:
        """A fresh ticket of Tessa's."""
        answer = self.client("create").ask("POST", "/tickets", {
            "requester": TESSA, "subject": subject, "text": "In room 4, since this morning. It is rather annoying."})
        self.assertEqual(201, answer.status, answer)
        return int(answer.json["ticket"]["id"])

    def contact(self, address: str) -> int:
        """The contact of somebody who has just written from there."""
        answer = self.client("create").ask("POST", "/tickets", {
            "requester": {"address": address}, "subject": "From " + address, "text": "It is about the lamp in room 7."})
        self.assertEqual(201, answer.status, answer)
        return int(self.client("read").ask("GET", f"/contacts?q={address}").json["contacts"][0]["id"])

    def state(self, ticket: int) -> Answer:
        """The ticket as it is."""
        return self.client("read").ask("GET", f"/tickets/{ticket}")

    def assert_problem(self, status: int, answer: Answer) -> dict[str, Any]:
        """RFC 9457, in the shape that the document gives it."""
        self.assertEqual(status, answer.status, answer)
        self.assertEqual("application/problem+json", answer.headers["content-type"])
        told: dict[str, Any] = answer.json
        jsonschema.Draft202012Validator({**self.schemas["Problem"], "components": {"schemas": self.schemas}}).validate(told)
        self.assertEqual(status, told["status"])
        return told


class DocumentStory(Stage):
    """What the document promises."""

    def examples(self) -> dict[str, tuple[str, Any, dict[str, str]]]:
        """For each operation a path, a body and fields that must succeed."""
        ticket = self.ticket()
        tag = {"if_match": self.state(ticket).headers["etag"]}
        message = self.client("read").ask("GET", f"/tickets/{ticket}/messages").json["messages"][0]["id"]
        contact = self.client("read").ask("GET", "/contacts?q=tessa").json["contacts"][0]["id"]
        with_file = self.ticket_with_file()
        return {
            "openapi": ("/openapi.json", None, {}),
            "me": ("/me", None, {}),
            "listTickets": ("/tickets?status=new&team=it&requester=tessa@example.net&priority=P3&kind=incident"
                            "&since=2020-01-01T00:00:00Z&sort=changed&limit=2", None, {}),
            "openTicket": ("/tickets", {"requester": TESSA, "subject": "A new screen", "text": "Mine has a crack.",
                                        "mailbox": "support", "language": "en"}, {}),
            "getTicket": (f"/tickets/{ticket}", None, {}),
            "changeTicket": (f"/tickets/{ticket}", {"priority": "P2", "tags": ["hum"]}, tag),
            "commandTicket": (f"/tickets/{ticket}/commands", {"commands": ["/take", "/due tomorrow"]}, {}),
            "getDossier": (f"/tickets/{ticket}/dossier", None, {}),
            "getTrail": (f"/tickets/{ticket}/trail", None, {}),
            "listMessages": (f"/tickets/{ticket}/messages?limit=5", None, {}),
            "addMessage": (f"/tickets/{ticket}/messages", {
                "kind": "answer", "text": "Somebody comes at noon.",
                "attachments": [{"filename": "map.txt", "content": "Um9vbSA0", "type": "text/plain"}]}, {}),
            "showTyping": (f"/tickets/{ticket}/typing", None, {}),
            "getMessage": (f"/messages/{message}", None, {}),
            "getAttachment": (f"/messages/{with_file}/attachments/0", None, {}),
            "listContacts": ("/contacts?q=tessa&limit=10", None, {}),
            "noteCall": ("/calls", {"caller": "Quinn Caller, +47 98 76 54 32", "subject": "The door",
                                    "text": "It does not lock.", "commands": ["/priority P2"], "new": True}, {}),
            "addContact": ("/contacts", {"name": "Nora New", "new_addresses": ["nora.new@example.net"], "vip": True}, {}),
            "getRecord": (f"/contacts/{contact}/record", None, {}),
            "getContact": (f"/contacts/{contact}", None, {}),
            "changeContact": (f"/contacts/{contact}", {"name": "Tessa Lindgren", "language": "nb"}, {"if_match": "*"}),
            "mergeContact": (f"/contacts/{contact}/merge", {"other": self.contact("otto.merged@example.net")}, {"if_match": "*"}),
            "addContactAddress": (f"/contacts/{contact}/addresses", {"address": "tessa@example.com"}, {}),
            "removeContactAddress": (f"/contacts/{contact}/addresses/otto.merged@example.net", None, {}),
            "listAgents": ("/agents", None, {}),
            "getAgent": ("/agents/sam", None, {}),
            "listTeams": ("/teams", None, {}),
            "getTeam": ("/teams/it", None, {}),
            "listArticles": ("/articles?q=password", None, {}),
            "suggestArticles": ("/articles/suggest", {"subject": "Printer", "text": "The printer does not print."}, {}),
            "getArticle": ("/articles/" + self.client("read").ask("GET", "/articles").json["articles"][0]["id"], None, {}),
            "testRules": ("/rules/test", {"ticket": ticket}, {}),
            "wake": ("/wake", None, {}),
            "listEvents": ("/events?after=0&limit=10", None, {}),
        }

    def ticket_with_file(self) -> int:
        """The message of a mail with an attachment."""
        raw = (b"From: Ola Testmann <ola@example.net>\r\nTo: support@example.org\r\nSubject: A picture of it\r\n"
               b"Message-ID: <file@example.net>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
               b"--b\r\nContent-Type: text/plain\r\n\r\nLook.\r\n--b\r\nContent-Type: text/plain\r\n"
               b"Content-Disposition: attachment; filename=log.txt\r\n\r\nline one\r\n--b--\r\n")
        mail = self.desk.folder / "file.eml"
        mail.write_bytes(raw)
        self.desk.spocctl("mail", "import", str(mail))
        found = self.client("read").ask("GET", "/tickets?requester=ola@example.net").json["tickets"][0]["id"]
        return int(self.client("read").ask("GET", f"/tickets/{found}/messages").json["messages"][0]["id"])

    def test_every_documented_operation_answers_as_documented(self) -> None:
        """The document is valid JSON Schema throughout; no operation is left out here, none is undocumented."""
        document = self.client("").ask("GET", "/openapi.json").json
        self.assertEqual("3.1.0", document["openapi"])
        for schema in document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        examples = self.examples()
        operations = [(path, method, operation) for path, methods in document["paths"].items()
                      for method, operation in methods.items()]
        self.assertEqual(sorted(examples), sorted(operation["operationId"] for _, _, operation in operations))
        for path, method, operation in operations:
            with self.subTest(operation=operation["operationId"]):
                self.walk(document, method.upper(), path, operation, examples[operation["operationId"]])

    def test_the_document_keeps_openapis_own_rules(self) -> None:
        """And what would break them is seen."""
        document = self.client("").ask("GET", "/openapi.json").json
        self.assertEqual([], openapi.faults(document))
        worse = copy.deepcopy(document)
        first = next(path for path in worse["paths"] if "{" in path)
        method = next(iter(worse["paths"][first]))
        operation = worse["paths"][first][method]
        operation["parameters"] = [one for one in operation["parameters"] if one["in"] != "path"]
        operation["responses"]["two hundred"] = {"content": {}}
        operation["sumary"] = "misspelt"
        worse["components"]["schemas"]["Ticket"]["properties"]["id"] = {"$ref": "#/components/schemas/Nothing"}
        del worse["info"]["version"]
        found = "\n".join(openapi.faults(worse))
        for part in ("does not name the parameters of its path", "two hundred is no status", "two hundred lacks description",
                     "the unknown field sumary", "#/components/schemas/Nothing leads nowhere", "info lacks version"):
            self.assertIn(part, found)

    def walk(self, document: dict[str, Any], method: str, path: str, operation: dict[str, Any],
             example: tuple[str, Any, dict[str, str]]) -> None:
        """One operation: what it says it takes is taken, what it answers has the shape that it says."""
        address, body, fields = example
        self.assertEqual(len(path.split("/")), len(("/api/v1" + address.partition("?")[0]).split("/")))
        asked = {part.partition("=")[0] for part in address.partition("?")[2].split("&") if part}
        self.assertLessEqual(asked, {one["name"] for one in operation["parameters"] if one["in"] == "query"})
        if body is not None:
            self.check(document, operation["requestBody"]["content"]["application/json"]["schema"], body)
        answer = self.client("write").ask(method, address, body, **fields)
        success = [status for status in operation["responses"] if status != "default"]
        self.assertEqual([str(answer.status)], success, answer)
        if answer.status == 204:
            self.assertEqual(b"", answer.body)
            return
        media = operation["responses"][success[0]]["content"]
        self.assertIn(answer.headers["content-type"], media)
        if "schema" in media[answer.headers["content-type"]]:
            self.check(document, media[answer.headers["content-type"]]["schema"], answer.json)
        refused = self.client("").ask(method, address, body, **fields)
        if operation.get("security") != []:
            self.check(document, {"$ref": "#/components/schemas/Problem"}, self.assert_problem(401, refused))

    def check(self, document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
        """Holds a value against a schema of the document."""
        whole = {**schema, "components": document["components"]}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(value)


class TicketStory(Stage):
    """Programs work on tickets in an agent's name."""

    def test_a_ticket_is_opened_answered_changed_and_closed(self) -> None:
        """As an agent's mail would have it; the trail says which token it was."""
        ticket, crm = self.ticket(), self.client("write")
        said = crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "We look at it."})
        self.assertEqual((201, "outbound", "sam"), (said.status, said.json["message"]["kind"], said.json["message"]["agent"]))
        note = crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "note", "text": "The lamp is old."}).json
        self.assertEqual("note", note["message"]["kind"])
        tag = self.state(ticket).headers["etag"]
        changed = crm.ask("PATCH", f"/tickets/{ticket}", {"status": "resolved", "priority": "P1", "tags": ["lamp"]},
                          if_match=tag)
        self.assertEqual((200, "resolved", "P1", ["lamp"]),
                         (changed.status, *(changed.json[key] for key in ("status", "priority", "tags"))))
        self.desk.settle()
        letters = {(one["kind"], one["to"]) for one in self.desk.ticket(ticket)["letters"]}
        self.assertLessEqual({("acknowledgement", TESSA["address"]), ("answer", TESSA["address"]),
                              ("resolved", TESSA["address"])}, letters)
        # Who gave the order was told at once: no receipt goes to Sam.
        self.assertFalse([one for one in letters if one[0] == "receipt"])
        trail = [(one["who"], one["what"]) for one in crm.ask("GET", f"/tickets/{ticket}/trail").json["trail"]]
        self.assertIn(("token:create", "api"), trail)
        self.assertIn(("agent:sam", "answered"), trail)
        self.assertEqual(3, trail.count(("token:crm", "api")))

    def test_a_ticket_is_given_back_and_filed(self) -> None:
        """An empty assignee is nobody; a category of another team takes the ticket there."""
        ticket, crm = self.ticket(), self.client("write")
        crm.ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]})
        back = crm.ask("PATCH", f"/tickets/{ticket}", {"assignee": ""}, if_match="*")
        self.assertEqual((200, ""), (back.status, back.json["assignee"]), back)
        again = crm.ask("PATCH", f"/tickets/{ticket}", {"assignee": ""}, if_match="*")
        self.assertEqual(back.headers["etag"], again.headers["etag"])
        filed = crm.ask("PATCH", f"/tickets/{ticket}", {"category": "network"}, if_match="*")
        self.assertEqual(("network", "lines"), (filed.json["category"], filed.json["team"]), filed)
        trail = {one["what"]: one["detail"] for one in crm.ask("GET", f"/tickets/{ticket}/trail").json["trail"]}
        self.assertEqual("sam", trail["unassigned"])
        self.assertEqual("lines among lines of category network: the only one", trail["routed"])

    def test_what_the_desk_refuses_changes_nothing(self) -> None:
        """All or nothing, and the reason for each fault."""
        ticket, crm = self.ticket(), self.client("write")
        before = self.state(ticket)
        told = self.assert_problem(422, crm.ask("POST", f"/tickets/{ticket}/commands",
                                                {"commands": ["/priority P1", "/clos"]}))
        self.assertIn("did you mean /close?", " ".join(told["faults"]))
        for body in ({"commands": ["/close\n/take"]}, {"commands": ["close"]}):
            self.assert_problem(422, crm.ask("POST", f"/tickets/{ticket}/commands", body))
        self.assert_problem(422, crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "/close"}))
        self.assert_problem(422, crm.ask("PATCH", f"/tickets/{ticket}", {"assignee": "otto"}, if_match="*"))
        for wrong in ({"assignee": "lines"}, {"team": "kari"}, {"team": "nowhere"}):
            self.assert_problem(422, crm.ask("PATCH", f"/tickets/{ticket}", wrong, if_match="*"))
        self.assertEqual(before.body, self.state(ticket).body)
        self.assertEqual(0, self.desk.metric("spoc_agent_mails_refused"))

    def test_conditions(self) -> None:
        """ETag, If-None-Match, If-Match."""
        ticket, crm = self.ticket(), self.client("write")
        tag = self.state(ticket).headers["etag"]
        self.assertEqual(304, crm.ask("GET", f"/tickets/{ticket}", if_none_match=tag).status)
        self.assert_problem(428, crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}))
        self.assertEqual(200, crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}, if_match=tag).status)
        stale = crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P4"}, if_match=tag)
        self.assert_problem(412, stale)
        self.assertEqual(self.state(ticket).headers["etag"], stale.headers["etag"])
        self.assert_problem(412, crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "Hello."},
                                         if_match=tag))
        self.assertEqual("P1", self.state(ticket).json["priority"])

    def test_the_same_request_twice_is_carried_out_once(self) -> None:
        """Idempotency-Key, also after a crash."""
        ticket, crm = self.ticket(), self.client("write")
        body = {"kind": "answer", "text": "The lamp has been changed."}
        first = crm.ask("POST", f"/tickets/{ticket}/messages", body, idempotency_key="one")
        self.desk.kill9()
        self.desk.start()
        again = crm.ask("POST", f"/tickets/{ticket}/messages", body, idempotency_key="one")
        self.assertEqual((201, first.body, first.headers["location"]), (again.status, again.body, again.headers["location"]))
        self.assertEqual("true", again.headers["idempotency-replayed"])
        said = crm.ask("GET", f"/tickets/{ticket}/messages").json["messages"]
        self.assertEqual(["inbound", "outbound"], [one["kind"] for one in said])
        self.assert_problem(422, crm.ask("POST", f"/tickets/{ticket}/messages", {**body, "text": "Else."},
                                         idempotency_key="one"))

    def test_a_patch_that_is_repeated_is_carried_out_once(self) -> None:
        """With its key it is told what it was told, although the state has moved on by it."""
        ticket, crm = self.ticket(), self.client("write")
        tag = crm.ask("GET", f"/tickets/{ticket}").headers["etag"]
        first = crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}, if_match=tag, idempotency_key="patch")
        again = crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}, if_match=tag, idempotency_key="patch")
        self.assertEqual((200, first.body), (again.status, again.body))
        self.assertEqual("true", again.headers["idempotency-replayed"])
        self.assert_problem(422, crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P2"}, if_match="*",
                                         idempotency_key="patch"))
        self.assertEqual("P1", self.state(ticket).json["priority"])

    def test_a_change_of_nothing_is_kept_as_well(self) -> None:
        """What was so already is told again with its key, also when it is not so any more."""
        ticket, crm = self.ticket(), self.client("write")
        first = crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P3"}, if_match="*", idempotency_key="nothing")
        self.assertEqual((200, "P3"), (first.status, first.json["priority"]))
        crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}, if_match="*")
        again = crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P3"}, if_match="*", idempotency_key="nothing")
        self.assertEqual((200, first.body, "true"), (again.status, again.body, again.headers["idempotency-replayed"]))
        self.assertEqual("P1", self.state(ticket).json["priority"])
        self.assert_problem(422, crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P2"}, if_match="*",
                                         idempotency_key="nothing"))
        self.assert_problem(412, crm.ask("PATCH", f"/tickets/{ticket}", {"priority": "P1"}, if_match='"old"'))

    def test_a_ticket_is_read_whole(self) -> None:
        """Messages, letters, trail and the rest, of one moment; spocctl shows the same."""
        ticket, crm = self.ticket(), self.client("write")
        crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "We look at it."})
        self.desk.settle()
        whole = self.client("read").ask("GET", f"/tickets/{ticket}/dossier")
        self.assertEqual(["inbound", "outbound"], [one["kind"] for one in whole.json["messages"]])
        self.assertIn((TESSA["address"], "sent"), [(one["to"], one["state"]) for one in whole.json["letters"]])
        self.assertEqual(whole.json, self.desk.ticket(ticket))
        self.assert_problem(403, self.client("create").ask("GET", f"/tickets/{ticket}/dossier"))
        self.assert_problem(404, crm.ask("GET", "/tickets/999999/dossier"))

    def test_lists_go_on_page_by_page(self) -> None:
        """The next cursor and the Link field lead through all, each once."""
        opened = [self.ticket(f"Number {count} of the pages") for count in range(5)]
        reader, seen, path = self.client("read"), [], "/tickets?limit=2&requester=tessa%40example.net"
        while path:
            answer = reader.ask("GET", path)
            seen += [one["id"] for one in answer.json["tickets"]]
            link = answer.headers.get("link", "")
            path = link.partition("<")[2].partition(">")[0]
            self.assertEqual(bool(path), bool(answer.json["next"]))
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(set(opened), set(seen))
        self.assertEqual(sorted(seen, reverse=True)[:5], sorted(opened, reverse=True))
        for hours, ticket in zip((5, 3, 4), opened):
            said = self.client("write").ask("POST", f"/tickets/{ticket}/commands", {"commands": [f"/due {hours}h"]})
            self.assertEqual(200, said.status, said)
        harness.wait_until("the clock to have seen them",
                           lambda: all(self.state(ticket).json["due"] for ticket in opened[:3]))
        due = self.pages("/tickets?limit=2&sort=due&requester=tessa%40example.net", "tickets", "id")
        self.assertEqual([opened[1], opened[2], opened[0]], due[:3], "the soonest first, what is not due last")
        self.assertEqual(sorted(seen), sorted(due))
        self.assert_problem(400, reader.ask("GET", "/tickets?sort=due&cursor=x"))
        found = harness.wait_until("the words to be indexed",
                                   lambda: reader.ask("GET", "/tickets?q=%22Number+3+of+the+pages%22").json["tickets"])
        self.assertIn(opened[3], [one["id"] for one in found])


    def pages(self, path: str, name: str, key: str) -> list[Any]:
        """One key of all entries, by following Link from page to page; no page is longer than asked."""
        out: list[Any] = []
        while path:
            answer = self.client("read").ask("GET", path)
            self.assertEqual(200, answer.status, answer)
            self.assertLessEqual(len(answer.json[name]), int(path.partition("limit=")[2].partition("&")[0]))
            out += [one[key] for one in answer.json[name]]
            path = answer.headers.get("link", "").partition("<")[2].partition(">")[0]
            self.assertEqual(bool(path), bool(answer.json["next"]))
        return out

    def test_every_list_has_pages(self) -> None:
        """The trail, agents, teams and articles, each entry once and in its order."""
        ticket, reader = self.ticket("Something with a long story"), self.client("read")
        for command in ("/take", "/priority P2", "/wait", "/reopen"):
            self.client("write").ask("POST", f"/tickets/{ticket}/commands", {"commands": [command]})
            self.client("write").ask("POST", f"/tickets/{ticket}/messages", {"kind": "note", "text": f"After {command}."})
        self.contact("aaron.pages@example.net")
        for path, name, key in ((f"/tickets/{ticket}/trail", "trail", "what"), ("/agents", "agents", "handle"),
                                (f"/tickets/{ticket}/messages", "messages", "id"),
                                ("/teams", "teams", "name"), ("/articles", "articles", "id")):
            with self.subTest(path=path):
                whole = [one[key] for one in reader.ask("GET", path + "?limit=200").json[name]]
                self.assertGreater(len(whole), 1, "or nothing is shown")
                self.assertEqual(whole, self.pages(path + "?limit=1", name, key))
        for path in ("/agents", "/teams"):
            self.assert_problem(400, reader.ask("GET", path + "?cursor=nobody"))


class FileStory(Stage):
    """Files by the API, both ways."""

    CONTENT = bytes(range(256)) * 4096

    def attached(self, name: str = "log.bin", content: bytes = CONTENT, **more: str) -> list[dict[str, str]]:
        """One file as the API takes it."""
        return [{"filename": name, "content": base64.b64encode(content).decode(), **more}]

    def announced(self, client: Client, path: str, size: int = 5_000_000) -> int:
        """What the header of a large body is answered before any of it is sent; 0 is nothing."""
        connection = client.connection()
        connection.putrequest("POST", "/api/v1" + path)
        for key, value in client.head({"Content-Type": "application/json", "Content-Length": str(size)}).items():
            connection.putheader(key, value)
        connection.endheaders()
        try:
            return connection.getresponse().status
        finally:
            connection.close()

    def test_files_go_in_and_come_out(self) -> None:
        """The bytes are the same, the requester's letter has them, and no browser shows them."""
        answer = self.client("create").ask("POST", "/tickets", {
            "requester": TESSA, "subject": "A log", "text": "It is enclosed.", "attachments": self.attached(type="text/html")})
        self.assertEqual(201, answer.status, answer)
        ticket, crm = answer.json["ticket"]["id"], self.client("write")
        first = crm.ask("GET", f"/tickets/{ticket}/messages").json["messages"][0]
        self.assertEqual([("log.bin", hashlib.sha256(self.CONTENT).hexdigest())],
                         [(one["filename"], one["sha256"]) for one in first["attachments"]])
        got = self.client("read").ask("GET", f"/messages/{first['id']}/attachments/0")
        self.assertEqual((200, self.CONTENT), (got.status, got.body))
        self.assertEqual("application/octet-stream", got.headers["content-type"])
        self.assertEqual("nosniff", got.headers["x-content-type-options"])
        self.assertEqual("attachment; filename*=UTF-8''log.bin", got.headers["content-disposition"])
        self.assertIn("sandbox", got.headers["content-security-policy"])
        self.assert_problem(403, self.client("create").ask("GET", f"/messages/{first['id']}/attachments/0"))
        self.assert_problem(404, crm.ask("GET", f"/messages/{first['id']}/attachments/1"))
        said = crm.ask("POST", f"/tickets/{ticket}/messages", {
            "kind": "answer", "text": "The form.", "attachments": self.attached("skjema å.txt", b"Name:")})
        self.assertEqual(201, said.status, said)
        self.desk.settle()
        parts = [part for path in (self.desk.data / "out" / "new").iterdir()
                 for part in email.message_from_bytes(path.read_bytes(), policy=email.policy.default).walk()]
        self.assertEqual([b"Name:"], [one.get_payload(decode=True) for one in parts if one.get_filename() == "skjema å.txt"])

    def test_what_is_no_file_is_refused(self) -> None:
        """Paths, broken base64, empty and dangerous files, too much, and large bodies of strangers."""
        ticket, crm = self.ticket(), self.client("write")
        place = f"/tickets/{ticket}/messages"
        for files in (self.attached("../x"), self.attached("a\\b"), self.attached(content=b""), self.attached(type="x"),
                      [{"filename": "x", "content": "YQ="}], [{"filename": "x", "content": "Y\nQ="}], [{"filename": "x"}]):
            self.assert_problem(422, crm.ask("POST", place, {"kind": "note", "text": "x", "attachments": files}))
        told = self.assert_problem(422, crm.ask("POST", place, {"kind": "answer", "text": "x",
                                                                "attachments": self.attached("setup.exe", b"MZ")}))
        self.assertIn("setup.exe", " ".join(told["faults"]))
        large = {"kind": "note", "text": "x", "attachments": self.attached(content=b"x" * 4_000_000)}
        self.assertEqual(413, self.announced(Client(self.desk, "spoc_wrong"), place))
        self.assertEqual(413, self.announced(self.client("read"), place))
        self.assertEqual(413, self.announced(crm, f"/tickets/{ticket}/commands"))
        self.assertEqual(413, self.announced(crm, place, 50_000_000))
        self.assertEqual(201, crm.ask("POST", place, large).status)
        self.assertEqual(201, self.client("local").ask("POST", place, large, spoc_agent="sam").status)


class ScannedStory(Stage):
    """Files by the API at a desk with a virus scanner."""

    port = harness.free_port()
    settings = {**Stage.settings, "desk": {"clamd": f"127.0.0.1:{port}"}}

    def test_files_are_looked_through(self) -> None:
        """Held while the scanner is away, as in a mail; then what it finds something in is refused, and nothing is kept."""
        creator, crm = self.client("create"), self.client("write")
        file = {"filename": "a.txt", "content": base64.b64encode(b"words").decode()}
        bad = {"filename": "bad.txt", "content": base64.b64encode(b"x" * 200_000 + clamd.MARK).decode()}
        matter = {"requester": TESSA, "subject": "A file", "text": "It is enclosed, as you said.", "attachments": [file]}
        away = creator.ask("POST", "/tickets", matter)
        self.assertEqual(201, away.status, away)
        ticket = away.json["ticket"]["id"]
        place = f"/tickets/{ticket}/messages"
        held = crm.ask("GET", place).json["messages"][0]["attachments"]
        self.assertIn("could not be looked through for viruses", held[0]["held"])
        told = self.assert_problem(422, crm.ask("POST", place, {"kind": "answer", "text": "x", "attachments": [file]}))
        self.assertIn("could not be looked through for viruses", " ".join(told["faults"]))

        scanner = clamd.Clamd(self.port)
        self.addCleanup(scanner.stop)
        answer = {"kind": "answer", "text": "The form.", "attachments": [file, bad]}
        refused = self.assert_problem(422, crm.ask("POST", place, answer, idempotency_key="form"))
        self.assertEqual(['"bad.txt" carries a virus: Test.Mark'], refused["faults"])
        self.assertEqual(1, len(crm.ask("GET", place).json["messages"]))
        before = len(crm.ask("GET", "/tickets").json["tickets"])
        self.assert_problem(422, creator.ask("POST", "/tickets", {**matter, "attachments": [bad]}))
        self.assertEqual(before, len(crm.ask("GET", "/tickets").json["tickets"]))
        trail = crm.ask("GET", f"/tickets/{ticket}/trail").json["trail"]
        self.assertIn(("token:crm", "file refused", '"bad.txt" carries a virus: Test.Mark'),
                      [(one["who"], one["what"], one["detail"]) for one in trail])
        events = crm.ask("GET", "/events?after=0&limit=200").json["events"]
        self.assertIn(("token:create", None), [(one["who"], one["ticket"]) for one in events if one["what"] == "file refused"])

        answer["attachments"] = [file]
        first = crm.ask("POST", place, answer, idempotency_key="clean")
        self.assertEqual(201, first.status, first)
        self.assertEqual("", first.json["message"]["attachments"][0]["held"])
        again = crm.ask("POST", place, answer, idempotency_key="clean")
        self.assertEqual((201, "true", first.body), (again.status, again.headers["idempotency-replayed"], again.body))
        local = self.client("local").ask("POST", place, {**answer, "kind": "note"}, spoc_agent="sam")
        self.assertEqual(201, local.status, local)
        self.assertEqual(3, len(crm.ask("GET", place).json["messages"]))


class ContactStory(Stage):
    """What is known of people."""

    def test_what_is_known_of_a_contact_is_changed(self) -> None:
        """Each field, lists as a whole; on the state that was seen; and the trail says who did it."""
        self.ticket()
        crm = self.client("write")
        tessa = crm.ask("GET", "/contacts?q=tessa").json["contacts"][0]["id"]
        seen = crm.ask("GET", f"/contacts/{tessa}")
        said = {"organisation": "Example Ltd", "site": "Harbour", "phones": ["+47 22 33 44 55"], "vip": True,
                "equipment": ["Laptop 7", "Screen 2"], "notes": "Calls back."}
        changed = crm.ask("PATCH", f"/contacts/{tessa}", said, if_match=seen.headers["etag"])
        self.assertEqual(200, changed.status, changed)
        now = crm.ask("GET", f"/contacts/{tessa}")
        self.assertEqual(changed.headers["etag"], now.headers["etag"])
        self.assertEqual(said, {key: now.json[key] for key in said})
        self.assertEqual(seen.json["addresses"], now.json["addresses"])
        self.assert_problem(412, crm.ask("PATCH", f"/contacts/{tessa}", said, if_match=seen.headers["etag"]))
        for wrong in ({"vip": "yes"}, {"phones": "1"}, {"addresses": ["a@example.org"]}, {"phones": [""]}):
            self.assert_problem(422, crm.ask("PATCH", f"/contacts/{tessa}", wrong, if_match="*"))
        emptied = crm.ask("PATCH", f"/contacts/{tessa}", {"phones": [], "vip": False}, if_match="*").json
        self.assertEqual(([], False, "Harbour"), (emptied["phones"], emptied["vip"], emptied["site"]))
        events = crm.ask("GET", "/events?after=0&limit=200").json["events"]
        told = [one["detail"] for one in events if (one["who"], one["what"]) == ("token:crm", "contact")]
        self.assertIn("said: phones, vip", told[-1])


    def test_contacts_are_made_and_found(self) -> None:
        """Once with a key, by whatever is known of them; what belongs to others stays theirs."""
        crm, admin = self.client("write"), self.client("admin")
        said = {"name": "Vera Both", "new_addresses": ["Vera.Both@example.net"], "phones": ["+47 22 11 00 99"], "vip": True}
        self.assert_problem(403, self.client("read").ask("POST", "/contacts", said))
        made = crm.ask("POST", "/contacts", said, idempotency_key="vera")
        self.assertEqual((201, ["vera.both@example.net"], True), (made.status, made.json["addresses"], made.json["vip"]))
        vera = made.json["id"]
        self.assertEqual(f"/api/v1/contacts/{vera}", made.headers["location"])
        self.assertEqual(made.headers["etag"], crm.ask("GET", f"/contacts/{vera}").headers["etag"])
        again = crm.ask("POST", "/contacts", said, idempotency_key="vera")
        self.assertEqual((201, "true", made.body), (again.status, again.headers["idempotency-replayed"], again.body))
        self.assert_problem(409, crm.ask("POST", "/contacts", said))
        for wrong in ({}, {"vip": True}, {"phones": []}, {"name": "x", "new_addresses": ["sam"]}, {"name": "x", "id": 7}):
            self.assertIn(crm.ask("POST", "/contacts", wrong).status, (400, 422), wrong)
        for words in (str(vera), "vera.both@example.net", "22110099", "both vera"):
            found = crm.ask("GET", "/contacts?who=" + words.replace(" ", "%20")).json
            self.assertEqual([vera], [one["id"] for one in found["contacts"]], words)
        self.assertEqual([], crm.ask("GET", "/contacts?who=nobody").json["contacts"])
        names = [one["name"].lower() for one in crm.ask("GET", "/contacts?order=name&limit=200").json["contacts"]]
        self.assertEqual(sorted(name for name in names if name), [name for name in names if name])

        refused = self.assert_problem(403, crm.ask("PATCH", f"/contacts/{vera}", {"external_id": "e9"}, if_match="*"))
        self.assertIn("scope admin", refused["detail"])
        keyed = admin.ask("PATCH", f"/contacts/{vera}", {"external_id": "e9", "new_addresses": ["vera.two@example.net"]},
                          if_match="*")
        self.assertEqual(("e9", 2), (keyed.json["external_id"], len(keyed.json["addresses"])))
        taken = self.assert_problem(409, admin.ask("POST", "/contacts", {"name": "Another", "external_id": "e9"}))
        self.assertIn(f"contact {vera} has the key", taken["detail"])
        odd = crm.ask("POST", f"/contacts/{vera}/addresses", {"address": "unit/7@example.net"})
        self.assertIn("unit/7@example.net", odd.json["addresses"])
        dropped = crm.ask("DELETE", f"/contacts/{vera}/addresses/unit/7@example.net")
        self.assertNotIn("unit/7@example.net", dropped.json["addresses"])
        odd = crm.ask("POST", f"/contacts/{vera}/addresses", {"address": "/7@example.net"})
        self.assertIn("/7@example.net", odd.json["addresses"])
        dropped = crm.ask("DELETE", f"/contacts/{vera}/addresses/%2F7@example.net")
        self.assertEqual((200, False), (dropped.status, "/7@example.net" in dropped.json["addresses"]))

    def test_a_call_becomes_the_callers_ticket(self) -> None:
        """In the token's agent's name; who called is said, and shown with what is known of them."""
        crm = self.client("write")
        cara = crm.ask("POST", "/contacts", {"name": "Cara Caller", "phones": ["+47 33 22 11 00"]}).json["id"]
        said = {"caller": "33 22 11 00", "subject": "The lamp", "text": "It blinks since noon."}
        self.assert_problem(403, self.client("admin").ask("POST", "/calls", said))
        self.assert_problem(403, self.client("read").ask("POST", "/calls", said))
        noted = crm.ask("POST", "/calls", {**said, "commands": ["/priority P1"]}, idempotency_key="call")
        self.assertEqual((201, cara, "phone", "P1"),
                         (noted.status, noted.json["contact"], *(noted.json["ticket"][key] for key in ("channel", "priority"))))
        self.assertEqual((cara, ""), (noted.json["ticket"]["contact"], noted.json["ticket"]["requester"]))
        again = crm.ask("POST", "/calls", {**said, "commands": ["/priority P1"]}, idempotency_key="call")
        self.assertEqual((201, noted.body), (again.status, again.body))
        record = crm.ask("GET", f"/contacts/{cara}/record").json
        self.assertEqual((1, 1, [noted.json["ticket"]["id"]]),
                         (record["tickets"], record["unfinished"], [one["id"] for one in record["latest"]]))
        theirs = crm.ask("GET", f"/tickets?requester={cara}").json["tickets"]
        self.assertEqual([noted.json["ticket"]["id"]], [one["id"] for one in theirs])
        trail = crm.ask("GET", f"/tickets/{noted.json['ticket']['id']}/trail").json["trail"]
        self.assertIn(("token:crm", "api", "as sam: a call from 33 22 11 00"),
                      [(one["who"], one["what"], one["detail"]) for one in trail])
        crm.ask("POST", "/contacts", {"name": "Cara Other", "phones": ["+47 33 22 11 00"]})
        several = self.assert_problem(409, crm.ask("POST", "/calls", said))
        self.assertIn(f"{cara}: Cara Caller", several["detail"])
        self.assert_problem(404, crm.ask("POST", "/calls", {**said, "caller": "nobody of ours"}))
        self.assert_problem(422, crm.ask("POST", "/calls", {**said, "commands": ["close"]}))
        self.assert_problem(422, crm.ask("POST", "/calls", {**said, "text": "/close"}))
        fresh = crm.ask("POST", "/calls", {**said, "new": True, "commands": ["/asign sam"]}).json
        self.assertNotEqual(cara, fresh["contact"])
        self.assertIn("its commands were not carried out", "\n".join(fresh["lines"]))
        done = self.desk.run_ctl("call", "Dora Caller, 33 22 11 99", "--as", "sam", "--priority", "P2", "--words", "/kind request\nA chair.")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("Dora Caller", done.stdout)
        opened = self.desk.ticket(int(done.stdout.splitlines()[-1].removeprefix("ticket #")))
        self.assertEqual(("P2", "request", "A chair."),
                         (opened["ticket"]["priority"], opened["ticket"]["kind"], opened["messages"][0]["reply"]))

    def test_two_contacts_become_one(self) -> None:
        """Number, addresses and tickets of the other lead to the first, once however often it is asked."""
        crm = self.client("write")
        kept, gone = self.contact("ida.one@example.net"), self.contact("ida.two@example.net")
        ticket = crm.ask("GET", "/tickets?requester=ida.two@example.net").json["tickets"][0]["id"]
        seen = crm.ask("GET", f"/contacts/{kept}")
        place, body = f"/contacts/{kept}/merge", {"other": gone}
        self.assert_problem(403, self.client("read").ask("POST", place, body))
        self.assert_problem(412, crm.ask("POST", place, body, if_match='"old"'))
        self.assert_problem(404, crm.ask("POST", "/contacts/999999/merge", body))
        for wrong in ({}, {"other": 0}, {"other": "2"}, {"other": 999999}, {"other": gone, "into": kept}):
            self.assert_problem(422, crm.ask("POST", place, wrong))
        self.assertIn("both are contact", self.assert_problem(409, crm.ask("POST", place, {"other": kept}))["detail"])
        merged = crm.ask("POST", place, body, if_match=seen.headers["etag"], idempotency_key="ida")
        self.assertEqual((200, ["ida.one@example.net", "ida.two@example.net"]), (merged.status, merged.json["addresses"]))
        again = crm.ask("POST", place, body, if_match=seen.headers["etag"], idempotency_key="ida")
        self.assertEqual((200, "true", merged.body), (again.status, again.headers["idempotency-replayed"], again.body))
        self.assert_problem(409, crm.ask("POST", place, body))
        for number in (kept, gone):
            now = crm.ask("GET", f"/contacts/{number}")
            self.assertEqual((kept, merged.headers["etag"]), (now.json["id"], now.headers["etag"]))
        trail = crm.ask("GET", f"/tickets/{ticket}/trail").json["trail"]
        self.assertIn(("token:crm", "requester", f"contact {gone} was merged into {kept}"),
                      [(one["who"], one["what"], one["detail"]) for one in trail])
        self.assertEqual(kept, self.contact("ida.two@example.net"), "a new mail from the old address")
        self.assertEqual([0], sorted({line["broken"] for line in self.desk.spocctl("check", "--quick")}))

    def test_addresses_come_and_go(self) -> None:
        """One that somebody else has stays there, the last one stays too, and the trail has both ways."""
        crm = self.client("write")
        uma, eve = self.contact("uma.one@example.net"), self.contact("eve.one@example.net")
        place = f"/contacts/{uma}/addresses"
        only = self.assert_problem(409, crm.ask("DELETE", f"{place}/uma.one@example.net"))
        self.assertIn("the last address", only["detail"])
        for taken in ("eve.one@example.net", "sam@example.org", "support@example.org"):
            self.assert_problem(409, crm.ask("POST", place, {"address": taken}))
        for wrong in ({"address": "nowhere"}, {"address": 7}, {}, {"address": "a@example.org", "first": True}):
            self.assert_problem(422, crm.ask("POST", place, wrong))
        before = crm.ask("GET", f"/contacts/{uma}").headers["etag"]
        added = crm.ask("POST", place, {"address": "Uma.Two@example.net"}, if_match=before, idempotency_key="uma")
        self.assertEqual((200, ["uma.one@example.net", "uma.two@example.net"]), (added.status, added.json["addresses"]))
        replayed = crm.ask("POST", place, {"address": "Uma.Two@example.net"}, idempotency_key="uma")
        self.assertEqual("true", replayed.headers["idempotency-replayed"])
        self.assert_problem(412, crm.ask("POST", place, {"address": "uma.three@example.net"}, if_match=before))
        self.assertEqual(added.body, crm.ask("POST", place, {"address": "uma.two@example.net"}).body)
        self.assertEqual(uma, self.contact("uma.two@example.net"))
        self.assert_problem(404, crm.ask("DELETE", f"{place}/eve.one@example.net"))
        self.assert_problem(412, crm.ask("DELETE", f"{place}/uma.one@example.net", if_match=before))
        removed = crm.ask("DELETE", f"{place}/UMA.one@example.net", if_match=added.headers["etag"])
        self.assertEqual((200, ["uma.two@example.net"]), (removed.status, removed.json["addresses"]))
        self.assert_problem(404, crm.ask("DELETE", f"{place}/uma.one@example.net"))
        self.assertNotIn(self.contact("uma.one@example.net"), (uma, eve))
        events = crm.ask("GET", "/events?after=0&limit=200").json["events"]
        told = [one["detail"] for one in events if (one["who"], one["what"]) == ("token:crm", "contact")]
        self.assertEqual([f"{uma} has the address uma.two@example.net as well",
                          f"{uma} has the address uma.one@example.net no more"],
                         [one for one in told if one.startswith(f"{uma} has")])
        shown = self.desk.spocctl("contact", "address", "add", str(uma), "uma.four@example.net")[0]
        self.assertEqual(["uma.two@example.net", "uma.four@example.net"], shown["addresses"])
        self.desk.spocctl("contact", "address", "remove", str(uma), "uma.four@example.net")
        self.assertNotEqual(0, self.desk.run_ctl("contact", "address", "remove", str(uma), "uma.two@example.net").returncode)


class GateStory(Stage):
    """Who may, and what nobody may."""

    def test_tokens_hold_what_they_say(self) -> None:
        """Scopes, agents, revoking; no token is kept."""
        ticket = self.ticket()
        self.assertEqual("Bearer", self.client("").ask("GET", "/tickets").headers["www-authenticate"])
        self.assert_problem(401, Client(self.desk, "spoc_wrong").ask("GET", "/tickets"))
        self.assert_problem(403, self.client("create").ask("GET", f"/tickets/{ticket}"))
        self.assert_problem(403, self.client("read").ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]}))
        self.assert_problem(403, self.client("admin").ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]}))
        self.assert_problem(403, self.client("write").ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]},
                                                          spoc_agent="kari"))
        taken = self.client("admin").ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/take"]}, spoc_agent="kari")
        self.assertEqual("kari", taken.json["ticket"]["assignee"])
        short = self.token("short", "read")
        self.assertEqual(200, Client(self.desk, short).ask("GET", "/me").status)
        self.desk.spocctl("token", "revoke", "short")
        self.assert_problem(401, Client(self.desk, short).ask("GET", "/me"))
        self.assertNotIn(short.encode(), (self.desk.data / "spoc.db").read_bytes())
        self.desk.spocctl("token", "add", "short", code=65)
        named = {one["name"]: one for one in self.desk.spocctl("token", "list")}
        self.assertTrue(named["short"]["revoked"])
        self.assertEqual("sam", named["crm"]["agent"])

    def test_what_nobody_may(self) -> None:
        """Other methods, paths, bodies, parameters, and too much."""
        crm = self.client("write")
        self.assertEqual("GET, POST", crm.ask("DELETE", "/tickets").headers["allow"])
        self.assert_problem(405, crm.ask("DELETE", "/tickets"))
        self.assert_problem(404, crm.ask("GET", "/tockets"))
        self.assert_problem(404, crm.ask("GET", "/tickets/7"))
        self.assert_problem(404, crm.ask("GET", "/tickets/x"))
        self.assertIn("did you mean \"status\"?", crm.ask("GET", "/tickets?statos=new").json["faults"][0])
        self.assert_problem(400, crm.ask("GET", "/tickets?limit=0"))
        self.assert_problem(400, crm.ask("GET", "/tickets?cursor=x"))
        self.assert_problem(415, crm.ask("POST", "/tickets", b"a=b", content_type="application/x-www-form-urlencoded"))
        self.assert_problem(400, crm.ask("POST", "/tickets", b"{"))
        faults = self.assert_problem(422, crm.ask("POST", "/tickets", {"requestor": TESSA, "subject": 7}))["faults"]
        self.assertTrue(any("did you mean \"requester\"" in one for one in faults), faults)
        self.assert_problem(422, crm.ask("POST", "/tickets", {"requester": {"address": "support@example.org"},
                                                              "subject": "x", "text": "y"}))
        self.assert_problem(413, crm.ask("POST", "/rules/test", b"{\"mail\":\"" + b"x" * 600_000 + b"\"}"))
        self.assert_problem(422, crm.ask("POST", "/rules/test", b"{\"ticket\":18446744073709551615}"))

    def test_a_body_that_nobody_reads_is_refused_as_all_else(self) -> None:
        """A problem document, whether the size is said beforehand or not, by socket and by port."""
        for client in (self.client("write"), self.client("local")):
            for fields in ({"Content-Length": "3000000"}, {"Transfer-Encoding": "chunked"}):
                connection = client.connection()
                self.addCleanup(connection.close)
                connection.putrequest("POST", "/api/v1/rules/test")
                for key, value in client.head({"Content-Type": "application/json", **fields}).items():
                    connection.putheader(key, value)
                connection.endheaders()
                if "Transfer-Encoding" in fields:
                    connection.send(b"180000\r\n" + b"x" * 0x180000)
                told = connection.getresponse()
                answer = Answer(told.status, {key.lower(): value for key, value in told.getheaders()}, told.read())
                self.assertIn("api.body_size", self.assert_problem(413, answer)["detail"])

    def test_the_socket_is_the_operators(self) -> None:
        """No token at the socket; spocctl goes by it, and by itself while no daemon runs."""
        ticket = self.ticket()
        local = self.client("local")
        self.assertEqual("operator", local.ask("GET", "/me").json["name"])
        self.assertEqual(0o600, (self.desk.data / "api.sock").stat().st_mode & 0o777)
        self.desk.spocctl("ticket", "take", str(ticket), "--as", "kari")
        who = {(one["who"], one["what"]) for one in self.desk.ticket(ticket)["trail"]}
        self.assertIn(("operator", "api"), who)
        shown = self.desk.run_ctl("api", "get", f"/tickets/{ticket}")
        self.assertEqual("kari", json.loads(shown.stdout)["assignee"])
        self.desk.spocctl("ticket", "merge", str(ticket), "999999", "--as", "kari", code=1)
        self.desk.stop()
        self.assertFalse((self.desk.data / "api.sock").exists())
        self.assertEqual(75, self.desk.run_ctl("api", "GET", "/me").returncode)
        self.desk.spocctl("ticket", "close", str(ticket), "--as", "kari")
        self.assertEqual("closed", self.desk.ticket(ticket)["ticket"]["status"])
        self.desk.start()

    def test_spocctl_asks_the_daemon(self) -> None:
        """A desk whose store is somewhere else is seen and changed by its socket alone."""
        ticket = self.ticket("Seen from afar")
        away = self.desk.folder / "away"
        away.mkdir()
        afar = harness.Spocd(away, None, {**self.settings, "api": {"socket": str(self.desk.data / "api.sock")}})
        self.assertEqual("Seen from afar", afar.ticket(ticket)["ticket"]["subject"])
        self.assertIn(ticket, [one["id"] for one in afar.spocctl("ticket", "list")])
        vera = afar.spocctl("contact", "add", "--name", "Vera Afar", "--address", "vera.afar@example.net")[0]["id"]
        afar.spocctl("contact", "set", str(vera), "--site", "Hill", "--phone", "22 11 00 77")
        afar.spocctl("call", "22110077", "--as", "sam", "--subject", "The lamp", "--words", "It blinks.")
        record = self.client("read").ask("GET", f"/contacts/{vera}/record").json
        self.assertEqual(("Hill", 1), (record["contact"]["site"], record["tickets"]))
        self.assertEqual(["it", "lines"], [one["name"] for one in afar.spocctl("team", "list")])
        self.assertEqual(["sam", "kari"], [one["handle"] for one in afar.spocctl("agent", "list")])
        self.assertFalse((afar.data / "spoc.db").exists(), "its own store was never needed")

    def test_spocctl_says_the_same_without_a_daemon(self) -> None:
        """Each list, record and refusal, word for word, by the daemon and by the store."""
        ticket = self.ticket("Seen from both sides")
        made = self.desk.spocctl("contact", "add", "--name", "Nils Both", "--address", "nils.both@example.net",
                                 "--phone", "22 11 00 88", "--vip", "yes")[0]
        self.desk.spocctl("ticket", "take", str(ticket), "--as", "kari")
        self.desk.settle()
        nils = str(made["id"])
        asked = [(["ticket", "show", str(ticket)], 0), (["ticket", "list", "--all"], 0), (["ticket", "list", "--sort", "due"], 0),
                 (["ticket", "list", "--assignee", "kari", "--limit", "1"], 0), (["contact", "show", "nils.both@example.net"], 0),
                 (["contact", "list"], 0), (["contact", "list", "22110088"], 0), (["contact", "list", "--limit", "1"], 0),
                 (["team", "list"], 0), (["ticket", "show", "999999"], 66), (["contact", "show", "nobody of ours"], 66),
                 (["ticket", "list", "--status", "odd"], 65), (["contact", "set", nils, "--address", "sam@example.org"], 65),
                 (["contact", "set", nils, "--vip", "perhaps"], 65), (["contact", "address", "remove", nils, "no@example.net"], 66),
                 (["contact", "address", "remove", nils, "nils.both@example.net"], 65), (["contact", "merge", nils, nils], 65),
                 (["call", "nobody of ours", "--as", "sam", "--words", "x"], 66), (["ticket", "wait", "999999", "--as", "sam"], 66)]
        def told() -> list[tuple[int, str, str]]:
            out: list[tuple[int, str, str]] = []
            for words, code in asked:
                for form in ([], ["--json"]):
                    done = self.desk.run_ctl(*form, *words)
                    self.assertEqual(code, done.returncode, (words, done.stderr))
                    out.append((done.returncode, done.stdout, done.stderr))
            return out
        by_daemon = told()
        self.desk.stop()
        self.addCleanup(self.desk.start)
        self.assertEqual(by_daemon, told())
        changed = self.desk.spocctl("contact", "set", nils, "--site", "Hill", "--address", "nils.two@example.net")[0]
        self.assertEqual(("Hill", 2), (changed["site"], len(changed["addresses"])))
        done = self.desk.run_ctl("call", "22 11 00 88", "--as", "sam", "--words", "The lamp blinks.")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("name          Nils Both", done.stdout)
        number = int(done.stdout.splitlines()[-1].removeprefix("ticket #"))
        self.assertEqual("nils.both@example.net", self.desk.ticket(number)["ticket"]["requester"])


class PorterStory(Stage):
    """What spocctl does where the daemon is gone, older, or ill: the store is there, and nothing is done twice."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.desk.stop()

    def played(self, answer: Callable[[str, str], tuple[int, dict[str, Any]] | None]) -> Daemon:
        """A daemon at the desk's socket that answers so."""
        daemon = Daemon(self.desk.data / "api.sock", answer)
        self.addCleanup(daemon.close)
        return daemon

    def made(self, name: str, code: int = 0) -> list[dict[str, Any]]:
        """What spocctl says of a new contact."""
        return self.desk.spocctl("contact", "add", "--name", name, code=code)

    def known(self, name: str) -> int:
        """How many have that name, as spocctl sees it."""
        return sum(one["name"] == name for one in self.desk.spocctl("contact", "list"))

    def test_a_daemon_that_was_killed(self) -> None:
        """Its socket is still there, and nobody listens: all is done in the store."""
        self.played(lambda method, path: None).close()
        self.assertTrue((self.desk.data / "api.sock").exists())
        self.made("Gone Once")
        self.assertEqual(1, self.known("Gone Once"))

    def test_an_older_daemon(self) -> None:
        """What it has no path, method or parameter for is done in the store, once; its other answers hold."""
        for status, detail in ((404, "there is nothing at /api/v1/contacts; see /api/v1/openapi.json"),
                               (405, "POST is not known here"),
                               (400, "the query is not as it should be: there is no parameter \"order\" here")):
            with self.subTest(status=status):
                daemon = self.played(lambda method, path, told=(status, detail): (told[0], {"status": told[0], "detail": told[1]}))
                self.made(f"Older {status}")
                self.assertEqual(1, self.known(f"Older {status}"))
                self.assertEqual(["/api/v1/contacts"], daemon.asked_for("POST"))
                self.assertEqual(1, len(daemon.asked_for("GET")), "it is asked before the store is")
        for status, code in ((404, 66), (403, 77), (409, 65)):
            with self.subTest(status=status):
                self.played(lambda method, path, told=status: (told, {"status": told, "detail": "that is how it is"}))
                done = self.desk.run_ctl("contact", "add", "--name", "Refused")
                self.assertEqual((code, "spocctl: that is how it is"), (done.returncode, done.stderr.strip()))
                self.assertEqual(code, self.desk.run_ctl("contact", "list").returncode)
        self.played(lambda method, path: None).close()
        self.assertEqual(0, self.known("Refused"))

    def test_a_daemon_that_is_ill(self) -> None:
        """The operator can look all the same; what changes something is the daemon's to do, and is not done beside it."""
        self.played(lambda method, path: None).close()
        vera = str(self.made("Vera Ill")[0]["id"])
        for answer, code in (((503, {"status": 503, "detail": "come again"}), 75), ((500, {"status": 500, "detail": "oh"}), 70), (None, 75)):
            with self.subTest(answer=answer):
                daemon = self.played(lambda method, path, told=answer: told)
                self.assertEqual("Vera Ill", self.desk.spocctl("contact", "show", vera)[0]["name"])
                self.made("Never", code)
                # The look falls back, the change behind it does not.
                self.desk.spocctl("contact", "set", vera, "--site", "Hill", code=code)
                self.assertEqual([f"/api/v1/contacts/{vera}"], daemon.asked_for("PATCH"))
                self.assertEqual((0, ""), (self.known("Never"), self.desk.spocctl("contact", "show", vera)[0]["site"]))

    def test_a_daemon_that_can_change_but_not_show(self) -> None:
        """A look in the store does not keep the change that follows from the daemon."""
        self.played(lambda method, path: None).close()
        nils = self.made("Nils Change")[0]
        daemon = self.played(lambda method, path: (503, {"detail": "come again"}) if method == "GET" else (200, {**nils, "site": "Its own"}))
        changed = self.desk.spocctl("contact", "set", str(nils["id"]), "--site", "Hill")[0]
        self.assertEqual("Its own", changed["site"])
        self.assertEqual([f"/api/v1/contacts/{nils['id']}"], daemon.asked_for("PATCH"))
        self.assertEqual("", self.desk.spocctl("contact", "show", str(nils["id"]))[0]["site"], "the store was left to the daemon")

    def test_an_answer_that_is_none(self) -> None:
        """What can't be read is told, and not taken for done."""
        self.played(lambda method, path: (200, {"odd": True}))
        self.assertEqual(70, self.desk.run_ctl("contact", "list").returncode)


class PaceStory(Stage):
    """A desk that takes one request a second from a token."""

    settings = {**Stage.settings, "api": {"rate": 1}}

    def test_who_asks_too_often_waits(self) -> None:
        """A burst goes through, then 429 with the time to wait; another token is not held up."""
        statuses: list[int] = []
        while 429 not in statuses and len(statuses) < 100:
            answer = self.client("read").ask("GET", "/me")
            statuses.append(answer.status)
        self.assertEqual([200] * 5, statuses[:5])
        self.assert_problem(429, answer)
        self.assertEqual("1", answer.headers["retry-after"])
        self.assertEqual(200, self.client("admin").ask("GET", "/me").status)


class EventStory(Stage):
    """The audit trail as a stream."""

    def test_a_stream_goes_on_where_it_was_left(self) -> None:
        """Each event once, in order, over a broken connection and a crash of the desk."""
        reader, crm = self.client("read"), self.client("write")
        stream = Stream(reader)
        self.addCleanup(stream.close)
        ticket = self.ticket()
        harness.wait_until("the opening to be told", lambda: "opened" in stream.whats())
        before = list(stream.events)  # more may come until it is closed
        last = str(before[-1]["id"])
        stream.close()
        crm.ask("POST", f"/tickets/{ticket}/messages", {"kind": "answer", "text": "On its way."})
        self.desk.kill9()
        self.desk.start()
        further = Stream(reader, last)
        self.addCleanup(further.close)
        harness.wait_until("the answer to be told", lambda: "answered" in further.whats())
        crm.ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/close"]})
        harness.wait_until("the end to be told",
                           lambda: any(one["data"]["detail"].endswith("to closed") for one in further.events))
        ids = [one["id"] for one in before + further.events]
        self.assertEqual(sorted(set(ids)), ids)
        pages = reader.ask("GET", f"/events?after={ids[0] - 1}&limit=200").json["events"]
        self.assertEqual([one["id"] for one in pages][:len(ids)], ids)

    def test_typing_is_for_who_has_an_open_chat(self) -> None:
        """A ticket that came by mail shows it to nobody; it needs an agent's name, and leaves no trace."""
        ticket, crm = self.ticket(), self.client("write")
        before = crm.ask("GET", f"/tickets/{ticket}/trail").json
        self.assertEqual({"ticket": ticket, "shown": False}, crm.ask("POST", f"/tickets/{ticket}/typing").json)
        self.assert_problem(404, crm.ask("POST", "/tickets/999999/typing"))
        self.assert_problem(403, self.client("read").ask("POST", f"/tickets/{ticket}/typing"))
        self.assert_problem(403, self.client("admin").ask("POST", f"/tickets/{ticket}/typing"))
        self.assertEqual(200, self.client("admin").ask("POST", f"/tickets/{ticket}/typing", spoc_agent="kari").status)
        self.assertEqual(before, crm.ask("GET", f"/tickets/{ticket}/trail").json)

    def test_a_stream_ends_with_its_token(self) -> None:
        """Revoked is revoked."""
        stream = Stream(Client(self.desk, self.token("brief", "read")))
        self.addCleanup(stream.close)
        self.desk.spocctl("token", "revoke", "brief")
        self.ticket()
        harness.wait_until("the stream to end", lambda: stream.ended)
        self.assertEqual([], stream.events)


if __name__ == "__main__":
    unittest.main()
