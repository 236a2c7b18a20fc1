"""Articles out as JSON records; importing them elsewhere gives the same site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reader.articles.models import Article
from reader.articles.text import html_from_text

CHUNK_SIZE = 200


def article_record(article: Article) -> dict[str, Any]:
    """Say what the article holds in the fields of an import."""
    published_at = None
    if article.published_at is not None:
        published_at = article.published_at.isoformat()
        if article.published_is_date:
            published_at = published_at[:10]
    record = {
        "id": article.public_id,
        "url": article.original_url or None,
        "title": article.title or None,
        "subtitle": article.standfirst or None,
        "publisher": article.publisher.name if article.publisher else None,
        "published_at": published_at,
        "authors": article.authors,
        "section": article.section.name if article.section else None,
        "keywords": article.keywords,
        "lang": article.language or None,
        "body": article.body_text,
        "licence": article.licence or None,
        "source": article.source or None,
        **article.record_extra,
    }
    if article.body_html != html_from_text(article.body_text):
        record["body_html"] = article.body_html
    return record


def export_records() -> Iterator[dict[str, Any]]:
    """Give every visible article, oldest number first, a chunk of rows at a time."""
    articles = Article.objects.visible().for_page().order_by("pk")
    for article in articles.iterator(chunk_size=CHUNK_SIZE):
        yield article_record(article)
