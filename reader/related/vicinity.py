"""What lies around one stored article: found in the index, measured exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reader.related.evidence import Side, shared_words, side_of
from reader.related.listing import ALIKE_ENOUGH, CANDIDATES_PER_PLACE, Entry, Item
from reader.related.models import ArticleTerms, TermFrequency, TermPosting
from reader.related.selection import Candidate, choose, is_same_text
from reader.related.similarity import (
    NOTHING_COUNTED,
    Floats,
    Frequencies,
    dot,
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
    def rows(self) -> dict[int, ArticleTerms]:
        """The stored candidates; two statements."""
        ids = TermPosting.objects.candidates(
            self.asked_terms(), besides=self.item.article, count=CANDIDATES
        )
        found = ArticleTerms.objects.visible().counted().with_facts().filter(pk__in=ids)
        return {row.pk: row for row in found.order_by("pk")}

    @cached_property
    def others(self) -> dict[int, Item]:
        return {pk: item_from(row) for pk, row in self.rows.items()}

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The others that reach the floor, best first."""
        items = list(self.others.values())
        keys = self.item.profile.keys
        words = np.array(
            [
                dot(keys, self.weights, other.profile.keys, self._weights_of(other))
                for other in items
            ],
            dtype=np.float32,
        )
        meaning = meanings_of([other.profile for other in items])
        days = np.array([other.day for other in items], dtype=np.float32)
        scores = likeness(
            words,
            meaning @ meanings_of([self.item.profile])[0],
            days - np.float32(self.item.day),
        )
        return [
            Candidate(items[i].article, float(scores[i]), items[i].publisher)
            for i in top(scores, len(items))
        ]

    def chosen(self, limit: int) -> list[Entry]:
        """Make the article's own list."""
        candidates = self.candidates[: CANDIDATES_PER_PLACE * limit]
        profiles = [self.others[candidate.article].profile for candidate in candidates]
        chosen = choose(
            candidates,
            page=self.item.article,
            same_text=self._same_text,
            limit=limit,
            alike=shared_meaning(meanings_of(profiles)),
        )
        entries = [Entry(c.article, c.score, self.words_shared_with(c.article)) for c in chosen]
        return [entry for entry in entries if entry.words]

    @cached_property
    def copies(self) -> set[int]:
        """Those that say the same as the article."""
        own = self.item.profile.shingles
        return {
            candidate.article
            for candidate in self.candidates
            if candidate.score >= ALIKE_ENOUGH
            and is_same_text(own, self.others[candidate.article].profile.shingles)
        }

    def words_shared_with(self, other: int) -> tuple[str, ...]:
        item = self.others[other]
        side = side_of(item.profile, self._weights_of(item), publisher=item.publisher_name)
        # The smaller number first, so that both of a pair say the same.
        sides = (self._side, side) if self.item.article < other else (side, self._side)
        return tuple(shared_words(*sides))

    @cached_property
    def _side(self) -> Side:
        return side_of(self.item.profile, self.weights, publisher=self.item.publisher_name)

    def _weights_of(self, other: Item) -> Floats:
        """Weigh another's terms. Only those that the article has too are weighed right."""
        counted = self.frequencies.get(other.profile.language, NOTHING_COUNTED)
        norm = self.rows[other.article].norm or 1.0
        return counted.weigh(other.profile) / np.float32(norm)

    def _same_text(self, a: int, b: int) -> bool:
        if self.item.article in (a, b):
            return (b if a == self.item.article else a) in self.copies
        return is_same_text(self.others[a].profile.shingles, self.others[b].profile.shingles)


def look_around(row: ArticleTerms) -> Vicinity:
    """Look around an article that the term frequencies count already; `row` has its facts."""
    item = item_from(row)
    return Vicinity(item, TermFrequency.objects.by_language(item.profile.keys))
