"""The site's own addresses, in full, and what machines are told of the pages there."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

from reader.syndication import CONTENT_TYPES

register = template.Library()

FORM_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], path: str) -> str:
    """Give an address of the site in full, for links that leave it."""
    return context["request"].build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any], path: str) -> SafeString:
    """Name the one address of a page that several addresses show."""
    return format_html(
        '<link rel="canonical" href="{}">', context["request"].build_absolute_uri(path)
    )


@register.inclusion_tag("_described.html", takes_context=True)
def describe(context: dict[str, Any], title: str, path: str, words: str) -> dict[str, Any]:
    """
    Describe a page to search engines and to whoever is sent a link to it; names its address, too.

    Usage::

        {% describe section.name section.get_absolute_url words %}
    """
    address = context["request"].build_absolute_uri(path)
    locale = to_locale(get_language() or settings.LANGUAGE_CODE)
    return {
        "title": title,
        "words": words,
        "address": address,
        "canonical": address,
        "kind": "website",
        # Open Graph knows languages of countries only; Spanish and Arabic have many.
        "locale": locale if "_" in locale else "",
        "site_name": settings.SITE_NAME,
    }


@register.inclusion_tag("_feed_links.html")
def feed_links(name: str, *args: Any, title: str = "", query: str = "") -> dict[str, Any]:
    """
    Name the feeds of what a page shows, in every form.

    Usage::

        {% feed_links "articles:section_feed" section.slug title=section.name %}
    """
    return {
        "title": title,
        "site_name": settings.SITE_NAME,
        "feeds": [
            {
                "form": FORM_NAMES[form],
                "content_type": content_type,
                "address": f"{reverse(name, args=[*args, form])}{query}",
            }
            for form, content_type in CONTENT_TYPES.items()
        ],
    }
