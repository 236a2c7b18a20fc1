"""The door of this room for templates of others."""

from __future__ import annotations

from typing import Any

from django import template

from reader.articles.models import Article
from reader.glance.models import KeyPoints

register = template.Library()


@register.inclusion_tag("glance/_glance.html", takes_context=True)
def glance(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """
    Show the key points of an article, in one query.

    Usage::

        {% load glance %}
        {% glance article %}
    """
    points = KeyPoints.objects.for_articles([article.pk]).first()
    spans = points.spans_in(article.body_text) if points else []
    return {
        "article": article,
        "sentences": [article.body_text[start:end] for start, end in spans],
    }
