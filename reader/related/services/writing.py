"""Who may write automatic links, and who goes first: editors, imports and readers."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from reader.related.models import Survey

Result = TypeVar("Result")

# Well below the second after which PostgreSQL looks for a deadlock and ends one of the two, so that
# the one that ends is always ours.
LOCK_TIMEOUT = "600ms"
# How long to stand aside before each further attempt.
PAUSES_SECONDS = (0.2, 1, 3, 10)


def write_alone(write: Callable[[], Result]) -> Result:
    """
    Run `write` in a transaction while nobody else writes automatic links; return what it returns.

    Links refer to many articles, which others lock in an order of their own. Whenever they are in
    the way it starts over, so `write` must ask all it needs to know again.
    """
    for pause in (*PAUSES_SECONDS, None):
        try:
            with transaction.atomic():
                lock_survey()
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                return write()
        except OperationalError:
            if pause is None or connection.in_atomic_block:
                raise
            sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def lock_survey() -> Survey:
    """Wait until nobody else writes automatic links, and keep others out till the commit."""
    Survey.objects.get_or_create(pk=1)
    return Survey.objects.select_for_update().get(pk=1)
