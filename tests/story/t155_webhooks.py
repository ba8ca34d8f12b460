# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: signed, in their order, made again until they are taken, never to the inside unless it is allowed."""

from __future__ import annotations

import pathlib
import re
import tempfile
import unittest
from typing import Any, Callable

import jsonschema

import harness
from programs import Client, Receiver, make_certificate
from servers import ROOT

SECRET = "a secret of the desk and the receiver"


def documented_check() -> Callable[[dict[str, str], bytes, bytes], bool]:
    """The function that docs/webhooks.md gives to whoever writes a receiver."""
    text = (ROOT / "docs" / "webhooks.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.S)
    assert found
    names: dict[str, Any] = {}
    exec(found.group(1), names)  # pylint: disable=exec-used
    checks: Callable[[dict[str, str], bytes, bytes], bool] = names["from_the_desk"]
    return checks


class Stage(unittest.TestCase):
    """A receiver, and a desk that calls it."""

    settings: dict[str, Any] = {}

    def setUp(self) -> None:
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="spoc-hook-"))
        self.desk = harness.Spocd(self.folder / "desk", None, {
            "webhook": self.webhooks(f"http://127.0.0.1:{self.receiver.port}/hook"),
            **self.settings,
            "rule": [{"name": "alarm", "when": ["opened"], "if.words": ["fire"], "then.webhook": "pager"}]})
        self.addCleanup(self.desk.leave_stage)
        self.desk.start()
        self.local = Client(self.desk, local=True)

    def webhooks(self, url: str) -> list[dict[str, Any]]:
        """What the desk calls."""
        return [{"name": "pager", "url": url, "secret": SECRET, "allow_private": True},
                {"name": "board", "url": url, "secret": SECRET, "allow_private": True,
                 "events": ["ticket.opened", "message.answered", "ticket.closed"]}]

    def open_ticket(self, subject: str) -> int:
        """A fresh ticket."""
        answer = self.local.ask("POST", "/tickets", {"requester": {"address": "ola@example.net"}, "subject": subject,
                                                     "text": "Please come and look at it soon."})
        return int(answer.json["ticket"]["id"])

    def calls(self, **wanted: Any) -> list[dict[str, Any]]:
        """What spocctl shows, as far as it is like this."""
        return [one for one in self.desk.spocctl("webhooks", "list")
                if all(one[key] == value for key, value in wanted.items())]

    def check(self, document: dict[str, Any], body: dict[str, Any]) -> None:
        """Is it a call as the OpenAPI document says?"""
        said = document["webhooks"][body["type"]]["post"]["requestBody"]["content"]["application/json"]["schema"]
        whole = {**said, "components": document["components"]}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(body)

    def wait_for(self, count: int) -> None:
        """Until so many calls were taken and written down."""
        harness.wait_until(f"{count} calls to be taken", lambda: len(self.calls(state="sent")) == count)


