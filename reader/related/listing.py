"""
The list of every article at once: what is alike, chosen, and the evidence for it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reader.related.evidence import Side, shared_words, side_of
from reader.related.profiles import Profile
from reader.related.selection import Candidate, choose, is_same_text
from reader.related.similarity import Corpus, shared_meaning

# Looked at for each place in a list: near-duplicates and busy publishers drop out.
CANDIDATES_PER_PLACE = 6
# Texts less alike than this are not compared run by run.
ALIKE_ENOUGH = 0.2
# How many articles have their words unpacked at once.
SIDES_KEPT = 2000
EVIDENCE_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Item:
    article: int
    profile: Profile
    publisher: int | None = None
    publisher_name: str = ""
    # Days since some fixed day; NaN where nobody knows.
    day: float = float("nan")


@dataclass(frozen=True, slots=True)
class Entry:
    article: int
    score: float
    words: tuple[str, ...]


def related_lists(
    items: Sequence[Item], corpus: Corpus, *, limit: int
) -> Iterator[tuple[int, list[Entry]]]:
    """
    Give for each item, by its place, the list of its most similar ones, best first.

    `corpus` holds the profiles of the items in the same order.
    """
    days = np.array([item.day for item in items], dtype=np.float32)
    nearest = list(corpus.nearest(days, count=CANDIDATES_PER_PLACE * limit))
    copies = _same_texts(items, nearest)

    def same_text(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in copies

    @lru_cache(SIDES_KEPT)
    def side(place: int) -> Side:
        item = items[place]
        return side_of(item.profile, corpus.row(place)[1], publisher=item.publisher_name)

    # Most pairs are met from both sides, but a large site has more than memory should hold.
    @lru_cache(EVIDENCE_KEPT)
    def evidence(a: int, b: int) -> tuple[str, ...]:
        return tuple(shared_words(side(a), side(b)))

    for place, others, scores in nearest:
        candidates = (
            Candidate(other, score, items[other].publisher)
            for other, score in zip(others.tolist(), scores.tolist(), strict=True)
        )
        alike = shared_meaning(corpus.meanings[others])
        entries = []
        for chosen in choose(candidates, page=place, same_text=same_text, limit=limit, alike=alike):
            # In the same order from both sides, so that both say the same.
            if words := evidence(*sorted((place, chosen.article))):
                entries.append(Entry(items[chosen.article].article, chosen.score, words))
        yield place, entries


def _same_texts(items: Sequence[Item], nearest: list) -> set[tuple[int, int]]:
    alike = {
        (min(place, other), max(place, other))
        for place, others, scores in nearest
        for other in others[scores >= ALIKE_ENOUGH].tolist()
    }
    return {
        (a, b)
        for a, b in alike
        if is_same_text(items[a].profile.shingles, items[b].profile.shingles)
    }
