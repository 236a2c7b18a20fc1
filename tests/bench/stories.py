"""
How well articles are grouped into stories and copies are found, against other ways of doing it.

    CORPUS_DIR=… python -m tests.bench.stories

Prints Markdown. Intervals are 95 % of 1,000 draws of stories with replacement.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import math
import os
import resource
import time
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
django.setup()

from reader.related.clusters import LEAST_MEAN, LEAST_TO_BEGIN, stories_in, story_for
from reader.related.duplicates import Text, candidates, similarity_of
from reader.related.likeness import likeness_of
from reader.related.listing import Item
from reader.related.profiles import profile_of
from reader.related.selection import is_same_text
from reader.related.services.storying import MOST_ALONE, MOST_MEMBERS, MOST_STORIES
from reader.related.similarity import Corpus
from tests.bench.partitions import adjusted_rand, b_cubed, pair_scores

DRAWS = 1000
SHUFFLES = 5
# Of the threshold that each other way is given; the best is shown, so that none is held back.
THRESHOLDS = [n / 100 for n in range(6, 41, 2)]
LEAST_PAIR_PRECISION = 0.97
SECONDS_A_DAY = 86400

Labels = list[Hashable]
Way = Callable[[NDArray[np.float32], float], Labels]


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def items_of(records: Sequence[dict[str, Any]], *, first: int = 0) -> list[Item]:
    publishers: dict[str, int] = {}
    items = []
    for number, record in enumerate(records, first):
        name, date = record.get("publisher"), record.get("published_at")
        body = f"{record.get('subtitle') or ''}\n\n{record['body']}"
        language = record.get("lang") or ""
        items.append(
            Item(
                number,
                profile_of(record.get("title") or "", body, language=language),
                publisher=publishers.setdefault(name, len(publishers)) if name else None,
                day=datetime.fromisoformat(date).timestamp() / SECONDS_A_DAY if date else math.nan,
            )
        )
    return items


def labels_of(groups: Sequence[Sequence[int]], items: Sequence[Item]) -> Labels:
    """Name each article's group, by its number; one in no group has a name of its own."""
    labels: dict[int, Hashable] = {item.article: -1 - item.article for item in items}
    for number, group in enumerate(groups):
        labels |= dict.fromkeys(group, number)
    return [labels[article] for article in sorted(labels)]


def ours(items: Sequence[Item]) -> Labels:
    return labels_of(stories_in(items, Corpus([item.profile for item in items])), items)


def one_by_one(items: Sequence[Item], corpus: Corpus, likeness: NDArray[np.float32]) -> Labels:
    """Place each article as it arrives, as services.storying does, and never look again."""
    places = {item.article: place for place, item in enumerate(items)}
    stories: dict[int, list[Item]] = {}
    story_of: dict[int, int] = {}
    for place, item in enumerate(items):
        near = [
            items[other]
            for other in np.argsort(-likeness[place, :place], kind="stable")
            if likeness[place, other] >= LEAST_MEAN / 2
        ]
        numbers = list(dict.fromkeys(story_of[o.article] for o in near if o.article in story_of))
        fit = story_for(
            item,
            stories={n: stories[n][-MOST_MEMBERS:] for n in numbers[:MOST_STORIES]},
            alone=[other for other in near if other.article not in story_of][:MOST_ALONE],
            frequencies=corpus.frequencies,
        )
        if fit.story is None and fit.beside is None:
            continue
        number = fit.story if fit.story is not None else len(stories)
        joining = [item] if fit.beside is None else [items[places[fit.beside]], item]
        stories.setdefault(number, []).extend(joining)
        story_of |= {each.article: number for each in joining}
    return labels_of([[each.article for each in group] for group in stories.values()], items)


def chained(cosine: NDArray[np.float32], threshold: float) -> Labels:
    return connected_components(csr_array(cosine >= threshold))[1].tolist()


def linked(method: str) -> Way:
    def link(cosine: NDArray[np.float32], threshold: float) -> Labels:
        distance = np.clip(1 - cosine.astype(np.float64), 0, 1)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(distance, checks=False), method)
        return fcluster(tree, 1 - threshold, "distance").tolist()

    return link


def single_pass(cosine: NDArray[np.float32], threshold: float) -> Labels:
    """Give each article to the group whose mean is nearest, or let it begin one."""
    groups: list[list[int]] = []
    for place in range(len(cosine)):
        means = [float(cosine[place, group].mean()) for group in groups]
        best = int(np.argmax(means)) if means else -1
        if best >= 0 and means[best] >= threshold:
            groups[best].append(place)
        else:
            groups.append([place])
    return [next(n for n, g in enumerate(groups) if place in g) for place in range(len(cosine))]


