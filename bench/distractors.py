# SPDX-License-Identifier: GPL-3.0-or-later
"""Test collections padded with articles that answer nothing, in the collection's own language, the same each time.

A distractor walks from word to word (Chinese: from character to character) as the collection's articles do, from a seed. So it
has their words in their frequencies and many of their neighbours, and each word that an answer has stands in dozens of
others too: harder to tell apart than articles about something else, as those of a real desk would mostly be."""

import json
import random
import re

SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]?")
END = ""


def words_of(text, wide):
    """Sentences as lists of words."""
    for match in SENTENCE.finditer(text):
        words = list(match.group().strip()) if wide else match.group().split()
        if len(words) >= 3:
            yield words


def field(text):
    """One line, no tabs."""
    return " ".join(text.split())


class Speaker:
    """Walks from word to word."""

    def __init__(self, texts, seed, wide):
        self.random, self.wide = random.Random(seed), wide
        self.after = {}
        for text in texts:
            for words in words_of(text, wide):
                for before, word in zip([END] + words, words + [END]):
                    self.after.setdefault(before, []).append(word)

    def sentence(self, most):
        """From a beginning to an end, or so far."""
        words, last = [], END
        while len(words) < most:
            following = self.after[last]
            last = following[int(self.random.random() * len(following))]
            if last == END:
                break
            words.append(last)
        return ("" if self.wide else " ").join(words)

    def text(self, least):
        """Sentences until there are so many words, or characters."""
        out, count = [], 0
        while count < least:
            sentence = self.sentence(80 if self.wide else 30)
            count += len(sentence) if self.wide else len(sentence.split())
            out.append(sentence)
        return ("" if self.wide else " ").join(out)


def write_collection(source, folder, language, count, seed=20261126):
    """articles.tsv (id, title, text) and questions.tsv (text, relevant ids) for bench_ranking."""
    read = lambda name: [json.loads(line) for line in (source / name).read_text("utf-8").splitlines() if line]
    articles = read("corpus.jsonl")
    relevant = {case["id"]: case["expect"]["relevant"]
                for case in json.loads((source / "expected.json").read_text("utf-8"))["cases"]}
    wide = language.startswith("zh")
    texts = [one["text"] for one in articles]
    speaker = Speaker(texts, seed, wide)
    titles = any(one.get("title") for one in articles)
    lengths = [len(one) if wide else len(one.split()) for one in texts]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "articles.tsv").open("w", encoding="utf-8") as out:
        for one in articles:
            out.write(f"{one['id']}\t{field(one.get('title', ''))}\t{field(one['text'])}\n")
        for number in range(count - len(articles)):
            length = min(lengths[int(speaker.random.random() * len(lengths))], 300 if wide else 120)
            title = speaker.sentence(12 if wide else 6) if titles else ""
            out.write(f"padding-{number}\t{field(title)}\t{field(speaker.text(length))}\n")
    with (folder / "questions.tsv").open("w", encoding="utf-8") as out:
        for one in read("queries.jsonl"):
            if relevant.get(one["id"]):
                out.write(f"{field(one['text'])}\t{' '.join(relevant[one['id']])}\n")
