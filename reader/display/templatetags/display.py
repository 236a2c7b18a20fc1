"""How the reader of a page wants it set, as its first lines say it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from reader.display.cookies import choices_of

register = template.Library()


def _choices(context: dict[str, Any]) -> dict[str, str]:
    request = context.get("request")
    return choices_of(request) if request is not None else {}


@register.simple_tag(takes_context=True)
def display_attributes(context: dict[str, Any]) -> SafeString:
    """
    Print what the reader chose as attributes of the root; static/css does the rest.

    Usage::

        <html lang="en"{% display_attributes %}>
    """
    return format_html_join("", ' data-{}="{}"', _choices(context).items())


@register.inclusion_tag("display/_colours.html", takes_context=True)
def display_colours(context: dict[str, Any]) -> dict[str, Any]:
    """Tell the browser before the stylesheet arrives which colours the page will have."""
    return {"theme": _choices(context).get("theme", "system")}
