"""What holds for a whole thread, as the first columns of a row of its statement say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.utils import timezone

from comments.threads.closing import closed_moment
from comments.threads.models import Thread

MOMENTS = ("listed_at", "closed_at", "visited_at")


class ThreadState(NamedTuple):
    publisher_id: int | None
    listed_at: datetime
    comment_count: int
    # None, as the next three, where nobody has written yet.
    closed_at: datetime | None
    mode_or_none: str | None
    version_or_none: int | None
    arrival_or_none: int | None
    # How far the viewer had come when this visit began, and their ReadMark as it is stored; None
    # for who was never here.
    seen: int | None
    kept: int | None
    latest: int | None
    visited_at: datetime | None
    new_count: int
    pick_count: int
    answered_count: int
    unanswered_count: int

    @classmethod
    def read(cls, row: tuple[Any, ...], read_moment: Callable[[Any], datetime | None]) -> Self:
        said = dict(zip(cls._fields, row, strict=False))
        return cls(**said | {name: read_moment(said[name]) for name in MOMENTS})

    @property
    def closed_since(self) -> datetime | None:
        return closed_moment(
            closed_at=self.closed_at,
            listed_at=self.listed_at,
            after_days=settings.COMMENTS_CLOSE_AFTER_DAYS,
            now=timezone.now(),
        )

    @property
    def is_open(self) -> bool:
        return self.closed_since is None

    @property
    def closed_sentence(self) -> str:
        return Thread(closed_at=self.closed_since).closed_sentence

    @property
    def mode(self) -> str:
        return self.mode_or_none or Thread.Mode.DISCUSSION

    @property
    def asks(self) -> bool:
        """Whether first comments are questions."""
        return self.mode == Thread.Mode.QUESTIONS

    @property
    def last_arrival(self) -> int:
        return self.arrival_or_none or 0

    def moves_mark(self, visit: datetime) -> bool:
        """Whether to look at this page, in a visit not begun before `visit`, moves the mark."""
        if self.kept is None or self.latest is None or self.visited_at is None:
            return True
        return self.latest < self.last_arrival or (
            self.visited_at <= visit and self.kept < self.latest
        )