class WebhookStory(Stage):
    """What a receiver gets."""

    def test_events_and_rules_call_and_failures_come_again(self) -> None:
        """A 500 is no end; the same id and body come again, signed for the moment, as docs/webhooks.md checks it."""
        self.receiver.statuses = [500]
        ticket = self.open_ticket("A fire drill is planned")
        self.wait_for(2)
        self.assertEqual(["rule.fired", "ticket.opened"], sorted(self.receiver.types()))
        self.assertEqual(3, len(self.receiver.calls))
        first, *others = self.receiver.calls
        again = [one for one in others if one["headers"]["webhook-id"] == first["headers"]["webhook-id"]]
        self.assertEqual([first["body"]], [one["body"] for one in again])
        check = documented_check()
        for one in self.receiver.calls:
            self.assertTrue(check(one["headers"], one["body"], SECRET.encode()))
            self.assertFalse(check(one["headers"], one["body"] + b" ", SECRET.encode()))
            self.assertFalse(check(one["headers"], one["body"], b"another secret"))
        stale = {**first["headers"], "webhook-timestamp": "1614265330"}
        self.assertFalse(check(stale, first["body"], SECRET.encode()))
        bodies = self.receiver.taken()
        self.assertEqual({ticket}, {one["data"]["ticket"]["id"] for one in bodies})
        self.assertEqual({"alarm"}, {one["data"]["rule"] for one in bodies if one["type"] == "rule.fired"})
        self.assertEqual({"Please come and look at it soon."}, {one["data"]["messages"][0]["reply"] for one in bodies})
        self.assertEqual([1, 2], sorted(one["attempts"] for one in self.calls(state="sent")))
        self.local.ask("POST", f"/tickets/{ticket}/messages",
                       {"kind": "answer", "text": "We come.", "commands": ["/close"]}, spoc_agent="sam")
        self.wait_for(4)
        self.assertEqual(["ticket.closed", "message.answered"], self.receiver.types()[2:])
        dry = self.desk.spocctl("rules", "test", "--ticket", str(ticket))
        self.assertEqual(["webhook pager"], dry[0]["done"])
        document = self.local.ask("GET", "/openapi.json").json
        for one in self.receiver.taken():
            self.check(document, one)

    def test_the_openapi_document_names_what_the_manual_does(self) -> None:
        """Each type of call stands in both."""
        text = (ROOT / "docs" / "webhooks.md").read_text("utf-8")
        table = text[text.index("| type | is sent when |"):text.index("## Is it from the desk?")]
        named = {name for row in re.findall(r"(?m)^\| (`[^|]*`) \|", table) for name in re.findall(r"`([^`]+)`", row)}
        self.assertEqual(named, set(self.local.ask("GET", "/openapi.json").json["webhooks"]))

    def test_calls_come_in_their_order(self) -> None:
        """While the first waits, the others wait behind it; another webhook's go on."""
        self.receiver.statuses = [503, 503]
        opened = [self.open_ticket(subject) for subject in ("One", "Two", "Three")]
        harness.wait_until("the first to fail twice", lambda: len(self.receiver.calls) == 2)
        self.desk.spocctl("webhooks", "test", "pager")
        harness.wait_until("the other webhook's call", lambda: self.receiver.types() == ["test"])
        self.assertEqual([0, 0], [one["attempts"] for one in self.calls(webhook="board")][:2])
        self.assertTrue(any("webhook board: 503" in one for one in self.desk.troubles()))
        self.assertEqual([{"queued": 1}], self.desk.spocctl("webhooks", "retry"))
        self.wait_for(4)
        self.assertEqual(opened, [one["data"]["ticket"]["id"] for one in self.receiver.taken()[1:]])
        harness.wait_until("the desk to be well again", lambda: not self.desk.troubles())

    def test_a_crash_loses_no_call(self) -> None:
        """kill -9 while the receiver thinks, and while nobody listens: each call arrives in the end, under its own id."""
        self.receiver.open.clear()
        first = self.open_ticket("Nothing burns")
        harness.wait_until("the call to be under way", lambda: self.receiver.calls)
        self.desk.kill9()
        self.receiver.close()
        self.desk.start(ready=False)
        second = self.open_ticket("Nothing burns either")
        harness.wait_until("an attempt in vain", lambda: [one for one in self.calls(webhook="board") if one["attempts"]])
        self.desk.kill9()
        later = Receiver(self.receiver.port)
        self.addCleanup(later.close)
        self.desk.start(ready=False)
        self.desk.spocctl("webhooks", "retry")
        self.wait_for(2)
        self.assertEqual([first, second], [one["data"]["ticket"]["id"] for one in later.taken()])
        once, again = self.receiver.calls[0], later.calls[0]
        self.assertEqual((once["headers"]["webhook-id"], once["body"]), (again["headers"]["webhook-id"], again["body"]))

    def test_gone_is_gone(self) -> None:
        """410 ends a call at once, loudly; the operator may make it again."""
        self.receiver.statuses = [410]
        self.desk.spocctl("webhooks", "test", "pager")
        call = harness.wait_until("it to be given up", lambda: self.calls(state="given_up"))[0]
        self.assertEqual(1, self.desk.metric("spoc_webhook_calls_given_up"))
        harness.wait_until("health to say so", lambda: any("was given up: 410" in one for one in self.desk.troubles()))
        self.assertIn("alarm", self.desk.said())
        self.desk.spocctl("webhooks", "retry", "999", code=66)
        self.assertEqual([{"queued": 1}], self.desk.spocctl("webhooks", "retry", str(call["id"])))
        harness.wait_until("it to be taken", lambda: self.receiver.types() == ["test"])
        harness.wait_until("the desk to be well again", lambda: not self.desk.troubles())


