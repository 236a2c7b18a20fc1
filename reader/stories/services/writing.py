"""Who may change stories, and who goes first: editors, imports and readers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError

from reader.stories.models import Placement
from reader.turns import take_turn

Given = ParamSpec("Given")
Result = TypeVar("Result")

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
        return take_turn(
            partial(change, *args, **kwargs),
            lock=lock_placement,
            pauses=PAUSES_SECONDS,
            failures=(OperationalError, IntegrityError),
        )

    return attempt


def lock_placement() -> Placement:
    """Wait until nobody else changes stories, and keep others out till the commit."""
    Placement.objects.get_or_create(pk=1)
    return Placement.objects.select_for_update().get(pk=1)
