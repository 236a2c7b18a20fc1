"""What pages show of articles beside their text."""

import json
import re
from typing import Any

from django import template
from django.db import DatabaseError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reader.articles.models import Article

register = template.Library()

# The shape of BCP 47; what an import called the language may be anything.
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
# Inside a script element these could end it; inside JSON their escapes mean the same.
SCRIPT_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.simple_tag
def language_of(article: Article) -> SafeString:
    """
    Print the `lang` and `dir` of what an article says, as attributes.

    English needs no `lang`, for the page is English; the direction follows the letters.

    Usage::

        <h1{% language_of article %}>
    """
    language = article.language
    if language in {"", "en"} or not LANGUAGE_TAG.fullmatch(language):
        return SafeString(' dir="auto"')
    return format_html(' lang="{}" dir="auto"', language)


@register.simple_tag
def direction_of(article: Article) -> SafeString:
    """Print `dir` for what stands around a text that runs from right to left, as an attribute."""
    runs_left = article.language.partition("-")[0].lower() in RIGHT_TO_LEFT
    return SafeString(' dir="rtl"') if runs_left else SafeString()


@register.simple_tag
def latest_articles(count: int) -> list[Article]:
    """Load the newest few; none when the database is away, for error pages ask too."""
    try:
        return list(Article.objects.latest(count))
    except DatabaseError:
        return []


@register.simple_tag(takes_context=True)
def json_ld(context: dict[str, Any], article: Article) -> SafeString:
    """Describe an article to machines as schema.org's NewsArticle."""
    address = context["request"].build_absolute_uri(article.get_absolute_url())
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.excerpt,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": article.language,
        "datePublished": _moment(article),
        "dateModified": article.updated_at.isoformat(timespec="seconds"),
        "wordCount": article.word_count,
        "commentCount": article.comment_count,
        "articleSection": str(article.section or ""),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": _publisher(article),
        "isBasedOn": article.original_url,
    }
    known = {name: fact for name, fact in facts.items() if fact not in ("", None, [])}
    text = json.dumps(known, ensure_ascii=False).translate(SCRIPT_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _moment(article: Article) -> str | None:
    if article.published_at is None:
        return None
    if article.published_is_date:
        return article.published_at.date().isoformat()
    return article.published_at.isoformat(timespec="seconds")


def _publisher(article: Article) -> dict[str, str] | None:
    if article.publisher is None:
        return None
    facts = {"@type": "NewsMediaOrganization", "name": article.publisher.name}
    return facts | {"url": article.publisher.homepage} if article.publisher.homepage else facts
