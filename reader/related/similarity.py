"""
How similar articles are: by their words, each weighed by how rare it is, and by what they mean.
Pure.

The score of a pair lies between 0 and 1 and can be compared with that of any other pair. Whoever
measures one pair and whoever measures all ask likeness().
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reader.related.meaning import SIZE as MEANING_SIZE
from reader.related.profiles import Counts, Keys, Profile

# Below this, two articles share little more than the language.
FLOOR = 0.05
# Two articles from the same days are worth up to this much more than two that lie far apart.
RECENCY_SHARE = 1 / 6
RECENCY_DAYS = 30.0
# What meaning counts beside the words that both have, which count 1. How these were found is in
# docs/decisions/related-words-and-meaning.md.
MEANING_SHARE = 0.4
# So alike any two news articles point.
MEANING_FLOOR = 0.2
# A block of rows is multiplied at once; with more cells it would take too much memory.
BLOCK_CELLS = 4_000_000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def rarity(total: int, articles: NDArray[np.integer] | NDArray[np.floating]) -> Floats:
    """
    Weigh terms by how many `articles` of a `total` use them.

    On a large site what all use weighs nearly nothing. On a small one it still counts, or a site
    about one thing would have no related articles at all.
    """
    return np.log1p(total / np.maximum(articles, 1)).astype(np.float32)


def strength(counts: Counts) -> Floats:
    """Weigh how often a term occurs: the tenth time tells less than the second."""
    return 1 + np.log(counts)


def recency(days: NDArray[np.floating]) -> Floats:
    """Factor for the days between two articles; 1 where a date is not known (NaN)."""
    near = np.exp(-np.abs(days) / RECENCY_DAYS)
    return np.nan_to_num(1 - RECENCY_SHARE * (1 - near), nan=1.0).astype(np.float32)


def likeness(
    words: NDArray[np.floating], meaning: NDArray[np.floating], days: NDArray[np.floating]
) -> Floats:
    """
    Score pairs: from the cosines of their words and of their meaning, and the days between them.

    Where the meaning of one of the two is not known (NaN), the words alone tell.
    """
    both = (words + same_meaning(meaning)) / (1 + MEANING_SHARE)
    known = np.where(np.isnan(meaning), words, both)
    return np.minimum(known * recency(days), 1).astype(np.float32)


def same_meaning(meaning: NDArray[np.floating]) -> NDArray[np.floating]:
    """Weigh the cosine of two meanings; at the floor it adds nothing."""
    return MEANING_SHARE * np.maximum(0, (meaning - MEANING_FLOOR) / (1 - MEANING_FLOOR))


def shared_meaning(meanings: Floats) -> Floats:
    """Tell for each pair of rows how much of a score they share by what they mean."""
    shared = same_meaning(meanings @ meanings.T) / (1 + MEANING_SHARE)
    return np.nan_to_num(shared).astype(np.float32)


def meanings_of(profiles: Sequence[Profile]) -> Floats:
    """Stack meanings as rows; NaN, which every cosine hands on, where one is not known."""
    rows = np.full((len(profiles), MEANING_SIZE), np.nan, dtype=np.float32)
    for row, profile in zip(rows, profiles, strict=True):
        if len(profile.meaning) == MEANING_SIZE:
            row[:] = profile.meaning
    return rows


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many articles of one language each term occurs."""

    total: int
    keys: Keys  # sorted
    articles: Ints

    def articles_with(self, keys: Keys, *, unknown: int = 1) -> Ints:
        """Count the articles of each term; one that was never counted occurs in one."""
        if not len(self.keys):
            return np.full(len(keys), unknown, np.int64)
        place = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.articles[place], unknown)

    def limited_to(self, keys: Keys) -> Frequencies:
        """Keep what is known of these terms, which are sorted."""
        return Frequencies(self.total, keys, self.articles_with(keys))

    def rows(self) -> Iterator[tuple[int, int]]:
        """Give each term with its count, and first the number of articles as that of term 0."""
        yield 0, self.total
        yield from zip(self.keys.tolist(), self.articles.tolist(), strict=True)

    def weigh(self, profile: Profile) -> Floats:
        """Weigh an article's terms: how often there, how rare elsewhere."""
        return strength(profile.counts) * rarity(self.total, self.articles_with(profile.keys))


NOTHING_COUNTED = Frequencies(0, np.empty(0, np.int64), np.empty(0, np.int64))


def length_of(weights: Floats) -> float:
    """Measure weights; what has none gets length 1, so that it can be divided by."""
    return float(np.sqrt(weights @ weights)) or 1.0


def shared_places(keys_a: Keys, keys_b: Keys) -> tuple[Ints, Ints]:
    """Tell where in two sorted arrays the keys stand that both have."""
    if not len(keys_a):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    place = np.searchsorted(keys_a, keys_b).clip(max=len(keys_a) - 1)
    in_b = np.flatnonzero(keys_a[place] == keys_b)
    return place[in_b], in_b


