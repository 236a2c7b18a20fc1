"""What lies around one stored article: found in the index, measured exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reader.related.evidence import Side, shared_words, side_of
from reader.related.listing import ALIKE_ENOUGH, CANDIDATES_PER_PLACE, Entry, Item
from reader.related.models import ArticleTerms, TermFrequency, TermPosting
from reader.related.selection import Candidate, choose, is_same_text
from reader.related.shelf import Shelf
from reader.related.similarity import (
    NOTHING_COUNTED,
    Floats,
    Frequencies,
    dots,
    length_of,
    likeness,
    meanings_of,
    shared_meaning,
    strongest,
    top,
)
from reader.related.storage import item_from

# How many terms find how much is in docs/decisions/related-words-and-meaning.md.
POSTED_TERMS = 32
ASKED_TERMS = 100
CANDIDATES = 200
# The strongest terms are asked for first, as long as all together promise no more rows than this.
MOST_POSTINGS = 20_000


@dataclass
class Vicinity:
    """An article and those most like it."""

    item: Item
    frequencies: dict[str, Frequencies]
    shelf: Shelf = field(default_factory=Shelf)

    @cached_property
    def own_frequencies(self) -> Frequencies:
        return self.frequencies.get(self.item.profile.language, NOTHING_COUNTED)

    @cached_property
    def norm(self) -> float:
        return length_of(self.own_frequencies.weigh(self.item.profile))

    @cached_property
    def weights(self) -> Floats:
        return self.own_frequencies.weigh(self.item.profile) / np.float32(self.norm)

    def strongest_terms(self, count: int) -> list[tuple[int, float]]:
        return strongest(self.item.profile.keys, self.weights, count)

    def asked_terms(self) -> list[tuple[int, float]]:
        terms = self.strongest_terms(ASKED_TERMS)
        articles = self.own_frequencies.articles_with(np.array([key for key, _ in terms], np.int64))
        asked, left = [], MOST_POSTINGS
        for term, rows in zip(terms, articles.tolist(), strict=True):
            if rows <= left:
                asked.append(term)
                left -= rows
        return asked

    @cached_property
    def named(self) -> list[int]:
        """What the index names; one statement."""
        return TermPosting.objects.candidates(
            self.asked_terms(), besides=self.item.article, count=CANDIDATES
        )

    @cached_property
    def others(self) -> dict[int, Item]:
        """Those of the named that readers may see."""
        self.shelf.load(self.named)
        return self.shelf.items(self.named)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The others that reach the floor, best first."""
        items = list(self.others.values())
        profiles = [other.profile for other in items]
        words = dots(self.item.profile.keys, self.weights, profiles, self.frequencies)
        words /= np.array(self.shelf.norms(list(self.others)), dtype=np.float32)
        days = np.array([other.day for other in items], dtype=np.float32)
        scores = likeness(
            words,
            meanings_of(profiles) @ meanings_of([self.item.profile])[0],
            days - np.float32(self.item.day),
        )
        return [
            Candidate(items[i].article, float(scores[i]), items[i].publisher)
            for i in top(scores, len(items))
        ]

    def chosen(self, limit: int) -> list[Entry]:
        """Make the article's own list."""
        return self.told(self.picked(limit))

    def picked(self, limit: int) -> list[Candidate]:
        """Choose what stands in the article's own list, if there are words to say why."""
        self.shelf.load_shingles(self.read_again(limit))
        candidates = self.candidates[: CANDIDATES_PER_PLACE * limit]
        profiles = [self.others[candidate.article].profile for candidate in candidates]
        return choose(
            candidates,
            page=self.item.article,
            same_text=self._same_text,
            limit=limit,
            alike=shared_meaning(meanings_of(profiles)),
        )

    def read_again(self, limit: int) -> list[int]:
        """Name those whose texts are compared run by run to make a list of that length."""
        return [
            candidate.article
            for place, candidate in enumerate(self.candidates)
            if place < CANDIDATES_PER_PLACE * limit or candidate.score >= ALIKE_ENOUGH
        ]

    def told(self, picked: Sequence[Candidate]) -> list[Entry]:
        """Say of what was picked why it is there, and leave out what has nothing to say for it."""
        self.shelf.load_faces(candidate.article for candidate in picked)
        entries = [Entry(c.article, c.score, self.words_shared_with(c.article)) for c in picked]
        return [entry for entry in entries if entry.words]

    @cached_property
    def copies(self) -> set[int]:
        """Those that say the same as the article."""
        own = self.item.profile.shingles
        alike = [each.article for each in self.candidates if each.score >= ALIKE_ENOUGH]
        self.shelf.load_shingles(alike)
        return {pk for pk in alike if is_same_text(own, self.shelf.shingles(pk))}

    def words_shared_with(self, other: int) -> tuple[str, ...]:
        self.shelf.load_faces([other])
        side = self.shelf.side(other, self._weights_of(other))
        if side is None:
            return ()
        # The smaller number first, so that both of a pair say the same.
        sides = (self._side, side) if self.item.article < other else (side, self._side)
        return tuple(shared_words(*sides))

    @cached_property
    def _side(self) -> Side:
        return side_of(self.item.profile, self.weights, publisher=self.item.publisher_name)

    def _weights_of(self, other: int) -> Floats:
        """Weigh another's terms. Only those that the article has too are weighed right."""
        profile = self.others[other].profile
        counted = self.frequencies.get(profile.language, NOTHING_COUNTED)
        return counted.weigh(profile) / np.float32(self.shelf.norms([other])[0])

    def _same_text(self, a: int, b: int) -> bool:
        if self.item.article in (a, b):
            return (b if a == self.item.article else a) in self.copies
        return is_same_text(self.shelf.shingles(a), self.shelf.shingles(b))


def look_around(row: ArticleTerms) -> Vicinity:
    """Look around an article that the term frequencies count already; `row` has its facts."""
    item = item_from(row)
    return Vicinity(item, TermFrequency.objects.by_language(item.profile.keys))
