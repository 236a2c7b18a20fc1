"""
Finds the texts that say the same among any number of texts, without comparing all with all. Pure.

Two such texts share at least two thirds of the shorter one's marks: half of the runs of both, or
four fifths of the shorter one, come to no less. So when marks are dealt into parts, there is a part
in which they share two thirds of those that the one with fewer has there, and it is enough to look
for such pairs part by part: through an inverted index of one part at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reader.related.profiles import Marks, Shingles
from reader.related.selection import (
    FEWEST_MARKS,
    SAME_CONTAINMENT,
    SAME_JACCARD,
    overlap,
)

# Below two thirds, because samples of long texts are compared with whole short ones.
LEAST_SHARED = 0.6
# Runs of five words that the shorter text must have for its standing inside another to count.
FEWEST_CONTAINED = 32
# So many marks are held in memory at once: about 300 MiB.
MARKS_A_PART = 8_000_000
# What stands in more texts is furniture: "sign up for our newsletter".
MOST_TEXTS = 1000
# A block of rows is multiplied at once; with more products it would take too much memory.
BLOCK_PRODUCTS = 8_000_000

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Text:
    article: int
    shingles: Shingles


def parts_for(marks: int) -> int:
    """Say into how many parts so many marks have to be dealt."""
    return max(1, -(-marks // MARKS_A_PART))


def similarity_of(a: Shingles, b: Shingles) -> float:
    """Say which share of the shorter text stands in the other; 0 where they are not the same."""
    jaccard, containment = overlap(a, b)
    fewer = min(len(a.marks) * a.step, len(b.marks) * b.step)
    # A caption or a headline inside a report is no copy of the report.
    is_same = jaccard >= SAME_JACCARD or (
        containment >= SAME_CONTAINMENT and fewer >= FEWEST_CONTAINED
    )
    return containment if is_same else 0.0


def candidates(texts: Iterable[Text], *, part: int = 0, parts: int = 1) -> Iterator[Numbers]:
    """
    Give pairs of articles that may say the same, judged by one part of their marks.

    Each array has two columns, the lower number first. A pair can come in more than one part.
    """
    articles, chosen, steps = [], [], []
    for text in texts:
        if len(text.shingles.marks) >= FEWEST_MARKS:
            articles.append(text.article)
            chosen.append(_part_of(text.shingles.marks, part, parts))
            steps.append(text.shingles.step)
    if len(articles) < 2:
        return
    numbers = np.array(articles, dtype=np.int64)
    index, sizes = _index_of(chosen)
    for rows, others, shared in _products(index):
        # A text of which only every second mark is known shares half as many.
        sampling = np.array(steps, dtype=np.float32)
        coarser = np.maximum(sampling[rows], sampling[others])
        fewer = np.minimum(
            sizes[rows] * sampling[rows] / coarser, sizes[others] * sampling[others] / coarser
        )
        kept = (rows < others) & (shared >= LEAST_SHARED * fewer)
        if kept.any():
            yield np.sort(np.stack([numbers[rows[kept]], numbers[others[kept]]], axis=1), axis=1)


def _part_of(marks: Marks, part: int, parts: int) -> Marks:
    # The lowest bits tell which marks a sample keeps, so the others deal.
    return marks[(marks >> np.uint32(16)) % np.uint32(parts) == part] if parts > 1 else marks


def _index_of(marks: Sequence[Marks]) -> tuple[csr_array, NDArray[np.float32]]:
    """
    Make a row for each text and a column for each mark that two texts or more have.

    The second answer is how many marks a text has here, furniture not counted.
    """
    lengths = np.array([len(each) for each in marks])
    every = np.concatenate(marks)
    shared, texts = _repeated(every)
    if not len(shared):
        return csr_array((len(marks), 0), dtype=np.float32), lengths.astype(np.float32)
    columns = np.searchsorted(shared, every).clip(max=len(shared) - 1).astype(np.int32)
    is_shared = shared[columns] == every
    is_furniture = is_shared & (texts[columns] > MOST_TEXTS)
    rows = np.repeat(np.arange(len(marks), dtype=np.int32), lengths)
    sizes = lengths - np.bincount(rows[is_furniture], minlength=len(marks))
    kept = is_shared & ~is_furniture
    starts = np.cumsum(np.r_[0, np.bincount(rows[kept], minlength=len(marks))])
    cells = (np.ones(int(kept.sum()), dtype=np.float32), columns[kept], starts)
    return csr_array(cells, shape=(len(marks), len(shared))), sizes.astype(np.float32)


def _repeated(marks: Marks) -> tuple[Marks, Numbers]:
    """List the marks that occur more than once, sorted, and how often; most occur once."""
    ordered = np.sort(marks)
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])
    counts = np.diff(np.r_[starts, len(ordered)])
    return ordered[starts[counts > 1]], counts[counts > 1].astype(np.int64)


def _products(index: csr_array) -> Iterator[tuple[Numbers, Numbers, NDArray[np.float32]]]:
    """Count the shared marks of all pairs that share any, a block of rows at a time."""
    columns = index.T.tocsr()
    texts = np.diff(columns.indptr)
    row = np.repeat(np.arange(index.shape[0]), np.diff(index.indptr))
    cost = np.cumsum(np.bincount(row, texts[index.indices], minlength=index.shape[0]))
    start = 0
    while start < index.shape[0]:
        spent = cost[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(cost, spent + BLOCK_PRODUCTS, side="right")))
        product = (index[start:stop] @ columns).tocoo()
        yield product.row.astype(np.int64) + start, product.col.astype(np.int64), product.data
        start = stop
