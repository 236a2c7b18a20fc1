"""The door of this room for templates of others."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag
from reader.related.sidebar import sidebar_of

register = template.Library()


@register.inclusion_tag("related/_related.html", takes_context=True)
def related(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """
    Show where an article leads, in one query; an empty list costs a second for what to say instead.

    Usage::

        {% load related %}
        {% related article %}
    """
    sidebar = sidebar_of(article)
    hashtags = [] if sidebar.items else ArticleHashtag.objects.for_articles([article.pk])[:1]
    user = context.get("user")
    return {
        "sidebar": sidebar,
        "hashtag": next((link.hashtag for link in hashtags), None),
        "section": article.section,
        "desk_url": (
            reverse("admin:related_of_article", args=[article.pk])
            if user and user.is_staff and user.has_perm("articles.publish_article")
            else ""
        ),
    }
