"""What pages tell machines about an article: schema.org's NewsArticle and Open Graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from reader.articles.models import Article
from reader.articles.records import LANGUAGE_TAG
from reader.syndication import xml_text

# As much of a headline as search engines take.
HEADLINE_MAX_LENGTH = 110
WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# Open Graph names a language together with a country; where an article says none, the usual one.
USUAL_COUNTRY = {
    "ar": "AR", "bg": "BG", "bn": "IN", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR",
    "en": "GB", "es": "ES", "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN",
    "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV",
    "ms": "MY", "nb": "NO", "nl": "NL", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK",
    "sl": "SI", "sr": "RS", "sv": "SE", "sw": "KE", "ta": "IN", "th": "TH", "tr": "TR", "uk": "UA",
    "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip


def language_tag(article: Article) -> str:
    """Return the language of the text; nothing for what is no language, however it was stored."""
    return article.language if LANGUAGE_TAG.fullmatch(article.language) else ""


def open_graph_locale(tag: str) -> str:
    """Return a language as Open Graph writes it (es_ES), or nothing when its country is open."""
    language, *rest = tag.split("-")
    countries = [part.upper() for part in rest if len(part) == 2]
    if "hant" in {part.lower() for part in rest}:
        countries.append("TW")
    country = countries[0] if countries else USUAL_COUNTRY.get(language.lower(), "")
    return f"{language.lower()}_{country}" if country else ""


def original_address(article: Article) -> str:
    """Return where the publisher shows the article; empty for one that stands here first."""
    return article.original_url if WEB_ADDRESS.match(article.original_url) else ""


def is_kept_out(article: Article) -> bool:
    """Tell whether search engines are asked to leave the article's page out."""
    return settings.NOINDEX_REPUBLISHED and article.original_url != ""


def open_graph(article: Article, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """List what Open Graph says of articles alone, property by property."""
    facts = [
        ("article:published_time", published(article)),
        ("article:modified_time", _modified(article)),
        ("article:section", str(article.section or "")),
    ]
    facts += [("article:tag", name) for name in _tags(article, subjects)]
    return [(name, fact) for name, fact in facts if fact]


def news_article(article: Article, *, address: str, subjects: Sequence[str]) -> dict[str, Any]:
    """Describe an article as schema.org does; what is not known is left out, not made up."""
    publisher = _publisher(article)
    people = [{"@type": "Person", "name": str(name)} for name in article.authors]
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline(article),
        "description": article.excerpt,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "inLanguage": language_tag(article),
        "datePublished": published(article),
        "dateModified": _modified(article),
        "wordCount": article.word_count,
        "commentCount": article.comment_count,
        "discussionUrl": f"{address}#comments",
        "articleSection": str(article.section or ""),
        "keywords": _tags(article, subjects),
        "author": people or ([publisher] if publisher else []),
        "publisher": publisher,
        "isBasedOn": original_address(article),
        "license": article.licence if WEB_ADDRESS.match(article.licence) else "",
        "isAccessibleForFree": True,
    }
    return {name: fact for name, fact in facts.items() if fact not in ("", None, [])}


def breadcrumbs(places: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe the way from the front page to a page: names with their addresses."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(places, 1)
        ],
    }


def headline(article: Article) -> str:
    words = xml_text(article.headline)
    if len(words) <= HEADLINE_MAX_LENGTH:
        return words
    return Truncator(words).chars(HEADLINE_MAX_LENGTH)


def _tags(article: Article, subjects: Sequence[str]) -> list[str]:
    section = str(article.section or "")
    return list(dict.fromkeys(name for name in subjects if name != section))


def published(article: Article) -> str:
    if article.published_at is None:
        return ""
    if article.published_is_date:
        return article.published_at.date().isoformat()
    return article.published_at.isoformat(timespec="seconds")


def _modified(article: Article) -> str:
    """Return the last change; what was ready early did not change before it came out."""
    moments = [article.updated_at, article.published_at]
    return max(moment for moment in moments if moment).isoformat(timespec="seconds")


def _publisher(article: Article) -> dict[str, str] | None:
    if article.publisher is None:
        return None
    facts = {"@type": "NewsMediaOrganization", "name": article.publisher.name}
    return facts | {"url": article.publisher.homepage} if article.publisher.homepage else facts
