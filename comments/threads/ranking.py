"""
Which comment is best: the lower bound of what its votes prove. Imports nothing of ours.
"""

from __future__ import annotations

from math import sqrt

# 80 % confidence: a few votes already move a comment, as small threads need.
Z = 1.2815515655446004
SCALE_BITS = 20
ID_BITS = 43
ID_MASK = (1 << ID_BITS) - 1


def wilson_lower_bound(up: int, down: int) -> float:
    """Say which share of votes is for it, at least, as far as so few votes can tell (0 to 1)."""
    votes = up + down
    if votes == 0:
        return 0.0
    share = up / votes
    spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * votes)) / votes)
    return max(0.0, (share + Z * Z / (2 * votes) - spread) / (1 + Z * Z / votes))


def own_rank(*, up: int, down: int, imported_score: int | None) -> int:
    """
    Give what a comment's own votes prove, 0 to 2²⁰ − 1: smaller is better.

    The author counts as one vote for their comment, so that one nobody voted on stands above one
    that was voted down. A score that was imported counts as votes for or against.
    """
    brought = imported_score or 0
    share = wilson_lower_bound(up + 1 + max(brought, 0), down + max(-brought, 0))
    return round((1 - share) * ((1 << SCALE_BITS) - 1))


def best_key(comment_id: int, rank: int) -> int:
    """
    Give the sort key: ascending is best first, older first among equals, no two alike.

    20 bits of rank above 43 bits of id fill a signed 64-bit integer; the id must be known, so a new
    row gets the key of id 0 and has its id added by the statement after its insert.
    """
    return rank << ID_BITS | (comment_id & ID_MASK)
