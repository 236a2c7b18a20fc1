"""How far two ways of grouping the same things agree."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray


def _table(truth: Sequence[Hashable], found: Sequence[Hashable]) -> NDArray[np.float64]:
    """Count by group of the one and group of the other how many things are in both."""
    rows = {name: n for n, name in enumerate(dict.fromkeys(truth))}
    columns = {name: n for n, name in enumerate(dict.fromkeys(found))}
    table = np.zeros((len(rows), len(columns)))
    for a, b in zip(truth, found, strict=True):
        table[rows[a], columns[b]] += 1
    return table


def _pairs(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) / 2).sum())


def b_cubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1, averaged over things (Bagga and Baldwin 1998)."""
    table = _table(truth, found)
    precision = float((table**2 / table.sum(0)).sum() / len(truth))
    recall = float((table**2 / table.sum(1)[:, None]).sum() / len(truth))
    return precision, recall, 2 * precision * recall / (precision + recall)


def pair_scores(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float]:
    """Precision and recall of the pairs that are in one group."""
    table = _table(truth, found)
    both = _pairs(table)
    return both / max(1.0, _pairs(table.sum(0))), both / max(1.0, _pairs(table.sum(1)))


def adjusted_rand(truth: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Agreement on pairs beyond what chance would give; 1 when both are the same."""
    table = _table(truth, found)
    in_truth, in_found = _pairs(table.sum(1)), _pairs(table.sum(0))
    chance = in_truth * in_found / max(1.0, len(truth) * (len(truth) - 1) / 2)
    most = (in_truth + in_found) / 2
    return 1.0 if most == chance else (_pairs(table) - chance) / (most - chance)
