"""Articles of one day stand together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from reader.articles.models import Article


def by_day(articles: Iterable[Article]) -> list[tuple[datetime, list[Article]]]:
    """Part articles, given in order, by the day on which a reader is told they appeared."""
    days = groupby(articles, key=lambda article: _told_at(article).date())
    parted = [list(together) for _, together in days]
    return [(_told_at(together[0]), together) for together in parted]


def _told_at(article: Article) -> datetime:
    # A date without a time is the publisher's day: no zone may move it.
    moment = article.listed_at
    return moment if article.published_is_date else timezone.localtime(moment)
