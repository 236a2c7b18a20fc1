"""
The reckoning of ranking.py, done by the database in the statement that counts a vote: no rank comes
from counts that were read before.
"""

from __future__ import annotations

from typing import Any

from django.db.models import FloatField, IntegerField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Floor, Greatest, Sqrt

from comments.threads.ranking import Arithmetic, rank_of_votes

IN_SQL = Arithmetic(
    sqrt=Sqrt, larger=Greatest, floor=lambda number: Cast(Floor(number), IntegerField())
)


def rank_in_sql(up: Combinable, down: Combinable, *, imported_score: int | None) -> Any:
    """Give the expression for a comment's own rank; what was imported never changes."""
    votes = Cast(up, FloatField()), Cast(down, FloatField())
    return rank_of_votes(*votes, imported_score, IN_SQL)
