"""
How well hashtags say what articles are about, beside what other methods make of the same texts.

    pip install -r tests/bench/requirements.txt
    CORPUS_DIR=… python -m tests.bench.hashtags

Ours, YAKE, TextRank, TF-IDF and plain capitalised phrases on the judged set
(tests/bench/judged/README.md), on readers' loose key phrases, and over the corpus for consistency.
Nobody gets the publisher's keywords. Prints Markdown; `--held-out` adds the half of the judged set
on which nothing was developed.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean

from tests.bench.hashtag_methods import OURS, Method, Names, Text, methods
from tests.bench.hashtag_scores import Wanted, f1, judged, key, precision
from tests.bench.hashtag_things import consistency

RESAMPLES = 10_000
# Each n-th article of the corpus is read for consistency: YAKE takes 20 ms for each.
EVERY = 8


def text_of(record: dict) -> Text:
    return Text(
        record["title"] or "",
        record.get("subtitle") or "",
        record["body"],
        record.get("publisher") or "",
        tuple(record.get("keywords") or ()),
    )


def records(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def resampled(value: Callable[[list[int]], float], size: int) -> str:
    """Resample the articles: between what bounds a value lies in 95 of 100 cases."""
    dice = random.Random(1)
    values = sorted(value(dice.choices(range(size), k=size)) for _ in range(RESAMPLES))
    return f"{values[RESAMPLES // 40]:.2f}–{values[-RESAMPLES // 40]:.2f}"


def print_judged(title: str, named: dict[str, list[Names]], wanted: list[Wanted]) -> None:
    scores = {
        method: [f1(names, things) for names, things in zip(found, wanted, strict=True)]
        for method, found in named.items()
    }
    best = max((method for method in scores if method != OURS), key=lambda m: mean(scores[m]))

    def ratio(method: str, picks: list[int]) -> float:
        others = sum(scores[method][pick] for pick in picks)
        return sum(scores[OURS][pick] for pick in picks) / others if others else 99

    print(f"**{title}**: {len(wanted)} articles, {sum(map(len, wanted))} things\n")
    print("| | F1@5 | P@5 | P@10 | ours is better by a factor of | in 95 of 100 cases |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for method, found in named.items():
        pairs = list(zip(found, wanted, strict=True))
        cells = [
            mean(scores[method]),
            *(mean(precision(*pair, n) for pair in pairs) for n in (5, 10)),
        ]
        by = span = ""
        if method != OURS:
            by = f"{ratio(method, list(range(len(wanted)))):.2f}"
            span = resampled(lambda picks, other=method: ratio(other, picks), len(wanted))
        strong = "**" if method == best else ""
        print(
            f"| {method} |",
            *(f"{cell:.3f} |" for cell in cells),
            f"{strong}{by}{strong} | {span} |",
        )
    print()


def print_phrases(named: dict[str, list[Names]], wanted: list[Wanted], texts: list[Text]) -> None:
    print("| | P@5 | P@10 | consistency | of things |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for method, found in named.items():
        pairs = list(zip(found, wanted, strict=True))
        cells = [mean(precision(*pair, n) for pair in pairs) for n in (5, 10)]
        one, things = consistency(found, texts)
        print(
            f"| {method} |",
            *(f"{cell:.3f} |" for cell in cells),
            f"{one / (things or 1):.3f} | {things} |",
        )
    print()


def named_by_all(texts: list[Text], all_methods: dict[str, Method]) -> dict[str, list[Names]]:
    named = {}
    for method, name in all_methods.items():
        start = time.process_time()
        named[method] = list(name(texts))
        spent = (time.process_time() - start) * 1000 / len(texts)
        print(f"- {method}: {spent:.1f} ms of processor an article")
    print()
    return named


def main() -> None:
    folder = Path(os.environ["CORPUS_DIR"])
    corpus = {record["id"]: record for record in records(folder / "articles.jsonl.gz")}
    background = [text_of(record) for record in corpus.values()]
    everyone = methods(background)

    print("## The judged set\n")
    wanted = judged()
    halves = {"odd, developed on": list(wanted)[::2]}
    if "--held-out" in sys.argv:
        halves["even, held out"] = list(wanted)[1::2]
        halves["all"] = list(wanted)
    articles = halves.get("all", halves["odd, developed on"])
    named = named_by_all([text_of(corpus[article]) for article in articles], everyone)
    for title, half in halves.items():
        places = [articles.index(article) for article in half]
        print_judged(
            title,
            {method: [found[place] for place in places] for method, found in named.items()},
            [wanted[article] for article in half],
        )

    print("## Key phrases picked by readers\n")
    marked = records(folder / "keyphrases_dev.jsonl.gz")
    texts = [text_of(record) for record in marked]
    phrases = [[{each} for each in {key(one) for one in record["keyphrases"]}] for record in marked]
    print_phrases(named_by_all(texts, everyone), phrases, texts)

    print("## One thing, one hashtag\n")
    texts = background[::EVERY]
    print(f"{len(texts)} articles of the corpus\n")
    print("| | consistency | of things |\n| --- | ---: | ---: |")
    for method, found in named_by_all(texts, everyone).items():
        one, things = consistency(found, texts)
        print(f"| {method} | {one / (things or 1):.3f} | {things} |")


if __name__ == "__main__":
    main()
