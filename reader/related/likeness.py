"""
How much two articles speak for one event. Pure.

The cosine of the words that more articles have; less when days lie between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from reader.related.listing import Item
from reader.related.profiles import Keys, Profile
from reader.related.similarity import (
    NOTHING_COUNTED,
    Corpus,
    Floats,
    Frequencies,
    Ints,
    dot,
    length_of,
)

# How these were found is in docs/decisions/stories-by-centroid.md.
# Two articles less alike than this do not count as alike at all.
PAIR_FLOOR = 0.08
# A term that no other article has says nothing about what they share, and would make an article
# with a small vocabulary of its own look unlike all others, the more so the smaller the site is.
FEWEST_ARTICLES = 2
# Articles further apart tell of different events, and a week apart they must be twice as alike.
WINDOW_DAYS = 7.0
FADING_DAYS = 14.0
# A publisher's own phrases make its articles look more alike than they are.
SAME_PUBLISHER = 0.75
# Bounds on memory: rows compared at once, and neighbours that each article keeps.
BLOCK_ROWS = 512
MOST_NEIGHBOURS = 400
# Likenesses are rounded to steps that a computer adds without error.
STEPS = 2.0**16


def likeness_of(items: Sequence[Item], corpus: Corpus) -> csr_array:
    """Measure how much each pair speaks for one event; below the floor there is no entry."""
    rows = telling_rows(corpus)
    days = np.array([item.day for item in items], dtype=np.float64)
    publishers = np.array(
        [-1 if item.publisher is None else item.publisher for item in items], dtype=np.int64
    )
    # Undated ones, which are compared with all, come last.
    order = np.argsort(days, kind="stable")
    rows, days, publishers = rows[order], days[order], publishers[order]
    found = [
        (order[block], order[others], likeness)
        for block, others, likeness in _blocks(rows, days, publishers)
    ]
    total = len(items)
    if not found:
        return csr_array((total, total), dtype=np.float32)
    pairs = csr_array(
        coo_array(
            (
                np.concatenate([likeness for _, _, likeness in found]),
                (
                    np.concatenate([block for block, _, _ in found]),
                    np.concatenate([others for _, others, _ in found]),
                ),
            ),
            shape=(total, total),
        )
    )
    # Of two neighbours perhaps only one keeps the other.
    return csr_array(pairs.maximum(pairs.T))


def telling_rows(corpus: Corpus) -> csr_array:
    """Take the weights of terms that more articles have, each row of length 1 again."""
    matrix = corpus.matrix
    articles = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weights = np.where(articles[matrix.indices] >= FEWEST_ARTICLES, matrix.data, 0)
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    norms = np.sqrt(np.bincount(row, weights**2, minlength=matrix.shape[0]))
    norms = np.where(norms > 0, norms, 1)
    weights = (weights / norms[row]).astype(np.float32)
    rows = csr_array((weights, matrix.indices, matrix.indptr), shape=matrix.shape, copy=True)
    rows.eliminate_zeros()
    return rows


def closeness(days: NDArray[np.floating]) -> Floats:
    """Factor for the days between two articles; 1 where a date is not known (NaN)."""
    gap = np.abs(days)
    near = np.where(gap <= WINDOW_DAYS, 1 - gap / FADING_DAYS, 0)
    return np.where(np.isnan(gap), 1, near).astype(np.float32)


def _blocks(
    rows: csr_array, days: NDArray[np.float64], publishers: Ints
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Compare a block of rows with those inside the window at a time; rows come by date."""
    total = rows.shape[0]
    dated = int(np.count_nonzero(~np.isnan(days)))
    for start in range(0, total, BLOCK_ROWS):
        stop = min(total, start + BLOCK_ROWS)
        if stop <= dated:
            first = np.searchsorted(days[:dated], days[start] - WINDOW_DAYS)
            last = np.searchsorted(days[:dated], days[stop - 1] + WINDOW_DAYS, side="right")
            columns = np.r_[first:last, dated:total]
        else:
            columns = np.arange(total)
        product = (rows[start:stop] @ rows[columns].T).tocoo()
        block, others = product.row + start, columns[product.col]
        kept = (product.data >= PAIR_FLOOR) & (block != others)
        block, others, likeness = block[kept], others[kept], product.data[kept]
        likeness = likeness * closeness(days[block] - days[others])
        same = (publishers[block] == publishers[others]) & (publishers[block] >= 0)
        likeness = np.where(same, likeness * SAME_PUBLISHER, likeness).clip(max=1)
        likeness = np.round(likeness * STEPS) / STEPS
        kept = likeness >= PAIR_FLOOR
        yield _strongest(block[kept], others[kept], likeness[kept].astype(np.float32))


def _strongest(block: Ints, others: Ints, likeness: Floats) -> tuple[Ints, Ints, Floats]:
    """Keep so many neighbours of each article, the most alike."""
    order = np.lexsort((-likeness, block))
    block, others, likeness = block[order], others[order], likeness[order]
    firsts = np.flatnonzero(np.r_[True, block[1:] != block[:-1]][: len(block)])
    counts = np.diff(np.r_[firsts, len(block)]).astype(np.int64)
    rank = np.arange(len(block)) - np.repeat(firsts, counts)
    kept = rank < MOST_NEIGHBOURS
    return block[kept], others[kept], likeness[kept]


def telling_terms(profile: Profile, frequencies: Mapping[str, Frequencies]) -> tuple[Keys, Floats]:
    """Weigh an article's terms as telling_rows() does; the weights have length 1."""
    articles = np.zeros(len(profile.keys), np.int64)
    for counted in frequencies.values():
        articles += counted.articles_with(profile.keys, unknown=0)
    weights = frequencies.get(profile.language, NOTHING_COUNTED).weigh(profile)
    weights = np.where(articles >= FEWEST_ARTICLES, weights, 0)
    return profile.keys, (weights / np.float32(length_of(weights))).astype(np.float32)


def pair_likeness(
    item: Item, own: tuple[Keys, Floats], other: Item, frequencies: Mapping[str, Frequencies]
) -> float:
    likeness = dot(*own, *telling_terms(other.profile, frequencies))
    likeness *= float(closeness(np.array(item.day - other.day)))
    if item.publisher is not None and item.publisher == other.publisher:
        likeness *= SAME_PUBLISHER
    return min(1.0, likeness)
