"""The door of the conversation."""

from typing import Any

from django import template

from comments.threads.section import thread_section

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
