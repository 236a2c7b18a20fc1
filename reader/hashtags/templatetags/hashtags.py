"""The door of this room for templates of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from reader.articles.models import Article
from reader.hashtags.finding import attach_hashtags, names_of, neighbours_of

register = template.Library()


@register.inclusion_tag("hashtags/_hashtags.html", takes_context=True)
def hashtags(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """
    Show the hashtags of an article, and where the first of them leads on.

    One query for each; none for the hashtags where the page has named them already.

    Usage::

        {% load hashtags %}
        {% hashtags article %}
    """
    names_of([article])
    return {
        "hashtags": article.shown_hashtags,
        "neighbours": neighbours_of(article, article.shown_hashtags),
    }


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
