"""What came since somebody last looked: by when it could first be found here, not by its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reader.search.engines import current_engine
from reader.search.finding import lookup_of
from reader.search.models import SearchEntry
from reader.search.nodes import Node, Question
from reader.search.resolving import resolve


def lowest_places(moments: Sequence[datetime]) -> list[int | None]:
    """
    Say for each moment where the lowest of what came after it stands, None where nothing came.

    In one statement. Nothing below has to be looked at.
    """
    return SearchEntry.objects.lowest_places(moments) if moments else []


def count_new_articles(
    question: Question, *, within: Sequence[Node], after: datetime, lowest: int, most: int
) -> int:
    """Count what find_articles() finds now and could not find before, no further than `most`."""
    question = resolve(question.narrowed(within))
    if question.tree is None:
        return 0
    lookup = lookup_of(question.tree)
    new = SearchEntry.objects.found_after(after).values_list("pk")
    sql, params = new.query.sql_with_params()
    gate = f"{lookup.gate} AND {{number}} IN ({sql})"
    narrowed = replace(lookup, since=lowest, gate=gate, gate_params=[*lookup.gate_params, *params])
    return current_engine().count(narrowed, most=most)
