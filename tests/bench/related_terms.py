"""
How many terms of an article must stand in the index for its neighbours to be found by them.

    CORPUS_DIR=… python -m tests.bench.related_terms

For every 25th article the ten most similar by an exact comparison with all others are looked for
among the first 200 that the index would name. Prints a Markdown table of the share found.
"""

import gzip
import json
import os
from collections import defaultdict
from pathlib import Path

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
django.setup()

from reader.related.profiles import profile_of
from reader.related.similarity import Corpus
from reader.related.vicinity import CANDIDATES, MOST_POSTINGS

NEAREST = 10
EVERY = 25
POSTED = (8, 16, 32, 64)
ASKED = (32, 100, 200)


def read_corpus(path: Path) -> Corpus:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return Corpus(
        [profile_of(r["title"] or "", r["body"] or "", language=r["lang"]) for r in records]
    )


def index_of(corpus: Corpus, posted: int) -> dict[int, list[tuple[int, float]]]:
    index: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for article in range(len(corpus.norms)):
        for term, weight in corpus.strongest_terms(article, posted):
            index[term].append((article, weight))
    return index


def named_by(index: dict, terms: list[tuple[int, float]], besides: int) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    left = MOST_POSTINGS
    for term, weight in terms:
        if len(index[term]) > left:
            continue
        left -= len(index[term])
        for article, own in index[term]:
            scores[article] += weight * own
    scores.pop(besides, None)
    return sorted(scores, key=lambda article: (-scores[article], article))[:CANDIDATES]


def main() -> None:
    corpus = read_corpus(Path(os.environ["CORPUS_DIR"]) / "articles.jsonl.gz")
    unknown = np.full(len(corpus.norms), np.nan, np.float32)
    exact = {
        article: others.tolist()
        for article, others, _ in corpus.nearest(unknown, count=NEAREST)
        if article % EVERY == 0
    }
    print("| terms in the index |", *(f"asked by {asked} |" for asked in ASKED))
    print("| --- |", *("--- |" for _ in ASKED))
    for posted in POSTED:
        index, shares = index_of(corpus, posted), []
        for asked in ASKED:
            found = wanted = 0
            for article, others in exact.items():
                named = named_by(index, corpus.strongest_terms(article, asked), article)
                found += len(set(others) & set(named))
                wanted += len(others)
            shares.append(f"{found / wanted:.3f} |")
        print(f"| {posted} |", *shares)


if __name__ == "__main__":
    main()
