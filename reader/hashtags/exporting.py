"""Hashtags out as JSON records: what articles show first, then what else their texts would give."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.articles.models import Article
from reader.hashtags.extract import ranked
from reader.hashtags.models import ArticleHashtag

CHUNK_SIZE = 200


def export_hashtags(*, top: int) -> Iterator[dict[str, Any]]:
    """Give each visible article's hashtags, best first, `top` at most; oldest article first."""
    articles = Article.objects.visible().for_page().order_by("pk").iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(articles, CHUNK_SIZE)):
        shown: dict[int, list[dict[str, Any]]] = {article.pk: [] for article in chunk}
        for link in ArticleHashtag.objects.for_articles(shown):
            shown[link.article_id].append({"name": link.hashtag.meant.name, "score": link.score})
        known = _decided(chunk)
        for article in chunk:
            hashtags = shown[article.pk]
            if len(hashtags) < top:
                hashtags += _further(article, known[article.pk])
            yield {
                "id": article.public_id,
                "url": article.original_url or None,
                "hashtags": hashtags[:top],
            }


def _decided(articles: list[Article]) -> dict[int, set[str]]:
    """Name by article what is shown or was rejected, by slug."""
    known: dict[int, set[str]] = {article.pk: set() for article in articles}
    links = ArticleHashtag.objects.filter(article__in=known)
    slugs = links.values_list("article_id", "hashtag__slug", "hashtag__alias_of__slug")
    for article_id, slug, meant in slugs:
        known[article_id].update({slug, meant} - {None})
    return known


def _further(article: Article, known: set[str]) -> list[dict[str, Any]]:
    suggestions = ranked(
        title=article.title,
        standfirst=article.standfirst,
        text=article.body_text,
        keywords=article.keywords,
        language=article.language,
        publisher=article.publisher.name if article.publisher else "",
    )
    return [{"name": one.name, "score": one.score} for one in suggestions if one.slug not in known]
