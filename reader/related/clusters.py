"""
Which articles tell of one event. Pure.

Articles are put together from the most alike on, two groups at a time, as long as all of one are
alike enough to all of the other on average. So no group grows along a chain of neighbours, and
what comes first makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from reader.related.likeness import PAIR_FLOOR, likeness_of, pair_likeness, telling_terms
from reader.related.listing import Item
from reader.related.similarity import Corpus, Frequencies, Ints

# How these were found is in docs/decisions/stories-by-centroid.md.
# Two groups become one story when their articles are on average so much alike …
LEAST_MEAN = 0.19
# … and two articles that stand alone need more: there is nothing else that speaks for them.
LEAST_TO_BEGIN = 0.25
# Of all pairs in a story so many must reach the floor of what is alike at all.
SHARE_ABOVE_FLOOR = 0.8
# Summed with whatever likenesses, it keeps two groups apart.
FORBIDDEN = -1e6

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What editors decided, in numbers of articles."""

    # Groups that stay in one story, whatever else joins it; no two of them become one.
    together: Sequence[Sequence[int]] = ()
    apart: Sequence[tuple[int, int]] = ()
    # Nothing joins these and they join nothing.
    locked: frozenset[int] = frozenset()


FREE = Constraints()


def stories_in(
    items: Sequence[Item], corpus: Corpus, constraints: Constraints = FREE
) -> list[list[int]]:
    """
    Group articles into stories of two or more; an article is in one of them or in none.

    `corpus` holds the profiles of the items in the same order. The order makes no difference but
    where two pairs are alike to the last digit.
    """
    numbers = np.array([item.article for item in items], dtype=np.int64)
    pairs = _with_constraints(likeness_of(items, corpus), numbers, constraints)
    labels = merge_groups(pairs, *_held_together(numbers, constraints))
    groups: dict[int, list[int]] = {}
    for label, article in zip(labels.tolist(), numbers.tolist(), strict=True):
        if article not in constraints.locked:
            groups.setdefault(label, []).append(article)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)


def _held_together(numbers: Ints, constraints: Constraints) -> tuple[Ints, Flags]:
    """Label articles, those of one group that an editor made alike; tell which labels are such."""
    place = {article: n for n, article in enumerate(numbers.tolist())}
    labels = np.arange(len(numbers))
    held = np.zeros(len(numbers), dtype=bool)
    for group in constraints.together:
        members = [place[a] for a in group if a in place and a not in constraints.locked]
        if members:
            labels[members] = members[0]
            held[members[0]] = True
    return labels, held


def _with_constraints(pairs: csr_array, numbers: Ints, constraints: Constraints) -> csr_array:
    if constraints.locked:
        free = ~np.isin(numbers, list(constraints.locked))
        mask = coo_array((free.astype(np.float32), (range(len(free)), range(len(free)))))
        pairs = csr_array(mask.tocsr() @ pairs @ mask.tocsr())
        pairs.eliminate_zeros()
    place = {article: n for n, article in enumerate(numbers.tolist())}
    apart = [(place[a], place[b]) for a, b in constraints.apart if a in place and b in place]
    if not apart:
        return pairs
    ends = np.array(apart + [(b, a) for a, b in apart])
    bans = coo_array((np.full(len(ends), FORBIDDEN, np.float32), ends.T), shape=pairs.shape)
    return csr_array(pairs + bans.tocsr())


def merge_groups(pairs: csr_array, labels: Ints, held: Flags) -> Ints:
    """
    Merge the groups that `labels` names until no two are alike enough; return new labels.

    Those whose label is marked in `held` are not merged with each other.

    Each round merges all pairs of groups that are nearest to each other: what merging the nearest
    pair of all, one at a time, comes to, in few rounds.
    """
    names, labels = np.unique(labels, return_inverse=True)
    held = held[names]
    sums, reached = _joined(pairs, labels, len(names)), _joined(_marked(pairs), labels, len(names))
    sizes = np.bincount(labels, minlength=len(names)).astype(np.float64)
    while True:
        target = _partners(sums, reached, sizes, held)
        if (target == np.arange(len(target))).all():
            return labels
        names, moved = np.unique(target, return_inverse=True)
        sums, reached = _joined(sums, moved, len(names)), _joined(reached, moved, len(names))
        sizes = np.bincount(moved, weights=sizes).astype(np.float64)
        held = np.bincount(moved, held) > 0
        labels = moved[labels]


def _marked(pairs: csr_array) -> csr_array:
    reached = pairs.copy()
    reached.data = (pairs.data > 0).astype(np.float32)
    return reached


def _joined(pairs: csr_array, labels: Ints, count: int) -> csr_array:
    """Sum the pairs of two groups; those inside a group are of no use any more."""
    cells = pairs.tocoo()
    row, column = labels[cells.row], labels[cells.col]
    kept = row != column
    # In 64 bits a sum of such numbers is exact, whatever order they are added in.
    sums = cells.data[kept].astype(np.float64)
    return csr_array(coo_array((sums, (row[kept], column[kept])), shape=(count, count)))


def _partners(sums: csr_array, reached: csr_array, sizes: NDArray[np.float64], held: Flags) -> Ints:
    """Say for each group which it becomes part of: itself, or the one it is nearest to."""
    cells = sums.tocoo()
    row, column = cells.row, cells.col
    pairs = sizes[row] * sizes[column]
    mean = cells.data / pairs
    enough = mean >= np.where(pairs == 1, LEAST_TO_BEGIN, LEAST_MEAN)
    # Both were made of the same cells, so their cells stand in the same order.
    enough &= reached.tocoo().data >= SHARE_ABOVE_FLOOR * pairs
    enough &= ~(held[row] & held[column])
    row, column, mean = row[enough], column[enough], mean[enough]
    order = np.lexsort((column, -mean, row))
    row, column = row[order], column[order]
    firsts = np.r_[True, row[1:] != row[:-1]][: len(row)]
    itself = np.arange(len(sizes))
    nearest = itself.copy()
    nearest[row[firsts]] = column[firsts]
    return np.where(nearest[nearest] == itself, np.minimum(nearest, itself), itself)


@dataclass(frozen=True, slots=True)
class Fit:
    """Where one article belongs: in a story, in a new one with `beside`, or in none."""

    story: int | None = None
    beside: int | None = None
    likeness: float = 0.0


NOWHERE = Fit()


def story_for(
    item: Item,
    *,
    stories: Mapping[int, Sequence[Item]],
    alone: Sequence[Item],
    frequencies: Mapping[str, Frequencies],
) -> Fit:
    """
    Say which story one article joins or with which lonely article it begins one.

    `stories` are those around it, each with its articles; `alone` are articles in no story, of
    which one may begin a story with it. `frequencies` counts every term of all of them.
    """
    own = telling_terms(item.profile, frequencies)
    best = NOWHERE
    for number, members in sorted(stories.items()):
        pairs = np.array([pair_likeness(item, own, other, frequencies) for other in members])
        if not len(pairs) or np.mean(pairs >= PAIR_FLOOR) < SHARE_ABOVE_FLOOR:
            continue
        # As in a pass over all, what is below the floor counts as nothing.
        mean = float(np.where(pairs >= PAIR_FLOOR, pairs, 0).mean())
        needed = LEAST_TO_BEGIN if len(pairs) == 1 else LEAST_MEAN
        if mean >= needed and mean > best.likeness:
            best = Fit(story=number, likeness=mean)
    for other in alone:
        likeness = pair_likeness(item, own, other, frequencies)
        if likeness >= LEAST_TO_BEGIN and likeness > best.likeness:
            best = Fit(beside=other.article, likeness=likeness)
    return best
