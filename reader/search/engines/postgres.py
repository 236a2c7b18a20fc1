"""Search in PostgreSQL: a tsvector of our own tokens beside its place, under a GIN index."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from reader.search.engines.seam import (
    TEXT_CANDIDATES,
    TITLE_CANDIDATES,
    WEIGHTS,
    Lookup,
    apart,
    words_of,
)
from reader.search.entries import GAP, PLACE_MAX, Entry, article_at, positions
from reader.search.grammar import All, Mark, Node, Phrase

# Of D, C, B and A; a long text weighs less per word (1 divides by the logarithm of its length).
_SHARES = [WEIGHTS[2] / WEIGHTS[0], WEIGHTS[2] / WEIGHTS[0], WEIGHTS[1] / WEIGHTS[0], 1.0]
_SCORE = f"ts_rank('{{{', '.join(map(str, _SHARES))}}}', words, %s::tsquery, 1)"
_HITS = "words @@ %s::tsquery AND place + 0 >= %s AND place + 0 < %s AND {gate}"
# The planner takes reading `words` to be free and would rather read all of them than ask their
# index. So it may not scan the table, nor ("+ 0") walk through the places in search of a rare word;
# what is common is found among the latest entries, before the index is asked for everything.
_PLAN = "SET LOCAL enable_seqscan = off; "
_LATEST = 500
_LATEST_FOR_BEST = 2_000
_NEWEST = """
WITH recent AS MATERIALIZED (
    SELECT place FROM (
        SELECT * FROM search_words WHERE place >= %s AND place < %s ORDER BY place DESC LIMIT %s
    ) search_words
    WHERE {hits} ORDER BY place DESC LIMIT %s
)
SELECT place FROM recent WHERE (SELECT count(*) FROM recent) = %s
UNION ALL (
    SELECT place FROM search_words WHERE (SELECT count(*) FROM recent) < %s AND {hits}
    ORDER BY place + 0 DESC LIMIT %s
)"""


class PostgresEngine:
    def put(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_words (place, article_id, words)"
                " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]::tsvector[])"
                " ON CONFLICT (place) DO UPDATE SET words = excluded.words",
                [
                    [e.place for e in entries],
                    [article_at(e.place) for e in entries],
                    [vector(e) for e in entries],
                ],
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words WHERE place = ANY(%s)", [list(places)])

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_words WHERE NOT EXISTS (SELECT FROM search_searchentry entry"
                " WHERE entry.place = search_words.place)"
            )
            cursor.execute("ANALYZE search_words")

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        sql, params = _newest(
            lookup, query(lookup.tree), before=before, limit=limit, latest=_LATEST
        )
        return sorted(_column(sql, params), reverse=True)

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        whole = query(lookup.tree)
        in_title = query(words_of(lookup.tree), title=True)
        titles, title_params = _newest(
            lookup, f"{whole} & {in_title}", limit=TITLE_CANDIDATES, latest=0
        )
        texts, text_params = _newest(
            lookup, f"{whole} & !{in_title}", limit=TEXT_CANDIDATES, latest=_LATEST_FOR_BEST
        )
        return _column(
            f"SELECT place FROM (SELECT 0 AS tier, * FROM ({titles}) titles"
            f" UNION ALL SELECT 1, * FROM ({texts}) texts) found JOIN search_words USING (place)"
            f" ORDER BY tier, {_SCORE} DESC, place DESC LIMIT %s OFFSET %s",
            [*title_params, *text_params, whole, limit, offset],
        )

    def count(self, lookup: Lookup, *, most: int) -> int:
        hits, params = _hits(lookup, query(lookup.tree))
        sql = f"SELECT count(*) FROM (SELECT FROM search_words WHERE {hits} LIMIT %s) found"
        return _column(sql, [*params, most])[0]


def vector(entry: Entry) -> str:
    """
    Write an entry as a tsvector. Tokens hold no quotation mark or backslash.

    What stands in the title stands there once more under a name of its own, for the index knows
    lexemes but not their weights.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for letter, token, position in positions(entry):
        places[token].append(f"{position}{letter}")
        if letter == "A":
            places[_titled(token)].append(str(position))
    words = [f"'{token}':{','.join(found)}" for token, found in places.items()]
    return " ".join([*words, *(f"'{mark}'" for mark in entry.marks)])


def query(node: Node, *, title: bool = False) -> str:
    """Write a tree as a tsquery."""
    if isinstance(node, Phrase):
        words = [f"'{_titled(token) if title else token}'" for token in node.tokens]
        return f"({' <-> '.join(words)}{':*' if node.open_end else ''})"
    if isinstance(node, Mark):
        return f"'{node.token}'"
    if isinstance(node, All):
        wanted, unwanted = apart(node)
        parts = [query(part, title=title) for part in wanted]
        return f"({' & '.join([*parts, *(f'!{query(part)}' for part in unwanted)])})"
    raise TypeError(f"{node!r} cannot stand alone")


def _titled(token: str) -> str:
    return f"{GAP}t{GAP}{token}"


def _newest(
    lookup: Lookup, expression: str, *, limit: int, latest: int, before: int | None = None
) -> tuple[str, list[Any]]:
    hits, params = _hits(lookup, expression, before)
    recent = [*_bounds(lookup, before), latest, *params, limit]
    return _NEWEST.format(hits=hits), [*recent, limit, limit, *params, limit]


def _hits(lookup: Lookup, expression: str, before: int | None = None) -> tuple[str, list[Any]]:
    gate = lookup.gate.format(article="search_words.article_id")
    params = [expression, *_bounds(lookup, before), *lookup.gate_params]
    return _HITS.format(gate=gate), params


def _bounds(lookup: Lookup, before: int | None) -> list[int]:
    return [lookup.since, PLACE_MAX if before is None else before]


def _column(sql: str, params: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        # One message, hence one transaction, to which the setting is confined.
        cursor.execute(_PLAN + sql, params)
        cursor.nextset()
        return [row[0] for row in cursor.fetchall()]
