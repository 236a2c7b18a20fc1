"""Articles of one day stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from reader.articles.models import Article


@dataclass(frozen=True, slots=True)
class Day:
    """What is told of one day, as far as it is on a page."""

    # When the first of them appeared.
    moment: datetime
    articles: list[Article]
    # Whether the page before ends with the same day.
    is_continued: bool


def by_day(articles: Iterable[Article], *, before: Article | None = None) -> list[Day]:
    """
    Part articles, given in order, by the day on which a reader is told they appeared.

    `before` is the last article of the page before.
    """
    days = groupby(articles, key=lambda article: _told_at(article).date())
    parted = [list(together) for _, together in days]
    last = _told_at(before).date() if before else None
    moments = [_told_at(together[0]) for together in parted]
    return [
        Day(moment, together, is_continued=moment.date() == last)
        for moment, together in zip(moments, parted, strict=True)
    ]


def _told_at(article: Article) -> datetime:
    # A date without a time is the publisher's day: no zone may move it.
    moment = article.listed_at
    return moment if article.published_is_date else timezone.localtime(moment)
