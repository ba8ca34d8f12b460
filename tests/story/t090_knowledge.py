# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles: found for a whole mail, new ones at once, internal ones never outside; and letters in own words."""

from __future__ import annotations

import json
import pathlib
import shutil
import unittest

import harness
from people import Person

ARTICLE = """---
id: {id}
title: {title}
language: en
audience: {audience}
tags: [coffee]
---

{body}
"""


class Knowledge(harness.Story):
    """A folder of our own: the demonstration's articles, and what the tests add."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.desk.stop()
        cls.shelf = cls.folder / "kb"
        shutil.copytree(harness.ROOT / "etc" / "demo" / "kb", cls.shelf)
        cls.words = cls.folder / "texts"
        (cls.words / "en").mkdir(parents=True)
        (cls.words / "en" / "acknowledgement.subject.mustache").write_text("Got it: {{subject}} [#{{number}}]", "utf-8")
        (cls.folder / "synonyms.txt").write_text("", "utf-8")
        for section, key, folder in (("knowledge", "folder", cls.shelf), ("desk", "templates", cls.words),
                                     ("knowledge", "synonyms", cls.folder / "synonyms.txt")):
            table = cls.desk.sections[section]
            assert isinstance(table, dict)
            table[key] = str(folder)
        cls.desk.write_config()
        cls.desk.start()

    shelf: pathlib.Path
    words: pathlib.Path

    def person(self, name: str, address: str) -> Person:
        """Somebody who leaves when the test ends."""
        found = Person(self.servers, name, address)
        self.addCleanup(found.leave)
        return found

    def put(self, name: str, title: str, body: str, audience: str = "public") -> None:
        """An article, written or changed; waits until it is found by its title."""
        text = ARTICLE.format(id=name, title=title, body=body, audience=audience)
        (self.shelf / "en" / f"{name}.md").write_text(text, "utf-8")
        self.wait_for_title(name, title)

    def wait_for_title(self, name: str, title: str) -> None:
        """Until the index has the article under that title."""
        def found() -> bool:
            hits = self.desk.spocctl("kb", "search", title, "--internal")
            return any(hit["id"] == name and hit["title"] == title for hit in hits)
        harness.wait_until(f"\"{title}\" to be found", found, every=0.2)

    def test_acknowledgement_offers(self) -> None:
        """A question that an article answers gets it with the acknowledgement; another one gets none."""
        vera = self.person("Vera Holt", "vera.offer@example.net")
        vera.send("VPN drops every hour", "The VPN connection drops every hour and I must sign in again.")
        first = vera.wait_for_kind("acknowledgement")
        self.assertRegex(first.text, r"(?m)^[123]\. VPN drops every hour$")
        self.assertTrue(first["Subject"].startswith("Got it: VPN drops every hour"), first["Subject"])
        bo = self.person("Bo Wise", "bo.offer@example.net")
        bo.send("Lunch", "Which soup do you recommend for the celebration of the choir?")
        self.assertNotIn("already answers it", bo.wait_for_kind("acknowledgement").text)

    def test_new_and_changed(self) -> None:
        """A new article is offered without a restart; a change shows; what is deleted is gone."""
        self.put("coffee-machine", "Coffee machine shows error E7", "Empty the **drip tray**, then press *Start*.")
        vera = self.person("Vera Holt", "vera.coffee@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        vera.send("Coffee machine error E7", "The coffee machine on our floor shows error E7. What can we do?")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "Coffee" in mail["Subject"])
        self.assertIn("1. Coffee machine shows error E7", notice.text)
        self.put("coffee-machine", "Coffee machine shows error E7 or E8", "Empty the **bean box**, then press *Start*.")
        sam.reply(notice, "/use 1\nThis should do.")
        answer = vera.wait_for_kind("answer", notice.ticket)
        self.assertIn("bean box", answer.text)
        self.assertNotIn("**", answer.text)
        self.assertIn("<strong>bean box</strong>", answer.html)
        status, page = self.desk.get("/kb/coffee-machine")
        self.assertEqual(200, status)
        self.assertIn("<strong>bean box</strong>", page)
        (self.shelf / "en" / "coffee-machine.md").unlink()
        harness.wait_until("the article to be gone", lambda: self.desk.get("/kb/coffee-machine")[0] == 404)

    def test_internal(self) -> None:
        """An internal article is the agents' alone: not offered, not sent, not served."""
        self.put("toner-codes", "Toner cabinet code", "The code of the toner cabinet is 4711.", "internal")
        hugo = self.person("Hugo Marsh", "hugo.toner@example.net")
        sam = self.person("Sam Example", "sam@example.org")
        hugo.send("Toner cabinet code", "What is the code of the toner cabinet?")
        notice = sam.wait_for("notice", lambda mail: mail.kind == "opened" and "Toner" in mail["Subject"])
        self.assertIn("1. Toner cabinet code", notice.text)
        sam.reply(notice, "/use 1")
        refusal = sam.wait_for_kind("refusal", notice.ticket)
        self.assertIn("internal", refusal.text)
        self.assertEqual(404, self.desk.get("/kb/toner-codes")[0])
        self.desk.settle()
        for mail in hugo.inbox():
            self.assertNotIn("4711", mail.everything())
            self.assertNotIn("Toner cabinet code", mail.text)
        self.assertEqual(["acknowledgement"], hugo.kinds(notice.ticket))

    def test_bad_article(self) -> None:
        """What can't be read is told in the log by name, and the others stay."""
        (self.shelf / "en" / "broken.md").write_text("---\nid: broken\ntitle: Never closed\n", "utf-8")
        self.addCleanup((self.shelf / "en" / "broken.md").unlink)
        harness.wait_until("the mistake to be told", lambda: "broken.md" in self.desk.said())
        self.wait_for_title("vpn-drops", "VPN drops every hour")

    def test_unmounted(self) -> None:
        """A folder that is gone, or is there without an article, leaves the index as it is, over a restart too; `.empty` empties it."""
        def answers() -> bool:
            found = self.desk.spocctl("kb", "search", "vpn drops every hour")
            return self.desk.get("/kb/vpn-drops")[0] == 200 and bool(found) and found[0]["id"] == "vpn-drops"
        disk = self.folder / "disk"
        self.shelf.rename(disk)
        try:
            harness.wait_until("health to say it", lambda: any(f"{self.shelf} is gone" in one for one in self.desk.troubles()))
            gone = self.desk.run_ctl("kb", "check")
            self.assertEqual(66, gone.returncode)
            self.assertIn("those stay as they are. Mount the folder", gone.stderr)
            self.desk.restart(ready=False)
            harness.wait_until("health to say it again", lambda: any(f"{self.shelf} is gone" in one for one in self.desk.troubles()))
            self.assertTrue(answers())
            self.shelf.mkdir()
            harness.wait_until("health to say it", lambda: any(f"{self.shelf} holds no article" in one for one in self.desk.troubles()))
            self.assertIn(f"{self.shelf} holds no article, while the search index has", self.desk.said())
            self.assertTrue(answers())
            checked = self.desk.run_ctl("kb", "check")
            self.assertEqual(1, checked.returncode, checked.stdout)
            self.assertIn(f"create the file {self.shelf}/.empty", checked.stdout)
            told = self.desk.run_ctl("health")
            self.assertEqual((1, True), (min(told.returncode, 1), "holds no article" in told.stderr), told.stderr)
            self.desk.restart(ready=False)
            harness.wait_until("health to say it again", lambda: any("holds no article" in one for one in self.desk.troubles()))
            self.assertTrue(answers())
            (self.shelf / ".empty").touch()
            harness.wait_until("the index to be empty", lambda: self.desk.get("/kb/vpn-drops")[0] == 404)
            harness.wait_until("the desk to be well", lambda: not self.desk.troubles())
            self.assertEqual(0, self.desk.run_ctl("kb", "check").returncode)
        finally:
            shutil.rmtree(self.shelf, ignore_errors=True)
            disk.rename(self.shelf)
        harness.wait_until("the articles to be back", answers)
        harness.wait_until("the desk to be well", lambda: not self.desk.troubles())

    def test_synonyms(self) -> None:
        """The operator's list holds without a restart, and a mistake in it is told by its line."""
        self.put("punch-clock", "Punch clock shows the wrong time", "Hold the green button for five seconds.")
        listed = self.folder / "synonyms.txt"
        self.assertEqual([], [hit["id"] for hit in self.desk.spocctl("kb", "search", "zeiterfassung")])
        listed.write_text("[en]\nzeiterfassung, punch clock\nalone\n", "utf-8")
        harness.wait_until("the synonym to find", lambda: [
            hit["id"] for hit in self.desk.spocctl("kb", "search", "zeiterfassung")][:1] == ["punch-clock"], every=0.2)
        harness.wait_until("the mistake to be told", lambda: "synonyms.txt:3: a group has two members" in self.desk.said())
        checked = self.desk.run_ctl("kb", "check")
        self.assertEqual(1, checked.returncode)
        self.assertIn("synonyms.txt:3: a group has two members", checked.stdout)
        listed.write_text("", "utf-8")
        harness.wait_until("the synonym to be forgotten", lambda: not self.desk.spocctl("kb", "search", "zeiterfassung"), every=0.2)

    def test_check(self) -> None:
        """Each mistake by file and line, an exit code that scripts can use; a folder that is in order has none."""
        shelf = self.folder / "to-check"
        shelf.mkdir()
        (shelf / "good.md").write_text(ARTICLE.format(id="good", title="Good", body="Fine.", audience="public"), "utf-8")
        done = self.desk.run_ctl("kb", "check", str(shelf))
        self.assertEqual((0, "1 articles, 0 mistakes, 0 to look at\n"), (done.returncode, done.stdout), done.stderr)
        (shelf / "bad.md").write_text("---\nid: bad\naudience: friends\n---\n\nWords.\n", "utf-8")
        (shelf / "link.md").write_text("---\nid: link\nreview: 2020-01-01\n---\n\n# A\n\n[gone](/kb/nowhere)\n", "utf-8")
        done = self.desk.run_ctl("kb", "check", str(shelf))
        self.assertEqual(1, done.returncode)
        self.assertIn("bad.md:3: ", done.stdout)
        self.assertIn("link.md:8: there is no article \"nowhere\"", done.stdout)
        self.assertIn("link.md:3: was to be reviewed by 2020-01-01", done.stdout)
        self.assertIn("2 mistakes, 1 to look at", done.stdout)
        flaws = self.desk.spocctl("kb", "check", str(shelf), code=1)
        self.assertEqual([("bad.md", 3, True), ("link.md", 3, False), ("link.md", 8, True)],
                         [(one["path"], one["line"], one["mistake"]) for one in flaws])
        self.assertEqual(66, self.desk.run_ctl("kb", "check", str(self.folder / "nowhere")).returncode)

    def test_evaluate(self) -> None:
        """Scores by language and over all, and what each query found; from a folder and from lines."""
        queries, judgements, lines = (self.folder / name for name in ("queries.jsonl", "judgements.jsonl", "articles.jsonl"))
        asked = [("q1", "en", "my vpn drops every hour", "vpn-drops"), ("q2", "en", "printer is offline", "printer-offline"),
                 ("q3", "nb", "glemt passord", "password-reset.nb"), ("q4", "nb", "hvor er kantinen", "printer-offline.nb")]
        queries.write_text("".join(json.dumps({"id": name, "language": language, "text": text}) + "\n"
                                   for name, language, text, _ in asked), "utf-8")
        judgements.write_text("".join(json.dumps({"id": name, "relevant": [article]}) + "\n"
                                      for name, _, _, article in asked), "utf-8")
        common = ("kb", "evaluate", "--queries", str(queries), "--judgements", str(judgements), "--articles")
        shelf = str(harness.ROOT / "etc" / "demo" / "kb")
        done = self.desk.run_ctl(*common, shelf)
        self.assertEqual(0, done.returncode, done.stderr)
        rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
        self.assertEqual(["queries", "MAP", "MRR", "P@1", "P@5", "hit@3", "offered", "right"], rows["language"])
        self.assertEqual(["2", "100.0", "100.0", "100.0", "20.0", "100.0", "100.0", "100.0"], rows["en"])
        self.assertEqual(["2", "50.0"], rows["nb"][:2])
        self.assertEqual(["4", "75.0"], rows["all"][:2])
        told = self.desk.spocctl(*common, shelf)
        self.assertEqual(["vpn-drops", "printer-offline", "password-reset.nb", ""], [one["out"]["offered"] for one in told[:4]])
        self.assertEqual("vpn-drops", told[0]["out"]["ranked"][0])
        self.assertEqual(["en", "nb", "all"], [one["language"] for one in told[4:]])
        own = self.desk.spocctl(*common[:-1])
        self.assertEqual(["en", "nb", "all"], [one["language"] for one in own[4:]], "of the desk's own articles")
        lines.write_text(json.dumps({"id": "a", "title": "Blender", "text": "Turn the frobnicator.", "lang": "en"}) + "\n", "utf-8")
        queries.write_text(json.dumps({"id": "q", "text": "gizmo"}) + "\n", "utf-8")
        judgements.write_text(json.dumps({"query": "q", "article": "a"}) + "\n", "utf-8")
        listed = self.folder / "own.txt"
        listed.write_text("gizmo, frobnicator\n", "utf-8")
        self.assertEqual([], self.desk.spocctl(*common, str(lines))[0]["out"]["ranked"])
        self.assertEqual(["a"], self.desk.spocctl(*common, str(lines), "--synonyms", str(listed))[0]["out"]["ranked"])
        self.assertEqual([], self.desk.spocctl(*common, str(lines), "--synonyms", str(listed), "--no-synonyms")[0]["out"]["ranked"])
        judgements.write_text(json.dumps({"query": "q", "relevant": [["a"]]}) + "\n", "utf-8")
        wrong = self.desk.run_ctl(*common, str(lines))
        self.assertEqual(65, wrong.returncode)
        self.assertIn("judgements.jsonl: the judgement of query 'q' names [\"a\"]; an article's id is text or a whole number", wrong.stderr)
        queries.write_text("no object\n", "utf-8")
        broken = self.desk.run_ctl(*common, str(lines))
        self.assertEqual(65, broken.returncode)
        self.assertIn("queries.jsonl:1: not a JSON object", broken.stderr)

    def test_search(self) -> None:
        """Words of three languages, and a whole mail."""
        for words, wanted in (("passord glemt", "password-reset"), ("VPN 断开", "vpn"), ("打印機離線", "printer"),
                              ("printers are offline", "printer-offline")):
            with self.subTest(words=words):
                hits = self.desk.spocctl("kb", "search", words)
                self.assertIn(wanted, hits[0]["id"], [hit["id"] for hit in hits])


if __name__ == "__main__":
    unittest.main()
