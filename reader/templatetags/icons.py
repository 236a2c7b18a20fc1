"""Icons beside words."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# They point along the line, so they turn round where text runs from right to left.
DIRECTED = {"reply", "external"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """
    Draw a symbol of static/files/icons.svg; the words beside it say what it means.

    Usage::

        {% load icons %}
        {% icon "reply" %} Reply
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " icon--directed" if name in DIRECTED else "",
        static("icons.svg"),
        name,
    )
