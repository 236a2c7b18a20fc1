"""
The seam between search and the database: one interface, two engines, the same answers.

An engine owns a table of words, made by a migration. It splits and folds nothing: it gets tokens
from words.py and trees of nodes.py. Another room has an index of its own by naming its IndexTables.
"""

from functools import cache

from django.db import connection

from reader.search.engines.postgres import PostgresEngine
from reader.search.engines.seam import BEST_MAX, Engine, IndexTables, Lookup, Marking
from reader.search.engines.sqlite import SqliteEngine
from reader.search.engines.waiting import TookTooLong, patience

__all__ = [
    "ARTICLES",
    "BEST_MAX",
    "Engine",
    "IndexTables",
    "Lookup",
    "Marking",
    "TookTooLong",
    "current_engine",
    "patience",
]

ARTICLES = IndexTables(
    words="search_words",
    entries="search_searchentry",
    number="article_id",
    columns=("title", "standfirst", "body"),
)


def current_engine(tables: IndexTables = ARTICLES) -> Engine:
    return _engine(connection.vendor, tables)


@cache
def _engine(vendor: str, tables: IndexTables) -> Engine:
    return SqliteEngine(tables) if vendor == "sqlite" else PostgresEngine(tables)
