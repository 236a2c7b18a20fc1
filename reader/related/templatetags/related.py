"""The door of this room for templates of others."""

from __future__ import annotations

from typing import Any

from django import template

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag
from reader.related.models import RelatedLink

register = template.Library()


@register.inclusion_tag("related/_related.html", takes_context=True)
def related(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """
    Show where an article leads, in one query; an empty list costs a second for what to say instead.

    Usage::

        {% load related %}
        {% related article %}
    """
    links = list(RelatedLink.objects.for_sidebar(article))
    hashtags = [] if links else ArticleHashtag.objects.for_articles([article.pk])[:1]
    return {
        "links": links,
        "hashtag": next((link.hashtag for link in hashtags), None),
        "section": article.section,
    }
