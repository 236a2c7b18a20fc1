"""
The reckoning of ranking.py, done by the database in the statement that counts a vote: no rank comes
from numbers that were read before.
"""

from __future__ import annotations

from typing import Any

from django.db.models import FloatField, IntegerField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Floor, Greatest, Sqrt

from comments.threads.ranking import Arithmetic, rank_of_votes

IN_SQL = Arithmetic(
    sqrt=Sqrt, larger=Greatest, floor=lambda number: Cast(Floor(number), IntegerField())
)


def rank_in_sql(up: Combinable, down: Combinable) -> Any:
    """Give the expression for a comment's own rank, from counts of votes."""
    brought = Coalesce("imported_score", 0)
    return rank_of_votes(_double(up), _double(down), _double(brought), IN_SQL)


def _double(number: Combinable) -> Cast:
    return Cast(number, FloatField())
