#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/make_mails keeps its promises: sizes, kinds, and the same bytes from the same seed."""

import email
import email.policy
import hashlib
import importlib.machinery
import importlib.util
import pathlib
import statistics
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
LOADER = importlib.machinery.SourceFileLoader("make_mails", str(ROOT / "bench" / "make_mails"))
make_mails = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_mails", LOADER))
LOADER.exec_module(make_mails)
COUNT = 2000


def digest(count, seed, secret=None):
    """Of names and bytes."""
    whole = hashlib.sha256()
    for name, data in make_mails.mails(count, seed, secret)[1]:
        whole.update(name.encode() + data)
    return whole.hexdigest()


class MakeMails(unittest.TestCase):
    """Figures of 2,000 mails, with some room for chance."""

    @classmethod
    def setUpClass(cls):
        cls.maker, made = make_mails.mails(COUNT, 1)
        cls.raw = [data for _, data in made]
        cls.mails = [email.message_from_bytes(data, policy=email.policy.compat32) for data in cls.raw]

    def share(self, condition):
        return sum(1 for mail in self.mails if condition(mail)) / COUNT

    def test_sizes(self):
        sizes = [len(data) for data in self.raw]
        self.assertTrue(3400 < statistics.median(sizes) < 4600, statistics.median(sizes))
        self.assertTrue(17000 < statistics.mean(sizes) < 23000, statistics.mean(sizes))

    def test_replies(self):
        self.assertAlmostEqual(0.6, self.maker.counts["replies"] / COUNT, delta=0.03)
        self.assertAlmostEqual(0.6, self.share(lambda mail: mail["References"]), delta=0.04)
        self.assertEqual(COUNT - self.maker.counts["replies"], self.maker.threads)

    def test_attachments(self):
        sizes = [len(part.get_payload(decode=True)) for mail in self.mails for part in mail.walk()
                 if part.get_filename()]
        self.assertAlmostEqual(0.1, len(sizes) / COUNT, delta=0.02)
        self.assertTrue(29000 < min(sizes) and max(sizes) <= 300000)
        self.assertTrue(70000 < statistics.median(sizes) < 125000, statistics.median(sizes))  # log-uniform: 95 KB

    def test_charsets_and_alternatives(self):
        found = {charset for mail in self.mails for charset in mail.get_charsets() if charset}
        self.assertLessEqual({"us-ascii", "utf-8", "iso-8859-1", "windows-1252", "gb18030", "big5"}, found)
        html = self.share(lambda mail: any(part.get_content_type() == "text/html" for part in mail.walk()))
        self.assertAlmostEqual(0.55, html, delta=0.04)

    def test_broken(self):
        self.assertAlmostEqual(0.04, self.maker.counts["broken"] / COUNT, delta=0.02)
        self.assertGreater(self.share(lambda mail: not mail["Message-ID"]), 0)
        self.assertTrue(any(b"\r" in data for data in self.raw))
        self.assertTrue(any(mail.defects for mail in self.mails))

    def test_same_seed_same_bytes(self):
        self.assertEqual(digest(300, 7), digest(300, 7))
        self.assertNotEqual(digest(300, 7), digest(300, 8))

    def test_tokens_are_the_desks(self):
        """The figures of tests/desk: one key, one address, one token."""
        tokens = make_mails.Tokens(b"k" * 32)
        token = tokens.mint(1001, "person1@example.net")
        self.assertRegex(token, r"^1001\.rr\.[a-z2-7]{8}\.[a-z2-7]{16}$")
        self.assertNotEqual(token, make_mails.Tokens(b"j" * 32).mint(1001, "person1@example.net"))
        maker, made = make_mails.mails(1000, 1, b"k" * 32)
        shown = sum(b"\nTo: support+" in data for _, data in made)
        self.assertEqual(maker.counts["tokens"], shown)
        self.assertTrue(0.02 < shown / 1000 < 0.09, shown)


if __name__ == "__main__":
    unittest.main()
