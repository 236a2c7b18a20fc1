"""The door of the conversation."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from comments.threads.filters import FILTER_WORDS
from comments.threads.models import VISIT, ReadMark
from comments.threads.section import thread_section
from reader.articles.models import Article

register = template.Library()


@register.inclusion_tag("threads/_thread.html", takes_context=True)
def thread(context: dict[str, Any], article) -> dict[str, Any]:
    """
    Draw the conversation under an article, in one statement whatever its size.

    Usage::

        {% load threads %}
        {% thread article %}
    """
    return thread_section(context["request"], article)


@register.simple_tag(takes_context=True)
def with_new_comments(context: dict[str, Any], articles: Iterable[Article]) -> str:
    """
    Give each article of a list its `new_words`: how many comments are new to who is logged in.

    One query for a list, once; none for readers without an account.

    Usage, before the list is printed::

        {% load threads %}
        {% with_new_comments page.items %}
    """
    request = context.get("request")
    talked_about = [
        article
        for article in articles
        if article.comment_count and not hasattr(article, "new_words")
    ]
    if request is not None and request.user.is_authenticated and talked_about:
        visit = timezone.now() - VISIT
        counts = ReadMark.objects.new_counts(request.user, talked_about, visit=visit)
        for article in talked_about:
            n = counts.get(article.pk)
            article.new_words = FILTER_WORDS["new"] % {"n": n} if n else ""
    return ""