def scores(truth: Labels, found: Labels) -> list[float]:
    return [*b_cubed(truth, found), *pair_scores(truth, found)]


def drawn(truth: Labels, found: Labels) -> list[tuple[float, float]]:
    """Give the interval of each of scores()."""
    chance = np.random.default_rng(0)
    names = list(dict.fromkeys(truth))
    true, ours_ = (
        np.array([names.index(t) for t in truth]),
        np.unique(found, return_inverse=True)[1],
    )
    both = (true[:, None] == true) & (ours_[:, None] == ours_)
    same_true, same_found = (true[:, None] == true).sum(1), (ours_[:, None] == ours_).sum(1)
    each = np.stack(
        [
            both.sum(1) / same_found,
            both.sum(1) / same_true,
            np.ones(len(true)),
            both.sum(1) - 1,
            same_found - 1,
            same_true - 1,
        ]
    )
    by_story = np.stack([each[:, true == n].sum(1) for n in range(len(names))])
    rows = []
    for _ in range(DRAWS):
        p, r, n, pairs, in_found, in_true = by_story[
            chance.integers(0, len(names), len(names))
        ].sum(0)
        p, r = p / n, r / n
        rows.append([p, r, 2 * p * r / (p + r), pairs / max(1, in_found), pairs / max(1, in_true)])
    low, high = np.quantile(np.array(rows), [0.025, 0.975], axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def with_interval(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})"


def agreement(runs: Sequence[Labels]) -> str:
    pairs = [adjusted_rand(a, b) for n, a in enumerate(runs) for b in runs[:n]]
    return f"{min(pairs):.3f}"


def in_article_order(labels: Labels, order: Sequence[int]) -> Labels:
    placed: Labels = [0] * len(labels)
    for place, label in zip(order, labels, strict=True):
        placed[place] = label
    return placed


def compare(name: str, runs: Sequence[Labels], truth: Labels) -> None:
    values, intervals = scores(truth, runs[0]), drawn(truth, runs[0])
    cells = [with_interval(v, i) for v, i in zip(values, intervals, strict=True)]
    print(f"| {name} |", " | ".join([*cells, agreement(runs)]), "|")


def report_grouping(records: list[dict[str, Any]]) -> None:
    truth: Labels = [record["story"] for record in records]
    items = items_of(records)
    corpus = Corpus([item.profile for item in items])
    orders = [
        np.random.default_rng(seed).permutation(len(items)) if seed else np.arange(len(items))
        for seed in range(SHUFFLES)
    ]
    print(f"## {len(records)} articles that people sorted into {len(set(truth))} stories\n")
    print("| way | B³ precision | B³ recall | B³ F1 | pair precision | pair recall |", end="")
    print(" least ARI between arrivals |\n| --- | --- | --- | --- | --- | --- | --- |")
    compare("**all at once (the site)**", [ours([items[p] for p in o]) for o in orders], truth)
    likeness = likeness_of(items, corpus).toarray()
    placed = [one_by_one([items[p] for p in o], corpus, likeness[np.ix_(o, o)]) for o in orders]
    compare("one by one as they arrive", placed, truth)
    cosine = (corpus.matrix @ corpus.matrix.T).toarray()
    ways: dict[str, Way] = {
        "single pass, nearest mean": single_pass,
        "chains (connected components)": chained,
        "average link (SciPy)": linked("average"),
        "complete link (SciPy)": linked("complete"),
    }
    for name, way in ways.items():
        tried = [(threshold, way(cosine, threshold)) for threshold in THRESHOLDS]
        held = [t for t in tried if pair_scores(truth, t[1])[0] >= LEAST_PAIR_PRECISION]
        threshold, _ = max(held, key=lambda t: b_cubed(truth, t[1])[2])
        runs = [in_article_order(way(cosine[np.ix_(o, o)], threshold), o) for o in orders]
        compare(f"{name}, cosine ≥ {threshold:.2f}", runs, truth)
    print(
        "\nThe other ways get the threshold that is best on these very articles; "
        "the site's is the same everywhere.\n"
    )


