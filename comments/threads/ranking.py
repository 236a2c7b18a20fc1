"""
Which comment is best: the lower bound of what its votes prove, and how a reply can lift what it
answers. Imports nothing of ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

# 80 % confidence: a few votes already move a comment, as small threads need.
Z = 1.2815515655446004
SCALE_BITS = 20
ID_BITS = 43
ID_MASK = (1 << ID_BITS) - 1
WORST = (1 << SCALE_BITS) - 1
# What a lift loses on each level.
PENALTY = round(0.2 * WORST)


class Arithmetic(NamedTuple):
    """
    What to reckon with: Python's numbers, or the expressions of a database (rank_sql.py).

    Both do the same steps in the same order on the same doubles, so they come to the same rank. It
    is rounded by floor(), because databases disagree with Python about halves.
    """

    sqrt: Callable[[Any], Any]
    larger: Callable[[Any, Any], Any]
    floor: Callable[[Any], Any]


PYTHON = Arithmetic(math.sqrt, max, math.floor)


def wilson_lower_bound(up: Any, down: Any, using: Arithmetic = PYTHON) -> Any:
    """Say which share of votes is for it, at least, as far as so many can tell (0 to 1)."""
    votes = up + down
    share = up / votes
    spread = Z * using.sqrt((share * (1 - share) + Z * Z / (4 * votes)) / votes)
    return using.larger((share + Z * Z / (2 * votes) - spread) / (1 + Z * Z / votes), 0.0)


def rank_of_votes(
    up: Any, down: Any, imported_score: int | None, using: Arithmetic = PYTHON
) -> Any:
    """Work out own_rank() from votes as doubles."""
    brought = imported_score or 0
    share = wilson_lower_bound(up + (1 + max(brought, 0)), down + max(-brought, 0), using)
    return using.floor((1 - share) * WORST + 0.5)


def own_rank(*, up: int, down: int, imported_score: int | None) -> int:
    """
    Give what a comment's own votes prove, 0 to 2²⁰ − 1: smaller is better.

    The author counts as one vote for their comment, so that one nobody voted on stands above one
    that was voted down. A score that was imported counts as votes for or against.
    """
    rank: int = rank_of_votes(float(up), float(down), imported_score)
    return rank


# Where a comment stands that nobody voted on: what lifts another must stand better.
UNPROVEN = own_rank(up=0, down=0, imported_score=None)
# How many levels up the best reply there can be lifts the worst comment there can be.
REACH = (UNPROVEN - 1) // PENALTY + 1


def best_key(comment_id: int, rank: int) -> int:
    """
    Give the sort key: ascending is best first, older first among equals, no two alike.

    20 bits of rank above 43 bits of id fill a signed 64-bit integer; the id must be known, so a new
    row gets the key of id 0 and has its id added by the statement after its insert.
    """
    return rank << ID_BITS | (comment_id & ID_MASK)


class Lifter(NamedTuple):
    """What a reply can do for what it answers: its sort key, and whose worth that tells."""

    best: int
    pk: int


def lifter(*, pk: int, best: int, lifted_by: int | None, is_published: bool) -> Lifter | None:
    """Tell how a reply can lift; out of sight it only hands on what lifts it."""
    if lifted_by is None and not is_published:
        return None
    return Lifter(best, lifted_by or pk)


def lifted(pk: int, rank: int, best_reply: Lifter | None) -> tuple[int, int | None]:
    """
    Give the sort key of a comment, and the reply whose worth it tells, if it is not its own.

    Of all its replies in the tree, the Lifter with the smallest key is the one that counts.
    """
    if best_reply is not None:
        worth = best_reply.best >> ID_BITS
        handed_on = worth + PENALTY
        if worth < UNPROVEN and handed_on < rank:
            return best_key(pk, handed_on), best_reply.pk
    return best_key(pk, rank), None
