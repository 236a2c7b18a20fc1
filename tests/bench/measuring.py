"""How long something takes: in the database, and all in all."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

# The names under which thread_sql reads comments.
SQLITE_SCAN = re.compile(
    r"SCAN (?:c|k|p|threads_comment)\b.*|BLOOM FILTER.*"
    # Every comment of the thread, which the engine calls a search.
    r"|SEARCH \w+ USING INDEX sqlite_autoindex_threads_comment_\d+ \(article_id=\?\)"
)
POSTGRESQL_SCAN = re.compile(r"Seq Scan on threads_comment\b.*")
# Holds only what waits for a moderator.
SMALL_INDEX = "SCAN threads_comment USING INDEX threads_comment_waiting"


@dataclass(slots=True)
class Watch:
    """What one call asked of the database."""

    seconds: float = 0.0
    statements: list[tuple[str, Any]] = field(default_factory=list)


class TimedCursor(CursorWrapper):
    """Counts fetching, too: SQLite works on a statement while its rows are taken."""

    watch = Watch()

    def execute(self, sql: str, params: Any = None) -> Any:
        self.watch.statements.append((sql, params))
        return self._timed(super().execute, sql, params)

    def fetchone(self) -> Any:
        return self._timed(self.cursor.fetchone)

    def fetchmany(self, *size: int) -> Any:
        return self._timed(self.cursor.fetchmany, *size)

    def fetchall(self) -> Any:
        return self._timed(self.cursor.fetchall)

    def _timed(self, act: Callable[..., Any], *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return act(*args)
        finally:
            self.watch.seconds += time.perf_counter() - start


@contextmanager
def timed_cursors() -> Iterator[None]:
    connection.make_cursor = lambda cursor: TimedCursor(cursor, connection)
    try:
        yield
    finally:
        del connection.make_cursor


def worked() -> float:
    """
    Say how long processors have worked for this process and for its part of PostgreSQL, in seconds.

    Unlike the clock it does not count what other programs did meanwhile.
    """
    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        if server.exists():
            seconds += int(server.read_text().split()[0]) / 1e9
    return seconds


@dataclass(slots=True)
class Taken:
    """The times of one case, in milliseconds, and the most statements that one call needed."""

    totals: list[float] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)
    statements: int = 0

    def add(self, act: Callable[[], Any], rounds: int = 1) -> list[tuple[str, Any]]:
        """
        Take the median of some rounds, so that what else the machine does says less.

        Return the statements of the last.
        """
        totals, in_database, works = [], [], []
        for _ in range(rounds):
            TimedCursor.watch = watch = Watch()
            work, start = worked(), time.perf_counter()
            act()
            totals.append((time.perf_counter() - start) * 1000)
            works.append((worked() - work) * 1000)
            in_database.append(watch.seconds * 1000)
        self.totals.append(statistics.median(totals))
        self.in_database.append(statistics.median(in_database))
        self.works.append(statistics.median(works))
        self.statements = max(self.statements, len(watch.statements))
        return list(watch.statements)

    def row(self) -> list[str]:
        return [
            str(len(self.totals)),
            str(self.statements),
            *(f"{at(self.totals, share):.1f}" for share in (0.5, 0.95, 0.99, 1)),
            *(f"{at(self.in_database, share):.1f}" for share in (0.5, 0.99)),
            *(f"{at(self.works, share):.1f}" for share in (0.5, 0.99)),
        ]


HEADINGS = [
    "pages", "statements", "p50", "p95", "p99", "max", "in the database p50", "p99", "work p50",
    "p99",
]  # fmt: skip


def at(values: Sequence[float], share: float) -> float:
    """Give the value that this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def scans(sql: str, params: Any) -> list[str]:
    """List the steps of a statement that read the whole table of comments."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if is_sqlite else 'EXPLAIN'} {sql}", params)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    return (SQLITE_SCAN if is_sqlite else POSTGRESQL_SCAN).findall(plan.replace(SMALL_INDEX, ""))