class AlarmStory(Stage):
    """A route to the operator that is no mail."""

    def webhooks(self, url: str) -> list[dict[str, Any]]:
        return [{"name": "pager", "url": url, "secret": SECRET, "allow_private": True},
                {"name": "board", "url": url, "secret": SECRET, "allow_private": True, "events": ["alarm"]}]

    def test_an_alarm_goes_to_the_others(self) -> None:
        """Signed as any call, with its words alone; not to the webhook that it is about, nor to one that wants none."""
        self.receiver.statuses = [410]
        self.desk.spocctl("webhooks", "test", "pager")
        self.wait_for(1)
        call, taken = self.receiver.calls[-1], self.receiver.taken()[0]
        self.assertEqual(("alarm", ["words"]), (taken["type"], list(taken["data"])))
        self.assertRegex(taken["data"]["words"], r"webhook pager: call \d+ \(test\) was given up: 410")
        self.assertTrue(documented_check()(call["headers"], call["body"], SECRET.encode()))
        self.assertEqual([("board", "alarm")], [(one["webhook"], one["event"]) for one in self.calls(state="sent")])
        document = self.local.ask("GET", "/openapi.json").json
        self.check(document, taken)

    def test_an_alarm_about_an_alarm_goes_round_no_circle(self) -> None:
        """Where the only one that hears of alarms takes none, the log has both, and that is the end."""
        self.receiver.statuses = [410, 410]
        self.desk.spocctl("webhooks", "test", "pager")
        harness.wait_until("both to be given up", lambda: len(self.calls(state="given_up")) == 2)
        harness.wait_until("the log to say so", lambda: "webhook board: " in self.desk.said())
        self.assertEqual(["alarm", "test"], sorted(one["event"] for one in self.calls()))


class PatientStory(Stage):
    """A desk whose answers wait a moment before they leave."""

    settings: dict[str, Any] = {"desk": {"undo_delay": "8s"}}

    def test_an_answer_that_was_taken_back_is_told_to_nobody(self) -> None:
        """Neither the receiver nor a rule hears of it; the next one they hear of once it has left."""
        ticket = self.open_ticket("A fire drill is planned")
        self.wait_for(2)
        answer = {"kind": "answer", "text": "Wrong window, sorry."}
        self.local.ask("POST", f"/tickets/{ticket}/messages", answer, spoc_agent="sam")
        self.local.ask("POST", f"/tickets/{ticket}/commands", {"commands": ["/cancel"]}, spoc_agent="sam")
        self.local.ask("POST", f"/tickets/{ticket}/messages", {**answer, "text": "We come."}, spoc_agent="sam")
        self.assertEqual(2, len(self.calls()), "nothing has left yet")
        self.wait_for(3)
        last = self.receiver.taken()[-1]
        self.assertEqual(("message.answered", ["We come."]), (last["type"], [one["reply"] for one in last["data"]["messages"]]))
        trail = [one["detail"] for one in self.desk.ticket(ticket)["trail"] if one["what"] == "left"]
        self.assertEqual(["answer of sam"], trail)


