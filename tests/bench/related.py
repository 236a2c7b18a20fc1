"""
How good the lists of related articles are, beside what libraries make of the same articles.

    pip install -r tests/bench/requirements.txt
    CORPUS_DIR=… python -m tests.bench.related

Ours, BM25 with the whole article as the question, tf-idf cosine and the latest of the section, on
articles about marked stories and on the judged set (tests/bench/judged/README.md). None shows a
near-duplicate of the article. Prints Markdown.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import pearsonr, spearmanr

from reader.related.listing import Item, related_lists
from reader.related.profiles import profile_of
from reader.related.selection import is_same_text
from reader.related.similarity import Corpus, likeness

try:
    import bm25s
    from sklearn.feature_extraction.text import TfidfVectorizer
except ImportError as missing:
    sys.exit(f"{missing}. The others come with: pip install -r tests/bench/requirements.txt")

JUDGED = Path(__file__).parent / "judged" / "related.tsv"
SHOWN, DEEPEST = 5, 10
# From this grade on an article counts as related where there is only yes or no.
RELATED_GRADE = 8
RESAMPLES = 10_000
OURS = "ours"

Ranking = list[int]
Grades = dict[int, int]


@dataclass
class Articles:
    """Articles as this site reads them, and as a library gets them."""

    records: list[dict]
    items: list[Item]
    corpus: Corpus
    seconds: float

    @classmethod
    def read(cls, path: Path) -> Articles:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        names = sorted({record["publisher"] or "" for record in records})
        start = time.process_time()
        items = [
            Item(
                n,
                profile_of(record["title"] or "", body_of(record), language=record["lang"]),
                names.index(record["publisher"]) if record["publisher"] else None,
                record["publisher"] or "",
                day_of(record),
            )
            for n, record in enumerate(records)
        ]
        corpus = Corpus([item.profile for item in items])
        return cls(records, items, corpus, time.process_time() - start)

    @property
    def texts(self) -> list[str]:
        return [f"{record['title'] or ''}\n{body_of(record)}" for record in self.records]

    @property
    def places(self) -> dict[str, int]:
        return {record["id"]: n for n, record in enumerate(self.records)}

    def is_copy(self, a: int, b: int) -> bool:
        return is_same_text(self.items[a].profile.shingles, self.items[b].profile.shingles)

    def first(self, page: int, order: Iterable[int]) -> Ranking:
        """Take the first of an order, no near-duplicate of the page or of those before."""
        taken: Ranking = []
        for place in map(int, order):
            if place != page and not any(self.is_copy(place, other) for other in [page, *taken]):
                taken.append(place)
            if len(taken) == DEEPEST:
                break
        return taken

    def score(self, a: int, b: int) -> float:
        meanings = self.corpus.meanings
        return float(
            likeness(
                np.array(self.corpus.cosine(a, b)),
                np.array(meanings[a] @ meanings[b]),
                np.array(self.items[a].day - self.items[b].day),
            )
        )


def body_of(record: dict) -> str:
    return f"{record.get('subtitle') or ''}\n\n{record['body']}"


def day_of(record: dict) -> float:
    moment = record["published_at"]
    return float(np.datetime64(moment[:10]).astype(int)) if moment else math.nan


def scorers(articles: Articles) -> dict[str, Callable[[int], np.ndarray]]:
    """Give for each other method what scores all articles against one."""
    texts, days = articles.texts, np.array([item.day for item in articles.items])
    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    columns = weights.T.tocsr()
    words = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    index = bm25s.BM25(k1=0.9, b=0.4)
    index.index(words, show_progress=False)
    sections = np.array([r.get("section") for r in articles.records])
    publishers = np.array([record["publisher"] for record in articles.records])

    def latest(page: int) -> np.ndarray:
        section = sections[page]
        same = sections == section if section else publishers == publishers[page]
        return np.where(same & (days <= days[page]), days, -np.inf)

    return {
        "BM25, whole article": lambda page: index.get_scores(words[page]),
        "BM25, each word once": lambda page: index.get_scores(list(dict.fromkeys(words[page]))),
        "tf-idf cosine": cache(lambda page: (weights[page] @ columns).toarray().ravel()),
        "latest in section": latest,
    }


def ranked(articles: Articles, score: Callable[[int], np.ndarray], page: int) -> Ranking:
    scores = score(page)
    best = [
        place for place in np.argsort(-scores, kind="stable")[:100] if np.isfinite(scores[place])
    ]
    return articles.first(page, best)


def ndcg(ranking: Ranking, grades: Grades) -> float:
    ideal = sorted(grades.values(), reverse=True)
    gains = [grades.get(place, 0) for place in ranking]
    return discounted(gains) / discounted(ideal)


def discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(n + 2) for n, gain in enumerate(gains[:SHOWN]))


def precision(ranking: Ranking, grades: Grades) -> float:
    """Average the precision at each related article, among the first ten."""
    wanted = {place for place, grade in grades.items() if grade >= RELATED_GRADE}
    found = [n for n, place in enumerate(ranking[:DEEPEST], 1) if place in wanted]
    return sum(k / n for k, n in enumerate(found, 1)) / max(1, min(len(wanted), DEEPEST))


def interval(better: np.ndarray, worse: np.ndarray) -> str:
    """Resample the articles: between what bounds the difference lies in 95 of 100 cases."""
    difference = better - worse
    picks = np.random.default_rng(1).integers(len(difference), size=(RESAMPLES, len(difference)))
    low, high = np.quantile(difference[picks].mean(axis=1), [0.025, 0.975])
    return f"{difference.mean():+.4f} ({low:+.4f} to {high:+.4f})"


def print_table(lists: dict[str, dict[int, Ranking]], grades: dict[int, Grades]) -> None:
    pages = [page for page in grades if any(grades[page].values())]
    pages = [page for page in grades if any(grades[page].values())]
    scores = {
        name: np.array([ndcg(found[page], grades[page]) for page in pages])
        for name, found in lists.items()
    }
    print("| | nDCG@5 | ours is better by | MAP@10 | first five without a grade |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, found in lists.items():
        average = np.mean([precision(found[page], grades[page]) for page in pages])
        shown = [p not in grades[page] for page in pages for p in found[page][:SHOWN]]
        open_share = sum(shown) / max(1, len(shown))
        gap = "" if name == OURS else interval(scores[OURS], scores[name])
        print(f"| {name} | {scores[name].mean():.4f} | {gap} | {average:.4f} | {open_share:.0%} |")
    print()


def judged(articles: Articles) -> dict[int, Grades]:
    """Read the grades, query by query in the order of the file, without copies of the query."""
    grades: dict[int, Grades] = {}
    places = articles.places
    for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:]:
        query, candidate, grade = line.split("\t")
        page, place = places[query], places[candidate]
        of_page = grades.setdefault(page, {})
        if not articles.is_copy(page, place):
            of_page[place] = int(grade)
    return grades


def stories(articles: Articles) -> dict[int, Grades]:
    by_story: dict[int, list[int]] = {}
    for n, record in enumerate(articles.records):
        by_story.setdefault(record["story"], []).append(n)
    return {
        page: {
            other: RELATED_GRADE
            for other in others
            if other != page and not articles.is_copy(page, other)
        }
        for others in by_story.values()
        for page in others
    }


def lists_of(articles: Articles, pages: Iterable[int]) -> dict[str, dict[int, Ranking]]:
    start = time.process_time()
    found = {
        place: [entry.article for entry in entries]
        for place, entries in related_lists(articles.items, articles.corpus, limit=DEEPEST)
    }
    spent = articles.seconds + time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(found)} articles: {spent:.1f} s of processor, {memory:.0f} MiB at most.\n")
    pages = list(pages)
    lists = {OURS: {page: found[page] for page in pages}}
    for name, score in scorers(articles).items():
        lists[name] = {page: ranked(articles, score, page) for page in pages}
    return lists


def print_agreement(articles: Articles, grades: dict[int, Grades]) -> None:
    pairs = [(page, place) for page, of_page in grades.items() for place in of_page]
    given = np.array([grades[page][place] for page, place in pairs])
    # 0, 2, 4, 8, 16 are five steps.
    steps = np.log2(np.maximum(given, 1))
    others = scorers(articles)
    measured = {OURS: [articles.score(*pair) for pair in pairs]}
    measured["tf-idf cosine"] = [others["tf-idf cosine"](page)[place] for page, place in pairs]
    print("| | Pearson, grades | Pearson, their steps | Spearman |")
    print("| --- | ---: | ---: | ---: |")
    for name, scores in measured.items():
        agreed = (
            pearsonr(scores, given)[0],
            pearsonr(scores, steps)[0],
            spearmanr(scores, given)[0],
        )
        print(f"| {name} |", *(f"{value:.3f} |" for value in agreed))
    print()


def main() -> None:
    folder = Path(os.environ["CORPUS_DIR"])
    print("## Articles about marked stories\n")
    dev = Articles.read(folder / "story_clusters_dev.jsonl.gz")
    wanted = {page: grades for page, grades in stories(dev).items() if grades}
    print_table(lists_of(dev, wanted), wanted)
    print("## The judged set\n")
    articles = Articles.read(folder / "articles.jsonl.gz")
    grades = judged(articles)
    lists = lists_of(articles, grades)
    halves = {
        "all": dict(grades),
        "odd, developed on": dict(list(grades.items())[::2]),
        "even, held out": dict(list(grades.items())[1::2]),
    }
    for name, half in halves.items():
        print(f"**{name}**: {len(half)} articles, {sum(map(len, half.values()))} grades\n")
        print_table(lists, half)
        print_agreement(articles, half)


if __name__ == "__main__":
    main()