def dot(keys_a: Keys, weights_a: Floats, keys_b: Keys, weights_b: Floats) -> float:
    """Multiply the weights of the terms that both have; the keys of both are sorted."""
    in_a, in_b = shared_places(keys_a, keys_b)
    return float(weights_a[in_a] @ weights_b[in_b])


def dots(
    keys: Keys,
    weights: Floats,
    others: Sequence[Profile],
    frequencies: Mapping[str, Frequencies],
) -> Floats:
    """
    Multiply the weights of an article's terms with those they have in others, all at once.

    The keys are sorted. `frequencies` counts them in each language; of other terms it need not
    know. What comes of it is still to be divided by the others' lengths.
    """
    there = _join([other.keys for other in others], np.int64)
    rows = np.repeat(np.arange(len(others)), [len(other.keys) for other in others])
    own, cells = shared_places(keys, there)
    rows = rows[cells]
    weighed = strength(_join([other.counts for other in others], np.float32)[cells])
    languages = list(dict.fromkeys(other.language for other in others))
    rare = np.empty((len(languages), len(keys)), np.float32)
    for number, language in enumerate(languages):
        counted = frequencies.get(language, NOTHING_COUNTED)
        rare[number] = rarity(counted.total, counted.articles_with(keys))
    numbers = {language: number for number, language in enumerate(languages)}
    spoken = np.array([numbers[other.language] for other in others], np.int64)
    weighed *= rare[spoken[rows], own]
    return np.bincount(rows, weights[own] * weighed, minlength=len(others)).astype(np.float32)


def strongest(keys: Keys, weights: Floats, count: int) -> list[tuple[int, float]]:
    best = np.argsort(-weights, kind="stable")[:count]
    return list(zip(keys[best].tolist(), weights[best].tolist(), strict=True))


class Corpus:
    """Many articles as the rows of one matrix of weights, each row of length 1."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        lengths = [len(profile.keys) for profile in profiles]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        keys = _join([profile.keys for profile in profiles], np.int64)
        counts = _join([profile.counts for profile in profiles], np.float32)
        self.meanings = meanings_of(profiles)
        self.vocabulary, columns = np.unique(keys, return_inverse=True)
        self.frequencies: dict[str, Frequencies] = {}
        rows = np.repeat(np.arange(len(profiles)), lengths)
        languages = np.array([profile.language for profile in profiles], dtype=object)
        weights = strength(counts)
        for language in dict.fromkeys(languages):
            mine = languages == language
            cells = mine[rows]
            articles = np.bincount(columns[cells], minlength=len(self.vocabulary))
            weights[cells] *= rarity(int(mine.sum()), articles[columns[cells]])
            used = np.flatnonzero(articles)
            self.frequencies[language] = Frequencies(
                int(mine.sum()), self.vocabulary[used], articles[used]
            )
        self.norms = np.sqrt(np.bincount(rows, weights**2, minlength=len(profiles)))
        self.norms = np.where(self.norms > 0, self.norms, 1).astype(np.float32)
        weights /= self.norms[rows]
        self.matrix = csr_array(
            (weights, columns.astype(np.int32), starts),
            shape=(len(profiles), len(self.vocabulary)),
        )

    def row(self, index: int) -> tuple[Keys, Floats]:
        """Give an article's terms, sorted, and their weights."""
        cells = slice(self.matrix.indptr[index], self.matrix.indptr[index + 1])
        return self.vocabulary[self.matrix.indices[cells]], self.matrix.data[cells]

    def strongest_terms(self, index: int, count: int) -> list[tuple[int, float]]:
        """List the terms that tell most about an article, with their weights."""
        return strongest(*self.row(index), count)

    def cosine(self, a: int, b: int) -> float:
        return min(1.0, dot(*self.row(a), *self.row(b)))

    def nearest(self, days: Floats, *, count: int) -> Iterator[tuple[int, Ints, Floats]]:
        """
        Walk the articles and give for each the `count` most similar ones, best first, and scores.

        `days` says when each was published, NaN where nobody knows.
        """
        total = self.matrix.shape[0]
        columns = self.matrix.T.tocsr()
        size = max(1, min(total, BLOCK_CELLS // max(1, total)))
        for start in range(0, total, size):
            stop = min(total, start + size)
            scores = likeness(
                (self.matrix[start:stop] @ columns).toarray(),
                self.meanings[start:stop] @ self.meanings.T,
                days[start:stop, None] - days[None, :],
            )
            scores[np.arange(stop - start), np.arange(start, stop)] = -1
            for row in range(stop - start):
                best = top(scores[row], count)
                yield start + row, best, scores[row][best]


def top(scores: Floats, count: int) -> Ints:
    """List the places of the highest scores above the floor, best first; the earlier wins a tie."""
    reached = np.flatnonzero(scores >= FLOOR)
    if len(reached) > count:
        # Keep the ties of the last place too, so that their order does not hang on chance.
        least = np.partition(scores[reached], -count)[-count]
        reached = reached[scores[reached] >= least]
    order = np.argsort(-scores[reached], kind="stable")
    return reached[order][:count]


def _join(parts: list, dtype: type) -> NDArray:
    return np.concatenate(parts) if parts else np.empty(0, dtype=dtype)
