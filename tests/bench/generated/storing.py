"""
Many rows into an empty database: COPY on PostgreSQL, one transaction on SQLite.

Indexes that cost while rows come in are dropped first and made again from the words in which the
engine itself keeps them, so they end as the migrations made them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Model

BATCH = 5_000


class Sheet:
    """The columns that a room fills of one table; all others get the default of their field."""

    def __init__(self, model: type[Model], *filled: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.model, self.table = model, model._meta.db_table
        rest = [
            field
            for name, field in fields.items()
            if name not in filled and not _made_by_engine(field)
        ]
        self.columns = [fields[name].column for name in filled]
        self.columns += [field.column for field in rest]
        self.defaults = tuple(_default(field) for field in rest)
        self.count = 0


class Store:
    """Takes rows while `loading` holds."""

    def __init__(self, models: Sequence[type[Model]]) -> None:
        self.models = list(models)
        self.count = 0
        self.started = time.monotonic()

    @property
    def tables(self) -> list[str]:
        return [model._meta.db_table for model in self.models]

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Drop what slows loading down, make it again afterwards; all or nothing."""
        with _quick_file(), transaction.atomic():
            remade = drop_indexes(self.tables)
            yield
            with connection.cursor() as cursor:
                for statement in remade:
                    cursor.execute(statement)
                for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                    cursor.execute(statement)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def write(self, sheet: Sheet, rows: Iterable[tuple[Any, ...]]) -> None:
        defaults = sheet.defaults
        before = sheet.count
        columns = ", ".join(connection.ops.quote_name(column) for column in sheet.columns)
        table = connection.ops.quote_name(sheet.table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row + defaults)
                        sheet.count += 1
            else:
                marks = ", ".join(["%s"] * len(sheet.columns))
                statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
                lines = iter(rows)
                while batch := [row + defaults for row in islice(lines, BATCH)]:
                    cursor.executemany(statement, batch)
                    sheet.count += len(batch)
        self.count += sheet.count - before


def empty(models: Sequence[type[Model]], *, tables: Sequence[str] = ()) -> None:
    """Remove every row of these tables, and of all that point to them."""
    doomed = set(models)
    while more := {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model in doomed and model not in doomed
    }:
        doomed |= more
    names = sorted({*tables, *(model._meta.db_table for model in doomed)})
    quoted = [connection.ops.quote_name(name) for name in names]
    with _quick_file(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quoted)} RESTART IDENTITY")
        else:
            for name in quoted:
                cursor.execute(f"DELETE FROM {name}")


def moment(seconds: float) -> str:
    """Write a moment, seconds since 1970, as both engines read it: in UTC."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def drop_indexes(tables: Sequence[str]) -> list[str]:
    """Drop indexes and references of tables; return the statements that make them again."""
    find = _postgresql_indexes if connection.vendor == "postgresql" else _sqlite_indexes
    drops, makes = find(tables)
    with connection.cursor() as cursor:
        for statement in drops:
            cursor.execute(statement)
    return makes


def _sqlite_indexes(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    """Indexes that came with a table's own definition cannot be dropped, and have no words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
        found = [(name, sql) for table, name, sql in cursor.fetchall() if sql and table in tables]
    return [f'DROP INDEX "{name}"' for name, _ in found], [sql for _, sql in found]


def _postgresql_indexes(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    drops, makes = [], []
    with connection.cursor() as cursor:
        # References first, because they need the keys they point to. Primary keys stay.
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype IN ('f', 'u')"
            " AND conrelid::regclass::text = ANY(%s) ORDER BY contype, conname",
            [list(tables)],
        )
        for table, name, words in cursor.fetchall():
            drops.append(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            makes.insert(0, f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE i.indrelid::regclass::text = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype <> 'f')",
            [list(tables)],
        )
        for name, words in cursor.fetchall():
            drops.append(f"DROP INDEX {name}")
            makes.insert(0, words)
    return drops, makes


@contextmanager
def _quick_file() -> Iterator[None]:
    """Let SQLite leave the disk to itself meanwhile: what a crash spoils is made again."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        # Not WAL: new pages would be written twice. A journal holds only old ones, here none.
        for pragma in (
            "journal_mode=DELETE",
            "synchronous=OFF",
            "foreign_keys=OFF",
            "temp_store=FILE",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA cache_size=-131072")
    try:
        yield
    finally:
        # The next connection sets what else the site wants.
        connection.close()


def _made_by_engine(field: Any) -> bool:
    has_own = field.has_default() or not field.has_db_default()
    return isinstance(field, models.AutoField | models.BigAutoField) or not has_own


def _default(field: Any) -> Any:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return field.get_prep_value(value) if value is None else _json(value)
    if isinstance(field, models.DateTimeField) and value is not None:
        return moment(value.timestamp())
    return value


def _json(value: Any) -> str:
    if value not in ({}, []):
        raise TypeError(f"{value!r} is no default known here")
    return "{}" if value == {} else "[]"
