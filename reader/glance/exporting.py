"""Key points out as JSON records, in the offsets of the bodies that export_articles prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.articles.models import Article
from reader.glance.models import KeyPoints

CHUNK_SIZE = 200


def export_summaries() -> Iterator[dict[str, Any]]:
    """Give what each visible article shows at a glance, oldest number first."""
    articles = (
        Article.objects.visible()
        .only("record_id", "original_url", "body_text")
        .order_by("pk")
        .iterator(chunk_size=CHUNK_SIZE)
    )
    while chunk := list(islice(articles, CHUNK_SIZE)):
        points = KeyPoints.objects.for_articles([article.pk for article in chunk]).in_bulk()
        for article in chunk:
            own = points.get(article.pk)
            spans = own.spans_in(article.body_text) if own else []
            yield {
                "id": article.public_id,
                "url": article.original_url or None,
                "sentences": [article.body_text[start:end] for start, end in spans],
                "offsets": spans,
            }
