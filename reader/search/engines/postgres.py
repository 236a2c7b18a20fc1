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
from reader.search.entries import Entry, article_at, positions
from reader.search.grammar import All, Mark, Node, Phrase

# Of D, C, B and A; a long text weighs less per word (1 divides by the logarithm of its length).
_SHARES = [WEIGHTS[2] / WEIGHTS[0], WEIGHTS[2] / WEIGHTS[0], WEIGHTS[1] / WEIGHTS[0], 1.0]
_SCORE = f"ts_rank('{{{', '.join(map(str, _SHARES))}}}', words, %s::tsquery, 1)"
_HITS = "FROM search_words WHERE words @@ %s::tsquery AND place >= %s AND {gate}"


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
        hits, params = _hits(lookup, query(lookup.tree))
        if before is not None:
            hits, params = f"{hits} AND place < %s", [*params, before]
        return _column(f"SELECT place {hits} ORDER BY place DESC LIMIT %s", [*params, limit])

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        whole = query(lookup.tree)
        title_hits, title_params = _hits(lookup, query(lookup.tree, title=True))
        in_title = query(words_of(lookup.tree), title=True)
        hits, params = _hits(lookup, f"{whole} & !{in_title}")
        tiers = " UNION ALL ".join(
            f"(SELECT {tier} AS tier, place, {_SCORE} AS score {found}"
            " ORDER BY place DESC LIMIT %s)"
            for tier, found in enumerate((title_hits, hits))
        )
        titles = [whole, *title_params, TITLE_CANDIDATES]
        texts = [whole, *params, TEXT_CANDIDATES]
        return _column(
            f"SELECT place FROM ({tiers}) found"
            " ORDER BY tier, score DESC, place DESC LIMIT %s OFFSET %s",
            [*titles, *texts, limit, offset],
        )

    def count(self, lookup: Lookup, *, most: int) -> int:
        hits, params = _hits(lookup, query(lookup.tree))
        sql = f"SELECT count(*) FROM (SELECT 1 {hits} LIMIT %s) found"
        return _column(sql, [*params, most])[0]


def vector(entry: Entry) -> str:
    """Write an entry as a tsvector. Tokens hold no quotation mark or backslash."""
    places: dict[str, list[str]] = defaultdict(list)
    for letter, token, position in positions(entry):
        places[token].append(f"{position}{letter}")
    words = [f"'{token}':{','.join(found)}" for token, found in places.items()]
    return " ".join([*words, *(f"'{mark}'" for mark in entry.marks)])


def query(node: Node, *, title: bool = False) -> str:
    """Write a tree as a tsquery."""
    if isinstance(node, Phrase):
        weight = "A" if title else ""
        words = [_lexeme(token, weight) for token in node.tokens[:-1]]
        words.append(_lexeme(node.tokens[-1], weight + "*" * node.open_end))
        return f"({' <-> '.join(words)})"
    if isinstance(node, Mark):
        return f"'{node.token}'"
    if isinstance(node, All):
        wanted, unwanted = apart(node)
        parts = [query(part, title=title) for part in wanted]
        return f"({' & '.join([*parts, *(f'!{query(part)}' for part in unwanted)])})"
    raise TypeError(f"{node!r} cannot stand alone")


def _lexeme(token: str, flags: str) -> str:
    return f"'{token}':{flags}" if flags else f"'{token}'"


def _hits(lookup: Lookup, expression: str) -> tuple[str, list[Any]]:
    gate = lookup.gate.format(article="search_words.article_id")
    return _HITS.format(gate=gate), [expression, lookup.since, *lookup.gate_params]


def _column(sql: str, params: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