class HastyStory(Stage):
    """A webhook that is given up soon."""

    def webhooks(self, url: str) -> list[dict[str, Any]]:
        return [{"name": "pager", "url": url, "secret": SECRET, "allow_private": True, "give_up": "10s"}]

    def test_what_nobody_takes_is_given_up(self) -> None:
        """Two attempts and a last one when the time is over; the next call has its turn; made again, it comes behind that."""
        self.receiver.statuses = [500, 500, 500]
        self.desk.spocctl("webhooks", "test", "pager")
        given_up = harness.wait_until("it to be given up", lambda: self.calls(state="given_up"))
        self.assertEqual((3, "500"), (given_up[0]["attempts"], given_up[0]["outcome"]))
        self.assertIn("was given up: 500; spocctl webhooks retry", self.desk.said())
        self.desk.spocctl("webhooks", "test", "pager")
        self.wait_for(1)
        self.assertEqual([{"queued": 1}], self.desk.spocctl("webhooks", "retry", str(given_up[0]["id"])))
        self.wait_for(2)
        late = given_up[0]["id"]
        self.assertEqual([late + 1, late], [one["sequence"] for one in self.receiver.taken()])

    def test_what_waits_for_a_webhook_that_is_gone_is_given_up(self) -> None:
        """Nothing waits for ever for a name that is not configured any more."""
        self.receiver.statuses = [500]
        self.desk.spocctl("webhooks", "test", "pager")
        harness.wait_until("an attempt in vain", lambda: self.receiver.calls)
        self.desk.sections["webhook"] = [{**self.webhooks("http://127.0.0.1:1/")[0], "name": "other"}]
        self.desk.sections["rule"] = []
        self.desk.write_config()
        self.desk.restart()
        self.assertEqual(["no [[webhook]] of this name is configured"],
                         [one["outcome"] for one in self.calls(state="given_up")])


class InsideStory(Stage):
    """Where the desk does not go."""

    def webhooks(self, url: str) -> list[dict[str, Any]]:
        certificate, key = make_certificate(self.folder / "tls")
        self.secure = Receiver(tls=(certificate, key))
        self.addCleanup(self.secure.close)
        port = self.secure.port
        secure = {"secret": SECRET, "allow_private": True}
        return [{"name": "pager", "url": url, "secret": SECRET, "allow_private": True},
                {"name": "number", "url": f"https://127.0.0.1:{port}/hook", "secret": SECRET, "ca_file": str(certificate)},
                {"name": "named", "url": f"https://localhost:{port}/hook", "secret": SECRET, "ca_file": str(certificate)},
                {"name": "trusted", "url": f"https://localhost:{port}/hook", "ca_file": "../tls/cert.pem", **secure},
                {"name": "unknown", "url": f"https://localhost:{port}/hook", **secure},
                {"name": "misnamed", "url": f"https://127.0.0.1:{port}/hook", "ca_file": str(certificate), **secure}]

    def outcome(self, name: str) -> str:
        """What became of a test call."""
        self.desk.spocctl("webhooks", "test", name)
        tried = harness.wait_until(f"{name} to be tried", lambda: [one for one in self.calls(webhook=name) if one["attempts"]])
        return str(tried[0]["outcome"])

    def test_the_inside_is_not_called(self) -> None:
        """Neither by number nor by a name that leads there."""
        for name in ("number", "named"):
            self.assertIn("one of the inside", self.outcome(name))
        self.assertEqual([], self.secure.calls)
        self.assertGreaterEqual(self.desk.metric("spoc_webhook_calls_queued"), 2)

    def test_no_redirect_is_followed(self) -> None:
        """What a redirect names is not asked."""
        self.receiver.statuses, self.receiver.location = [302], f"http://127.0.0.1:{self.receiver.port}/elsewhere"
        self.assertEqual("302", self.outcome("pager"))
        self.assertEqual(["/hook"], [one["path"] for one in self.receiver.calls])
        harness.wait_until("health to say so", lambda: any("webhook pager: 302" in one for one in self.desk.troubles()))

    def test_certificates_are_verified(self) -> None:
        """The own one by ca_file, in the configuration's folder; neither one of a stranger nor one of another name."""
        self.assertEqual("204", self.outcome("trusted"))
        self.assertEqual(["test"], self.secure.types())
        for name in ("unknown", "misnamed"):
            self.assertRegex(self.outcome(name), "(?i)certificate|subject")
        self.assertEqual(1, len(self.secure.calls))


if __name__ == "__main__":
    unittest.main()
