"""
What search engines may know of: articles in blocks of numbers, and the pages that list them.

A block is a range of keys, not a page of rows: the last of a million costs as little as the first,
and a block's address never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reader.articles.models import Article, Publisher, Section

# The protocol allows 50,000 addresses in a file; a fifth of that is quick to make and to read.
BLOCK_SIZE = 10_000

Place = tuple[str, datetime | None]


def article_blocks() -> range:
    """Return the numbers of the blocks that may have articles in them."""
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first()
    return range(newest // BLOCK_SIZE + 1) if newest else range(0)


def articles_in_block(number: int) -> Iterable[Place]:
    """Yield the path and the last change of each visible article in a block."""
    first = number * BLOCK_SIZE
    articles = Article.objects.visible().filter(pk__gte=first, pk__lt=first + BLOCK_SIZE)
    for article in articles.order_by("pk").only("slug", "updated_at").iterator():
        yield article.get_absolute_url(), article.updated_at


def listing_pages() -> Iterable[Place]:
    """Yield the paths of sections and publishers."""
    for section in Section.objects.all():
        yield section.get_absolute_url(), None
    for publisher in Publisher.objects.by_name():
        yield publisher.get_absolute_url(), None
