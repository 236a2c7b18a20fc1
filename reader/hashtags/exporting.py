"""Hashtags out as JSON records: what articles show first, then what else their texts would give."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Q

from reader.articles.models import Article
from reader.hashtags.extract import ranked
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.naming import spellings

CHUNK_SIZE = 200


def export_hashtags(*, top: int) -> Iterator[dict[str, Any]]:
    """Give each visible article's hashtags, best first, `top` at most; oldest article first."""
    governed = _governed()
    articles = Article.objects.visible().for_page().order_by("pk").iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(articles, CHUNK_SIZE)):
        shown: dict[int, list[dict[str, Any]]] = {article.pk: [] for article in chunk}
        for link in ArticleHashtag.objects.for_articles(shown):
            shown[link.article_id].append({"name": link.hashtag.meant.name, "score": link.score})
        known = _decided(chunk)
        for article in chunk:
            hashtags = shown[article.pk]
            if len(hashtags) < top:
                hashtags += _further(article, known[article.pk], governed)
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


def _governed() -> dict[str, Hashtag | None]:
    """Give what editors made of hashtags, by slug: what an alias means, None for a blocked one."""
    hashtags = Hashtag.objects.filter(Q(is_blocked=True) | Q(alias_of__isnull=False))
    return {
        hashtag.slug: None if hashtag.meant.is_blocked else hashtag.meant
        for hashtag in hashtags.select_related("alias_of")
    }


def _further(
    article: Article, known: set[str], governed: dict[str, Hashtag | None]
) -> list[dict[str, Any]]:
    suggestions = ranked(
        title=article.title,
        standfirst=article.standfirst,
        text=article.body_text,
        keywords=article.keywords,
        language=article.language,
        publisher=article.publisher.name if article.publisher else "",
    )
    said = set(known)
    further = []
    for one in suggestions:
        forms = (one.slug,) if one.is_name else spellings(one.slug)
        name, slug = one.name, one.slug
        form = next((form for form in forms if form in governed), None)
        if form is not None:
            meant = governed[form]
            if meant is None:
                continue
            name, slug = meant.name, meant.slug
        if said.isdisjoint({slug, *forms}):
            said.add(slug)
            further.append({"name": name, "score": one.score})
    return further
