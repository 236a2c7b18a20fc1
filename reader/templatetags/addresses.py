"""The site's own addresses, in full."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any], path: str) -> SafeString:
    """Name the one address of a page that several addresses show."""
    return format_html(
        '<link rel="canonical" href="{}">', context["request"].build_absolute_uri(path)
    )
