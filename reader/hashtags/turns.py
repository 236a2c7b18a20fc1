"""
Who goes first: editors who change what hashtags mean, and everything that gives them to articles.

An editor changes hashtags alone. Whatever writes links shares its turn with others of its kind, so
that no link is written under a hashtag that became an alias a moment ago. SQLite has one writer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from time import sleep
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection

from reader.turns import take_turn

Given = ParamSpec("Given")
Result = TypeVar("Result")

# Only this room uses it: a number of PostgreSQL's advisory locks.
LOCK = 4_727_010_601
# How long to stand aside before each further attempt.
PAUSES_SECONDS = (0.2, 0.5, 1, 2, 3)
# How often whoever shares a turn looks whether it is free.
LOOK_SECONDS = 0.02


def alone(change: Callable[Given, Result]) -> Callable[Given, Result]:
    """
    Run a service in a transaction while nobody else changes hashtags or gives them to articles.

    It may start over, so it must ask all it needs to know again.
    """

    @wraps(change)
    def attempt(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        return take_turn(
            partial(change, *args, **kwargs),
            lock=partial(_lock, "pg_advisory_xact_lock"),
            pauses=PAUSES_SECONDS,
            failures=(OperationalError, IntegrityError),
        )

    return attempt


def share_turn() -> None:
    """
    Wait for whoever changes hashtags, and keep them out till the commit.

    Call it before asking what hashtags mean, and after locking the articles that get them.
    """
    # Looking again and again instead of standing in the queue: who stands there for a second, with
    # articles that the one ahead wants, is ended by PostgreSQL as the one in a deadlock.
    while not _lock("pg_try_advisory_xact_lock_shared"):
        sleep(LOOK_SECONDS)


def _lock(function: str) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])
        # The one that waits returns nothing.
        return cursor.fetchone()[0] is not False
