"""The door of this room for templates of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from reader.articles.models import Article
from reader.hashtags.finding import attach_hashtags
from reader.hashtags.models import ArticleHashtag

register = template.Library()


@register.inclusion_tag("hashtags/_hashtags.html", takes_context=True)
def hashtags(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """
    Show the hashtags of an article, in one query.

    Usage::

        {% load hashtags %}
        {% hashtags article %}
    """
    links = ArticleHashtag.objects.for_articles([article.pk])
    return {"hashtags": [link.hashtag for link in links]}


@register.simple_tag
def with_hashtags(articles: Iterable[Article]) -> str:
    """
    Give each article of a list its `shown_hashtags` for articles/_article_item.html, in one query.

    Usage, before the list is printed::

        {% load hashtags %}
        {% with_hashtags page.items %}
    """
    attach_hashtags(articles)
    return ""