def report_other_sites(marked: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    truth: Labels = [record["story"] for record in marked]
    items, more = items_of(marked), items_of(others, first=len(marked))
    undated = [dataclasses.replace(item, day=math.nan, publisher=None) for item in more]
    print("## The same stories on larger sites\n")
    print("| other articles, none dated | B³ F1 | pair precision | pair recall | seconds |")
    print("| --- | --- | --- | --- | --- |")
    for count in (0, 1000, 3000, len(undated)):
        start = time.perf_counter()
        found = ours([*items, *undated[:count]])[: len(items)]
        seconds = time.perf_counter() - start
        _, _, f1, precision, recall = scores(truth, found)
        print(f"| {count} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {seconds:.1f} |")


def report_real(records: list[dict[str, Any]]) -> None:
    items = items_of(records)
    start = time.perf_counter()
    groups = stories_in(items, Corpus([item.profile for item in items]))
    seconds = time.perf_counter() - start
    shuffled = [items[p] for p in np.random.default_rng(1).permutation(len(items))]
    rand = adjusted_rand(labels_of(groups, items), ours(shuffled))
    sizes = sorted(map(len, groups))
    days = sorted(
        max(items[a].day for a in group) - min(items[a].day for a in group) for group in groups
    )
    print(f"\n## {len(records)} real articles with dates and publishers\n")
    print(f"- {len(groups)} stories hold {sum(sizes)} articles; the largest {sizes[-1]}, ", end="")
    print(f"the median {sizes[len(sizes) // 2]}; {sizes.count(2)} hold two.")
    print(f"- Half span up to {days[len(days) // 2]:.0f} days, the longest {days[-1]:.0f}.")
    print(f"- Adjusted Rand between two arrivals: {rand:.3f}.")
    print(f"- {seconds:.1f} s on one core, texts read before.")


def report_copies(folder: Path, records: list[dict[str, Any]]) -> None:
    wanted = set()
    for line in (folder / "near_duplicates_dev.tsv").read_text().splitlines()[1:]:
        a, b, jaccard, containment = line.split("\t")
        if float(jaccard) >= 0.5 or float(containment) >= 0.8:
            wanted.add(frozenset((a, b)))
    texts = [Text(n, profile_of("", r["body"]).shingles) for n, r in enumerate(records)]
    stored = [
        Text(n, profile_of("", f"{r.get('subtitle') or ''}\n\n{r['body']}").shingles)
        for n, r in enumerate(records)
    ]
    print(f"\n## Near-duplicates among {len(records)} articles\n")
    print("| way | named | found | missed of", len(wanted), "| false per 1,000 | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for parts in (1, 16):
        start = time.perf_counter()
        named = _named(stored, parts)
        seconds = time.perf_counter() - start
        found = {p for p in named if similarity_of(texts[p[0]].shingles, texts[p[1]].shingles)}
        _copies_row(f"shingle index, {parts} part(s)", named, found, wanted, records, seconds)
    start = time.perf_counter()
    corpus = Corpus([profile_of(r.get("title") or "", r["body"]) for r in records])
    named = set()
    for place, others, values in corpus.nearest(
        np.full(len(records), np.nan, np.float32), count=30
    ):
        named |= {(min(place, o), max(place, o)) for o in others[values >= 0.2].tolist()}
    found = {p for p in named if is_same_text(texts[p[0]].shingles, texts[p[1]].shingles)}
    seconds = time.perf_counter() - start
    _copies_row("30 nearest by words", named, found, wanted, records, seconds)


def _named(texts: Sequence[Text], parts: int) -> set[tuple[int, int]]:
    return {
        (a, b)
        for part in range(parts)
        for block in candidates(texts, part=part, parts=parts)
        for a, b in block.tolist()
    }


def _copies_row(
    name: str,
    named: set[tuple[int, int]],
    found: set[tuple[int, int]],
    wanted: set[frozenset[str]],
    records: list[dict[str, Any]],
    seconds: float,
) -> None:
    pairs = {frozenset((records[a]["id"], records[b]["id"])) for a, b in found}
    false = 1000 * len(pairs - wanted) / len(records)
    missed = len(wanted - pairs)
    print(f"| {name} | {len(named)} | {len(found)} | {missed} | {false:.2f} | {seconds:.1f} |")


def main() -> None:
    folder = Path(os.environ["CORPUS_DIR"])
    marked = read(folder / "story_clusters_dev.jsonl.gz")
    articles = read(folder / "articles.jsonl.gz")
    print("# Stories and near-duplicates, measured\n")
    print(
        "`CORPUS_DIR=… python -m tests.bench.stories`; one event is a group whose articles are on"
    )
    print(f"average {LEAST_MEAN} alike, two alone {LEAST_TO_BEGIN}.\n")
    report_grouping(marked)
    report_other_sites(marked, articles)
    report_real(articles)
    report_copies(folder, articles + marked)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nThe bench as a whole needs {most} MiB; most are the texts and profiles of both sets.")


if __name__ == "__main__":
    main()
