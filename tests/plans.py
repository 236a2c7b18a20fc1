"""How an engine means to answer a statement, and where it would read a whole table."""

import re

from django.db import connection


def analyze(table=""):
    """Bring the engine's statistics up to date; without them it plans for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


def plan_of(sql, params=None):
    word = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def table_scans(plan, tables, *, called=()):
    """
    List the steps that read one of these tables as a whole.

    SQLite names a table as the statement calls it, so such names belong in `called`. What it builds
    for the length of a statement, an automatic index or a Bloom filter, it reads a whole table for.
    """
    if connection.vendor == "sqlite":
        names = "|".join((*called, *tables))
        return re.findall(rf"SCAN (?:{names})\b.*|BLOOM FILTER.*|AUTOMATIC .*", plan)
    return re.findall(rf"Seq Scan on (?:{'|'.join(tables)})\b.*", plan)
