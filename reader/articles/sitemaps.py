"""
What search engines may know of, in blocks of numbers.

A block is a range of keys, not a page of rows: the last of a million costs as little as the first,
nothing is counted, and a block's address never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from reader.articles.metadata import language_tag, published
from reader.articles.models import Article, Publisher, Section

# The protocol allows 50,000 addresses in a file; a tenth of that is made in a third of a second.
BLOCK_SIZE = 5_000
# What a news sitemap may hold, and how old that may be.
NEWS_MAX = 1_000
NEWS_AGE = timedelta(hours=48)

Place = tuple[str, datetime | None]


def articles() -> models.QuerySet[Any]:
    return Article.objects.for_crawlers().only("slug", "updated_at")


def publishers() -> models.QuerySet[Any]:
    return Publisher.objects.known().only("slug")


def block_numbers(rows: models.QuerySet[Any]) -> range:
    """Return the numbers of the blocks that may have some of the rows in them."""
    every = rows.model._default_manager
    newest = every.order_by("-pk").values_list("pk", flat=True).first()
    return range(newest // BLOCK_SIZE + 1) if newest else range(0)


def places_in_block(rows: models.QuerySet[Any], number: int) -> Iterable[Place]:
    """Yield the path and, where there is one, the last change of each row in a block."""
    first = number * BLOCK_SIZE
    inside = rows.filter(pk__gte=first, pk__lt=first + BLOCK_SIZE)
    for row in inside.order_by("pk").iterator():
        yield row.get_absolute_url(), getattr(row, "updated_at", None)


def section_pages() -> Iterable[Place]:
    for section in Section.objects.all():
        yield section.get_absolute_url(), None


def latest_news() -> Iterable[tuple[Article, str, str]]:
    """Yield the articles of the last two days, newest first, with language and publication."""
    lately = Article.objects.for_crawlers().published_since(timezone.now() - NEWS_AGE)
    for article in lately.for_list().newest_first()[:NEWS_MAX]:
        yield article, language_tag(article), published(article)
