"""
The seam between search and the database: one interface, two engines, the same answers.

An engine owns the table `search_words`, made by the first migration. It splits and folds nothing:
it gets tokens from words.py and trees from grammar.py.
"""

from django.db import connection

from reader.search.engines.postgres import PostgresEngine
from reader.search.engines.seam import BEST_MAX, Engine, Lookup
from reader.search.engines.sqlite import SqliteEngine

__all__ = ["BEST_MAX", "Engine", "Lookup", "current_engine"]

_ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}


def current_engine() -> Engine:
    return _ENGINES[connection.vendor]
