"""Who may write automatic links, who goes first, and how far a pass over all articles has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

from reader.related.models import Survey
from reader.turns import take_turn

Result = TypeVar("Result")

# How long to stand aside before each further attempt.
PAUSES_SECONDS = (0.2, 1, 3, 10)


def write_alone(write: Callable[[], Result]) -> Result:
    """
    Run `write` in a transaction while nobody else writes automatic links; return what it returns.

    Links refer to many articles, which others lock in an order of their own. Whenever they are in
    the way it starts over, so `write` must ask all it needs to know again.
    """
    return take_turn(write, lock=lock_survey, pauses=PAUSES_SECONDS, failures=(OperationalError,))


def lock_survey() -> Survey:
    """Wait until nobody else writes automatic links, and keep others out till the commit."""
    turn = Survey.objects.filter(pk=1)
    # The update takes the lock as well, so that one statement does both.
    if not turn.update(turn=F("turn") + 1):
        Survey.objects.get_or_create(pk=1)
        turn.update(turn=F("turn") + 1)
    return turn.get()


def current_survey() -> Survey:
    return Survey.objects.filter(pk=1).first() or Survey(pk=1)


def begin_survey(*, anew: bool = False) -> Survey:
    """Begin a pass over all articles, or take up the one that was broken off unless `anew`."""

    def begin() -> Survey:
        survey = Survey.objects.get(pk=1)
        if survey.begun_at is None or anew:
            survey.begun_at = timezone.now()
            survey.step, survey.reached = 0, 0
            survey.save(update_fields=["begun_at", "step", "reached"])
        return survey

    return write_alone(begin)


def move_survey(survey: Survey, *, step: int, reached: int) -> bool:
    """
    Note how far the pass has come; False when somebody else took it further than `survey` says.

    For use within write_alone(): whoever gets False leaves everything as it is.
    """
    unmoved = Survey.objects.filter(
        pk=1, begun_at=survey.begun_at, step=survey.step, reached=survey.reached
    )
    return unmoved.update(step=step, reached=reached) > 0


def end_survey(survey: Survey, *, articles: int) -> None:
    Survey.objects.filter(pk=1, begun_at=survey.begun_at).update(
        articles=articles, made_at=survey.begun_at, begun_at=None, step=0, reached=0
    )
