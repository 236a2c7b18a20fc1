"""Who may change stories, and who goes first: editors, imports and readers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import sleep
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from reader.stories.models import Placement

Given = ParamSpec("Given")
Result = TypeVar("Result")

# Well below the second after which PostgreSQL looks for a deadlock and ends one of the two, so that
# the one that ends is always ours.
LOCK_TIMEOUT = "600ms"
# How long to stand aside before each further attempt.
PAUSES_SECONDS = (0.2, 1, 3)


def alone(change: Callable[Given, Result]) -> Callable[Given, Result]:
    """
    Run a service in a transaction while nobody else changes stories.

    Rows of stories refer to articles, which others lock in an order of their own, or delete. When
    they are in the way it starts over, so the service must ask all it needs to know again.
    """

    @wraps(change)
    def attempt(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for pause in (*PAUSES_SECONDS, None):
            try:
                with transaction.atomic():
                    lock_placement()
                    if connection.vendor == "postgresql":
                        with connection.cursor() as cursor:
                            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                    return change(*args, **kwargs)
            except (OperationalError, IntegrityError):
                if pause is None or connection.in_atomic_block:
                    raise
                sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    return attempt


def lock_placement() -> Placement:
    """Wait until nobody else changes stories, and keep others out till the commit."""
    Placement.objects.get_or_create(pk=1)
    return Placement.objects.select_for_update().get(pk=1)
