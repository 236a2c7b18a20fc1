"""Search in SQLite: an FTS5 table whose rowid is the place."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

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
from reader.search.entries import NUMBER_MASK, Entry
from reader.search.grammar import All, Mark, Node, Phrase

# FTS5 wants a weight for every column; marks are no words and weigh nothing.
_SCORE = f"bm25(search_words, {', '.join(map(str, WEIGHTS))}, 0)"
_HITS = "FROM search_words WHERE search_words MATCH %s AND rowid >= %s AND {gate}"


class SqliteEngine:
    def put(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO search_words (rowid, title, standfirst, body, marks)"
                " VALUES (%s, %s, %s, %s, %s)",
                [
                    (e.place, *map(" ".join, (e.title, e.standfirst, e.body, e.marks)))
                    for e in entries
                ],
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_words WHERE rowid = %s", [(place,) for place in places]
            )

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_words WHERE rowid NOT IN (SELECT place FROM search_searchentry)"
            )

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        hits, params = _hits(lookup, match(lookup.tree))
        if before is not None:
            hits, params = f"{hits} AND rowid < %s", [*params, before]
        return _column(f"SELECT rowid {hits} ORDER BY rowid DESC LIMIT %s", [*params, limit])

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        title_hits, title_params = _hits(lookup, match(lookup.tree, title=True))
        in_title = match(words_of(lookup.tree), title=True)
        hits, params = _hits(lookup, f"{match(lookup.tree)} NOT {in_title}")
        tiers = " UNION ALL ".join(
            f"SELECT * FROM (SELECT {tier} AS tier, rowid AS place, {_SCORE} AS score"
            f" {found} ORDER BY rowid DESC LIMIT %s)"
            for tier, found in enumerate((title_hits, hits))
        )
        return _column(
            f"SELECT place FROM ({tiers}) ORDER BY tier, score, place DESC LIMIT %s OFFSET %s",
            [*title_params, TITLE_CANDIDATES, *params, TEXT_CANDIDATES, limit, offset],
        )

    def count(self, lookup: Lookup, *, most: int) -> int:
        hits, params = _hits(lookup, match(lookup.tree))
        return _column(f"SELECT count(*) FROM (SELECT 1 {hits} LIMIT %s)", [*params, most])[0]


def match(node: Node, *, title: bool = False) -> str:
    """Write a tree in FTS5's language. Tokens hold no quotation mark, so nothing can break out."""
    if isinstance(node, Phrase):
        words = f'"{" ".join(node.tokens)}"{"*" if node.open_end else ""}'
        return f"title : {words}" if title else words
    if isinstance(node, Mark):
        return f'"{node.token}"'
    if isinstance(node, All):
        wanted, unwanted = apart(node)
        found = " AND ".join(match(part, title=title) for part in wanted)
        return " NOT ".join([f"({found})", *map(match, unwanted)])
    raise TypeError(f"{node!r} cannot stand alone")


def _hits(lookup: Lookup, expression: str) -> tuple[str, list[Any]]:
    gate = lookup.gate.format(article=f"(search_words.rowid & {NUMBER_MASK})")
    return _HITS.format(gate=gate), [expression, lookup.since, *lookup.gate_params]


def _column(sql: str, params: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
