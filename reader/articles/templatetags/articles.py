"""What pages show of articles beside their text."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from reader.articles import metadata
from reader.articles.models import Article
from reader.articles.subjects import subjects_of
from reader.syndication import xml_text

register = template.Library()

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
# Inside a script element these could end it; inside JSON their escapes mean the same.
SCRIPT_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.simple_tag
def language_of(article: Article) -> SafeString:
    """
    Print the `lang` and `dir` of what an article says, as attributes.

    The page's own language needs no `lang`; the direction follows the letters.

    Usage::

        <h1{% language_of article %}>
    """
    language = metadata.language_tag(article)
    if language in {"", (get_language() or settings.LANGUAGE_CODE).partition("-")[0]}:
        return SafeString(' dir="auto"')
    return format_html(' lang="{}" dir="auto"', language)


@register.simple_tag
def direction_of(article: Article) -> SafeString:
    """Print `dir` for what stands around a text that runs against the page, as an attribute."""
    runs_left = article.language.partition("-")[0].lower() in RIGHT_TO_LEFT
    if not article.language or runs_left == get_language_bidi():
        return SafeString()
    return SafeString(' dir="rtl"' if runs_left else ' dir="ltr"')


@register.simple_tag
def latest_articles(count: int) -> list[Article]:
    """Load the newest few; none when the database is away, for error pages ask too."""
    try:
        return list(Article.objects.latest(count))
    except DatabaseError:
        return []


@register.inclusion_tag("_described.html", takes_context=True)
def describe_article(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """Describe an article's page as `describe` does; its one address is the publisher's."""
    address = context["request"].build_absolute_uri(article.get_absolute_url())
    [subjects] = subjects_of([article]).values()
    return {
        "title": metadata.headline(article),
        "words": article.excerpt or article.headline,
        "address": address,
        "canonical": metadata.original_address(article) or address,
        "kind": "article",
        "locale": metadata.open_graph_locale(metadata.language_tag(article)),
        "facts": metadata.open_graph(article, subjects),
        "site_name": settings.SITE_NAME,
        "is_kept_out": metadata.is_kept_out(article),
    }


@register.simple_tag(takes_context=True)
def json_ld(context: dict[str, Any], article: Article) -> SafeString:
    """Describe an article to machines as schema.org's NewsArticle, and the way to it."""
    in_full = context["request"].build_absolute_uri
    address = in_full(article.get_absolute_url())
    [subjects] = subjects_of([article]).values()
    blocks = [metadata.news_article(article, address=address, subjects=subjects)]
    if article.section:
        way = [
            (settings.SITE_NAME, in_full(reverse("articles:front"))),
            (article.section.name, in_full(article.section.get_absolute_url())),
            (metadata.headline(article), address),
        ]
        blocks.append(metadata.breadcrumbs(way))
    return format_html_join(
        "\n",
        '<script type="application/ld+json">{}</script>',
        ((_json_in_script(block),) for block in blocks),
    )


def _json_in_script(facts: dict[str, Any]) -> SafeString:
    text = xml_text(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
    return mark_safe(text.translate(SCRIPT_ESCAPES))  # noqa: S308  nothing in it can end the script
