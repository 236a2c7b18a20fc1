"""Search in PostgreSQL: a tsvector of our own tokens beside its place, under a GIN index."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from reader.search.engines.seam import (
    BEST_MAX,
    NOTHING,
    TEXT_CANDIDATES,
    TITLE_CANDIDATES,
    IndexTables,
    Lookup,
    Marking,
    Plan,
    Signs,
    checked,
    plan,
    title_words,
    written,
    written_either_way,
)
from reader.search.entries import GAP, NUMBER_MASK, Entry, positions
from reader.search.nodes import FIELDS, HEADLINE, All, Mark, Node, Not, Phrase, phrases_of
from reader.search.nodes import Any as Either

# The planner takes reading `words` to be free and would rather read all of them than ask their
# index. So it may not scan the table, nor ("+ 0") walk through the places in search of a rare word;
# what is common is found among the latest entries, before the index is asked for everything. How
# common it is the planner knows well.
_PLAN = "SET LOCAL enable_seqscan = off; "
# Reading the words of an entry takes as long as finding so many by the index.
_READING = 20
_LATEST = 500
_LATEST_FOR_BEST = 2_000
_NEWEST = """
WITH recent AS MATERIALIZED (
    SELECT place FROM (
        SELECT * FROM {table} WHERE place >= %s AND place < %s ORDER BY place DESC LIMIT %s
    ) {table}
    WHERE {hits} ORDER BY place DESC LIMIT %s
)
SELECT place FROM recent WHERE (SELECT count(*) FROM recent) = %s
UNION ALL (
    SELECT place FROM {table} WHERE (SELECT count(*) FROM recent) < %s AND {hits}
    ORDER BY place + 0 DESC LIMIT %s
)"""


class PostgresEngine:
    def __init__(self, tables: IndexTables) -> None:
        self.tables = tables
        self.words = tables.words
        # Weights of the fields, as a tsvector calls them; the last is what has most words.
        self.letters = "ABC"[: len(tables.fields) - 1] + "D"
        shares = dict(zip(self.letters, tables.weights, strict=True))
        most = max(tables.weights)
        self.shares = ", ".join(str(shares.get(letter, 0) / most) for letter in "DCBA")
        self.signs = Signs(both=" & ", either=" | ", without=" & !", leaf=self._leaf)

    def put(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.words} (place, words)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])"
                " ON CONFLICT (place) DO UPDATE SET words = excluded.words",
                [[e.place for e in entries], [self.vector(e) for e in entries]],
            )

    def put_marks(self, markings: Sequence[Marking]) -> None:
        # Without positions, which nothing asks of a mark that stands by itself.
        parts: list[Any] = [
            [one.place for one in markings],
            [" ".join(one.gone) for one in markings],
            [" ".join(one.new) for one in markings],
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.words} SET words ="
                f" ts_delete({self.words}.words, string_to_array(gone, ' '))"
                " || array_to_tsvector(string_to_array(new, ' '))"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[]) marking (place, gone, new)"
                f" WHERE {self.words}.place = marking.place",
                parts,
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.words} WHERE place = ANY(%s)", [list(places)])

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.words} WHERE NOT EXISTS (SELECT FROM {self.tables.entries}"
                f" entry WHERE entry.place = {self.words}.place)"
            )
            cursor.execute(f"ANALYZE {self.words}")

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        how = plan(lookup, before=before)
        latest = self._latest(how, _LATEST)
        sql, params = self._newest(lookup, how, how.words, limit=limit, latest=latest)
        return sorted((row[0] for row in _rows(sql, params)), reverse=True)

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        how = plan(lookup)
        if how.words is None or not phrases_of(lookup.tree):
            end = min(offset + limit, BEST_MAX)
            return self.newest(lookup, before=None, limit=end)[offset:]
        in_title = title_words(lookup.tree)
        latest = self._latest(how, _LATEST_FOR_BEST)
        tiers = [(how.words, TEXT_CANDIDATES, latest)]
        if in_title is not None:
            tiers = [
                (All((how.words, in_title)), TITLE_CANDIDATES, 0),
                (All((how.words, Not(in_title))), TEXT_CANDIDATES, latest),
            ]
        sql: list[str] = []
        params: list[Any] = []
        for tier, (words, candidates, latest) in enumerate(tiers):
            found, some = self._newest(lookup, how, words, limit=candidates, latest=latest)
            sql.append(f"SELECT {tier} AS tier, * FROM ({found}) tier_{tier}")
            params += some
        # A long text weighs less per word (1 divides by the logarithm of its length).
        score = f"ts_rank('{{{self.shares}}}', words, %s::tsquery, 1)"
        rows = _rows(
            f"SELECT place FROM ({' UNION ALL '.join(sql)}) found JOIN {self.words} USING (place)"
            f" ORDER BY tier, {score} DESC, place DESC LIMIT %s OFFSET %s",
            [*params, written(how.words, self.signs), limit, offset],
        )
        return [row[0] for row in rows]

    def count(self, lookup: Lookup, *, most: int) -> int:
        how = plan(lookup)
        hits, params = self._hits(lookup, how, how.words)
        sql = f"SELECT count(*) FROM (SELECT FROM {self.words} WHERE {hits} LIMIT %s) found"
        return int(_rows(sql, [*params, most])[0][0])

    def tally(self, lookup: Lookup, *, most: int) -> list[tuple[int, str]]:
        how = plan(lookup)
        sql, params = self._newest(lookup, how, how.words, limit=most, latest=0)
        return _rows(
            f"SELECT found.place, entry.marks FROM ({sql}) found"
            f" JOIN {self.tables.entries} entry USING (place) ORDER BY found.place DESC",
            params,
        )

    def estimate(self, lookup: Lookup) -> int:
        how = plan(lookup)
        # Without the gate, which hides little, and without sums: of neither does the planner know
        # anything, so it would take a fraction for each.
        place = f"{self.words}.place"
        hits = f"{place} >= %s AND {place} < %s"
        params: list[Any] = [how.since, how.before]
        if how.words is not None:
            hits, params = (
                f"words @@ %s::tsquery AND {hits}",
                [written(how.words, self.signs), *params],
            )
        for node in how.checks:
            check, some = checked(node, place=place, words=self._fits)
            hits, params = f"{hits} AND {check}", [*params, *some]
        return self._planned(hits, params)

    def _latest(self, how: Plan, most: int) -> int:
        """Say among how many of the latest entries to look first: none for what is rare."""
        if how.words is None:
            return 0
        planned = self._planned("words @@ %s::tsquery", [written(how.words, self.signs)])
        cost = planned if is_read(how.words) else planned // _READING
        return most if cost > most else 0

    def _planned(self, hits: str, params: Sequence[Any]) -> int:
        """Ask the planner, which knows how frequent words are; of phrases it knows only those."""
        connection.ensure_connection()
        # Not by Django's cursor: a plan reads no table, so it is no query that a page has to count.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) SELECT FROM {self.words} WHERE {hits}", list(params)
            )
            return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])

    def vector(self, entry: Entry) -> str:
        """
        Write an entry as a tsvector. Tokens hold no quotation mark or backslash.

        What stands in the title stands there once more under a name of its own, for the index knows
        lexemes but not their weights.
        """
        places: dict[str, list[str]] = defaultdict(list)
        for number, token, position in positions(entry):
            places[token].append(f"{position}{self.letters[number]}")
            if self.tables.fields[number] == HEADLINE:
                places[_titled(token)].append(str(position))
        for position, mark in enumerate(entry.marks, 1):
            if mark != GAP:
                places[mark].append(str(position))
        return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())

    def _newest(
        self, lookup: Lookup, how: Plan, words: Node | None, *, limit: int, latest: int
    ) -> tuple[str, list[Any]]:
        hits, params = self._hits(lookup, how, words)
        if words is None or not latest:
            walked = "place" if words is None else "place + 0"
            return (
                f"SELECT place FROM {self.words} WHERE {hits} ORDER BY {walked} DESC LIMIT %s",
                [*params, limit],
            )
        recent = [how.since, how.before, latest, *params, limit]
        return (
            _NEWEST.format(table=self.words, hits=hits),
            [*recent, limit, limit, *params, limit],
        )

    def _hits(self, lookup: Lookup, how: Plan, words: Node | None) -> tuple[str, list[Any]]:
        place = f"{self.words}.place"
        params: list[Any] = []
        if words is None:
            sql = f"{place} >= %s AND {place} < %s"
        else:
            sql = f"words @@ %s::tsquery AND {place} + 0 >= %s AND {place} + 0 < %s"
            params = [written(words, self.signs)]
        params += [how.since, how.before]
        for node in how.checks:
            check, some = checked(node, place=f"({place} + 0)", words=self._fits)
            sql += f" AND {check}"
            params += some
        gate = lookup.gate.format(number=f"({place} & {NUMBER_MASK})")
        return f"{sql} AND {gate}", [*params, *lookup.gate_params]

    def _fits(self, node: Node) -> tuple[str, list[Any]]:
        is_unwanted, words = written_either_way(node, self.signs)
        return f"({'NOT ' if is_unwanted else ''}words @@ %s::tsquery)", [words]

    def _leaf(self, node: Node) -> str:
        """Write in the language of a tsquery."""
        if isinstance(node, Mark):
            return f"({' <-> '.join(_quoted(token) for token in node.token.split())})"
        if not isinstance(node, Phrase):
            raise TypeError(f"{node!r} has to be resolved before")
        tokens, where = node.tokens, ""
        if node.fields == (HEADLINE,) and HEADLINE in self.tables.fields:
            tokens = tuple(map(_titled, tokens))
        elif node.fields and node.fields != FIELDS:
            where = "".join(self.letters[n] for n in self.tables.numbers_of(node.fields))
            if not where:
                return _quoted(NOTHING)
        ends = [f":{where}" if where else ""] * len(tokens)
        if node.open_end:
            ends[-1] = f":*{where}"
        words = [f"{_quoted(token)}{end}" for token, end in zip(tokens, ends, strict=True)]
        return f"({' <-> '.join(words)})"


def is_read(node: Node) -> bool:
    """Whether the index finds too much, so that the words of each entry have to be read."""
    if isinstance(node, Phrase):
        return len(node.tokens) > 1 or node.fields not in ((), FIELDS, (HEADLINE,))
    if isinstance(node, Mark):
        return " " in node.token
    if isinstance(node, Not):
        return is_read(node.part)
    return isinstance(node, All | Either) and any(map(is_read, node.parts))


def _titled(token: str) -> str:
    return f"{GAP}t{GAP}{token}"


def _quoted(token: str) -> str:
    return f"'{token}'"


def _rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        # One message, hence one transaction, to which the setting is confined.
        cursor.execute(_PLAN + sql, params)
        cursor.nextset()
        return cursor.fetchall()
