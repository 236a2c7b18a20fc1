"""
Which of the similar articles are shown: no text twice, no publisher more than twice, and rather
something else than the same again. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.related.profiles import Shingles

PER_PUBLISHER = 2
# Half of the runs of five words are the same, or the shorter text stands in the longer one.
SAME_JACCARD = 0.5
SAME_CONTAINMENT = 0.8
# Fewer runs of five words than this say nothing about a text.
FEWEST_MARKS = 8
# How much a candidate counts for being like the page; the rest counts against being like what is
# in the list already (maximal marginal relevance).
RELEVANCE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    article: int
    score: float
    publisher: int | None = None


def overlap(a: Shingles, b: Shingles) -> tuple[float, float]:
    """Estimate how much of two texts is the same: share of both (Jaccard), share of the shorter."""
    step = max(a.step, b.step)
    marks_a = a.marks if a.step == step else a.marks[a.marks % np.uint32(step) == 0]
    marks_b = b.marks if b.step == step else b.marks[b.marks % np.uint32(step) == 0]
    fewer = min(len(marks_a), len(marks_b))
    if fewer < FEWEST_MARKS:
        return 0.0, 0.0
    shared = len(np.intersect1d(marks_a, marks_b, assume_unique=True))
    return shared / (len(marks_a) + len(marks_b) - shared), shared / fewer


def is_same_text(a: Shingles, b: Shingles) -> bool:
    """Whether a reader of one has read the other: a wire copy, a reprint, a shortened version."""
    jaccard, containment = overlap(a, b)
    return jaccard >= SAME_JACCARD or containment >= SAME_CONTAINMENT


def choose(
    candidates: Iterable[Candidate],
    *,
    page: int,
    same_text: Callable[[int, int], bool],
    limit: int,
    alike: NDArray[np.floating] | None = None,
) -> list[Candidate]:
    """
    Take `limit` of candidates that come best first, and give them best first.

    Leaves out what says the same as the page or as one that is taken, and the third of a publisher;
    articles whose publisher is unknown do not count as one publisher. Of the rest it takes what is
    like the page and less like those taken before: `alike` tells, by the places of two candidates,
    how much of a score they would share.
    """
    offered = list(candidates)
    worth = np.array([RELEVANCE_SHARE * candidate.score for candidate in offered])
    shared = np.zeros(len(offered))
    chosen: list[Candidate] = []
    taken: Counter[int] = Counter()
    for _ in offered:
        place = int(np.argmax(worth - (1 - RELEVANCE_SHARE) * shared))
        candidate = offered[place]
        worth[place] = -np.inf
        if candidate.publisher is not None and taken[candidate.publisher] >= PER_PUBLISHER:
            continue
        if same_text(page, candidate.article):
            continue
        if any(same_text(other.article, candidate.article) for other in chosen):
            continue
        chosen.append(candidate)
        if len(chosen) == limit:
            break
        if candidate.publisher is not None:
            taken[candidate.publisher] += 1
        if alike is not None:
            shared = np.maximum(shared, alike[place])
    return sorted(chosen, key=lambda candidate: -candidate.score)
