"""How PostgreSQL is asked: what its indexes can tell, how many that is, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection

from reader.search.engines.seam import IndexTables, Lookup, checked
from reader.search.engines.tsquery import Sieve, Sql, Writing
from reader.search.engines.waiting import TookTooLong, looking
from reader.search.entries import NUMBER_MASK, PLACE_MAX
from reader.search.nodes import All, Node, Span

# The planner takes reading words to be free and would rather read all of them than ask their index.
# So it may not scan the table, thinks much of every question asked of a row, and where `place + 0`
# is written does not walk through the places in search of a rare word. Compiling a statement, or
# starting others to help, takes longer than all of it.
_PLAN = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL cpu_operator_cost = 0.2;"
    " SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0; "
)
# So much further than the planner thinks the newest are looked for.
_MARGIN = 1.3
_LIMIT = "SET LOCAL statement_timeout = {}; "
# Said by PostgreSQL when a statement took longer than it may.
_CANCELED = "57014"


@dataclass(frozen=True, slots=True)
class Asked:
    """A lookup, as this engine asks it."""

    lookup: Lookup
    # All that is asked but the time between which it was.
    tree: All
    sieve: Sieve | None
    since: int
    before: int

    @property
    def is_exact(self) -> bool:
        return not self.tree.parts or (self.sieve is not None and self.sieve.is_exact)

    @property
    def has_words(self) -> bool:
        return self.sieve is not None and self.sieve.has_words


class Asking:
    """Asks one index."""

    def __init__(self, tables: IndexTables) -> None:
        self.tables = tables
        self.words = tables.words
        self.writing = Writing(tables)

    def asked(
        self, lookup: Lookup, *, before: int | None = None, also: Node | None = None
    ) -> Asked:
        since, end = lookup.since, min(lookup.before, PLACE_MAX if before is None else before)
        rest: list[Node] = [] if also is None else [also]
        for part in lookup.tree.parts:
            if isinstance(part, Span):
                since, end = max(since, part.since), min(end, part.before)
            else:
                rest.append(part)
        tree = All(tuple(rest))
        return Asked(lookup, tree, self.writing.sieve(tree) if rest else None, since, end)

    def among(self, asked: Asked, wanted: int) -> int:
        """Say among how many of the latest entries so many pass the indexes, most likely."""
        between = self.planned(asked, with_words=False)
        return int(_MARGIN * wanted * between / self.planned(asked)) + wanted

    def hits(self, asked: Asked) -> Sql:
        """Ask the indexes; what they say is exact."""
        place = f"{self.writing.place}{' + 0' if asked.has_words else ''}"
        return self._gated(asked, *_passing(asked.sieve, place, asked))

    def checks(self, asked: Asked) -> Sql:
        """Ask everything of a row that was read."""
        sql, params = checked(asked.tree, place=self.writing.place, words=self.writing.fits)
        return self._gated(asked, sql, params)

    def _gated(self, asked: Asked, sql: str, params: list[Any]) -> Sql:
        gate = asked.lookup.gate.format(number=f"({self.writing.place} & {NUMBER_MASK})")
        return f"{sql} AND {gate}", [*params, *asked.lookup.gate_params]

    def planned(self, asked: Asked, *, with_words: bool = True) -> int:
        """
        Ask the planner about how many pass the indexes: it knows how frequent words are.

        Without the gate, which hides little, and without sums: of neither does it know anything, so
        it would take a fraction for each.
        """
        known, key = asked.lookup.known, ("planned", asked.tree, asked.before, with_words)
        if key in known:
            return known[key]
        sieve = asked.sieve if with_words else None
        sql, params = _passing(sieve, self.writing.place, asked)
        connection.ensure_connection()
        # Not by Django's cursor: a plan reads no table, so it is no query that a page has to count.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) SELECT FROM {self.words} WHERE {sql}", list(params)
            )
            known[key] = max(1, int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"]))
        return known[key]


def _passing(sieve: Sieve | None, place: str, asked: Asked) -> Sql:
    """Ask the index of the words, where anything is asked of it, and for the time between."""
    sql, params = f"{place} >= %s AND {place} < %s", [asked.since, asked.before]
    if sieve is None:
        return sql, params
    return f"{sieve.sql} AND {sql}", [*sieve.params, *params]


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    # One message, hence one transaction, to which the settings are confined.
    try:
        with looking() as seconds, connection.cursor() as cursor:
            # In a transaction that is somebody else's nothing is broken off: all would be lost.
            limit = "" if connection.in_atomic_block else _LIMIT.format(int(seconds * 1000))
            cursor.execute(_PLAN + limit + sql, params)
            while cursor.nextset():
                pass
            return cursor.fetchall()
    except OperationalError as problem:
        if getattr(problem.__cause__, "sqlstate", None) == _CANCELED:
            raise TookTooLong from problem
        raise
