"""How the reader of a page wants it set, as its first lines say it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from reader.display.cookies import choices_of

register = template.Library()


def _choices(context: dict[str, Any]) -> dict[str, str]:
    request = context.get("request")
    return choices_of(request) if request is not None else {}


@register.simple_tag(takes_context=True)
def display_attributes(context: dict[str, Any]) -> SafeString:
    """
    Print the language of the page and what the reader chose, as attributes; static/css obeys.

    Usage::

        <html{% display_attributes %}>
    """
    language = format_html(
        ' lang="{}" dir="{}"', get_language(), "rtl" if get_language_bidi() else "ltr"
    )
    chosen = ((name, word) for name, word in _choices(context).items() if name != "language")
    return language + format_html_join("", ' data-{}="{}"', chosen)


@register.inclusion_tag("display/_colours.html", takes_context=True)
def display_colours(context: dict[str, Any]) -> dict[str, Any]:
    """Tell the browser before the stylesheet arrives which colours the page will have."""
    return {"theme": _choices(context).get("theme", "system")}
