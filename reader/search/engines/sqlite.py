"""Search in SQLite: an FTS5 table whose rowid is the place."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from sqlite3 import SQLITE_INTERRUPT
from time import monotonic
from typing import Any

from django.db import OperationalError, connection

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
from reader.search.engines.waiting import TookTooLong, looking
from reader.search.entries import NUMBER_MASK, Entry
from reader.search.nodes import All, Mark, Node, Not, Phrase, phrases_of

MARKS = "marks"
# So many steps of SQLite's machine pass between two looks at the clock: less than a millisecond.
_STEPS = 1_000


class SqliteEngine:
    def __init__(self, tables: IndexTables) -> None:
        self.tables = tables
        self.words = tables.words
        self.columns = (*tables.columns, MARKS)
        # FTS5 wants a weight for every column; marks are no words and weigh nothing.
        self.score = f"bm25({self.words}, {', '.join(map(str, tables.weights))}, 0)"
        self.signs = Signs(both=" AND ", either=" OR ", without=" NOT ", leaf=self._leaf)

    def put(self, entries: Sequence[Entry]) -> None:
        slots = ", ".join(["%s"] * (len(self.columns) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {self.words} (rowid, {', '.join(self.columns)})"
                f" VALUES ({slots})",
                [(e.place, *map(" ".join, (*e.fields, e.marks))) for e in entries],
            )

    def put_marks(self, markings: Sequence[Marking]) -> None:
        places = [marking.place for marking in markings]
        slots = ", ".join(["%s"] * len(places))
        with connection.cursor() as cursor:
            # Not by _rows(): a change takes as long as it takes.
            cursor.execute(
                f"SELECT rowid, {MARKS} FROM {self.words} WHERE rowid IN ({slots})", places
            )
            known = dict(cursor.fetchall())
            cursor.executemany(
                f"UPDATE {self.words} SET {MARKS} = %s WHERE rowid = %s",
                [
                    # In front, so that no two names of authors are parted or become neighbours.
                    (" ".join((*one.new, *_without(known[one.place], one.gone))), one.place)
                    for one in markings
                    if one.place in known
                ],
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {self.words} WHERE rowid = %s", [(place,) for place in places]
            )

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.words} WHERE rowid NOT IN"
                f" (SELECT place FROM {self.tables.entries})"
            )

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        sql, params = self._newest(lookup, before=before)
        return [row[0] for row in _rows(f"{sql} LIMIT %s", [*params, limit])]

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        how = plan(lookup)
        if how.words is None or not phrases_of(lookup.tree):
            end = min(offset + limit, BEST_MAX)
            return self.newest(lookup, before=None, limit=end)[offset:]
        in_title = title_words(lookup.tree)
        tiers = [how.words]
        if in_title is not None:
            tiers = [All((how.words, in_title)), All((how.words, Not(in_title)))]
        sql: list[str] = []
        params: list[Any] = []
        most = (TITLE_CANDIDATES, TEXT_CANDIDATES)[-len(tiers) :]
        for tier, (words, candidates) in enumerate(zip(tiers, most, strict=True)):
            hits, some = self._hits(lookup, how, words)
            sql.append(
                f"SELECT * FROM (SELECT {tier} AS tier, rowid AS place, {self.score} AS score"
                f" {hits} ORDER BY rowid DESC LIMIT %s)"
            )
            params += [*some, candidates]
        found = _rows(
            f"SELECT place FROM ({' UNION ALL '.join(sql)})"
            " ORDER BY tier, score, place DESC LIMIT %s OFFSET %s",
            [*params, limit, offset],
        )
        return [row[0] for row in found]

    def count(self, lookup: Lookup, *, most: int) -> int:
        hits, params = self._hits(lookup, plan(lookup))
        return int(_rows(f"SELECT count(*) FROM (SELECT 1 {hits} LIMIT %s)", [*params, most])[0][0])

    def tally(self, lookup: Lookup, *, most: int) -> list[tuple[int, str]]:
        sql, params = self._newest(lookup)
        # The order of the join is said: the entries are got by their key.
        return _rows(
            f"SELECT found.place, entry.marks FROM ({sql} LIMIT %s) found"
            f" CROSS JOIN {self.tables.entries} entry"
            f" ON entry.{self.tables.number} = (found.place & {NUMBER_MASK})",
            [*params, most],
        )

    def estimate(self, lookup: Lookup) -> int:
        # Without the gate, which hides little: FTS5 counts ten times as fast what it need not show.
        hits, params = self._hits(replace(lookup, gate="1", gate_params=()), plan(lookup))
        return int(_rows(f"SELECT count(*) {hits}", params)[0][0])

    def is_sample(self, lookup: Lookup) -> bool:
        """Never: FTS5 knows positions and fields, and goes through its matches by place."""
        return False

    def is_partial(self, lookup: Lookup) -> bool:
        return False

    def _newest(self, lookup: Lookup, *, before: int | None = None) -> tuple[str, list[Any]]:
        how = plan(lookup, before=before)
        hits, params = self._hits(lookup, how)
        place = "place" if how.words is None else "rowid"
        return f"SELECT {place} AS place {hits} ORDER BY {place} DESC", params

    def _hits(self, lookup: Lookup, how: Plan, words: Node | None = None) -> tuple[str, list[Any]]:
        words = words or how.words
        params: list[Any] = []
        if words is None:
            place = f"{self.tables.entries}.place"
            sql = f"FROM {self.tables.entries} WHERE "
        else:
            place = f"{self.words}.rowid"
            sql = f"FROM {self.words} WHERE {self.words} MATCH %s AND "
            params.append(written(words, self.signs))
        sql += f"{place} >= %s AND {place} < %s"
        params += [how.since, how.before]
        for node in how.checks:
            check, some = checked(node, place=place, words=lambda n: self._among(n, place))
            sql += f" AND {check}"
            params += some
        gate = lookup.gate.format(number=f"({place} & {NUMBER_MASK})")
        return f"{sql} AND {gate}", [*params, *lookup.gate_params]

    def _among(self, node: Node, place: str) -> tuple[str, list[Any]]:
        is_unwanted, words = written_either_way(node, self.signs)
        # The sign keeps FTS5 from looking up each place by itself.
        return (
            f"(+{place} {'NOT ' if is_unwanted else ''}IN"
            f" (SELECT rowid FROM {self.words} WHERE {self.words} MATCH %s))",
            [words],
        )

    def _leaf(self, node: Node) -> str:
        """Write in FTS5's language. Tokens hold no quotation mark, so nothing can break out."""
        if isinstance(node, Mark):
            return f'"{node.token}"'
        if not isinstance(node, Phrase):
            raise TypeError(f"{node!r} has to be resolved before")
        words = f'"{" ".join(node.tokens)}"{"*" if node.open_end else ""}'
        if not node.fields:
            return words
        columns = [self.columns[number] for number in self.tables.numbers_of(node.fields)]
        return f"({{{' '.join(columns)}}} : {words})" if columns else f'"{NOTHING}"'


def _without(marks: str, gone: Sequence[str]) -> list[str]:
    return [mark for mark in marks.split() if mark not in gone]


def _rows(sql: str, params: Sequence[Any]) -> list[Any]:
    connection.ensure_connection()
    database = connection.connection
    try:
        with looking() as seconds, connection.cursor() as cursor:
            end = monotonic() + seconds
            database.set_progress_handler(lambda: monotonic() > end, _STEPS)
            cursor.execute(sql, params)
            return cursor.fetchall()
    except OperationalError as problem:
        if getattr(problem.__cause__, "sqlite_errorcode", None) == SQLITE_INTERRUPT:
            raise TookTooLong from problem
        raise
    finally:
        database.set_progress_handler(None, 0)
