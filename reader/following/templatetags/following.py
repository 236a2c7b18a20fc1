"""The door of this room for templates of others."""

from __future__ import annotations

from typing import Any

from django import template

from reader.following.models import Follow
from reader.hashtags.models import Hashtag

register = template.Library()


@register.inclusion_tag("following/_follow.html", takes_context=True)
def follow(context: dict[str, Any], hashtag: Hashtag) -> dict[str, Any]:
    """
    Show the button that follows a hashtag; one query for who is logged in, none for others.

    Usage::

        {% load following %}
        {% follow hashtag %}
    """
    user = context["user"]
    is_following = user.is_authenticated and Follow.objects.of(user).meaning(hashtag).exists()
    return {
        "hashtag": hashtag,
        "is_following": is_following,
        "user": user,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
