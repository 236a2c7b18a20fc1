"""
Lists as feeds: what is in one is said once, and written as Atom, RSS or JSON Feed.

Names no room: whoever has a list makes entries of it and hands them to answer_feed().
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator

# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# An empty feed has not changed since this, whatever the clock says.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
JSON_FEED = "https://jsonfeed.org/version/1.1"
# The forms in the order in which pages offer them: the first is what most readers take.
CONTENT_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


def xml_text(text: str) -> str:
    return NOT_XML.sub("", text)


@dataclass(frozen=True, kw_only=True)
class Entry:
    # The same for ever, whatever becomes of title and address.
    id: str
    url: str
    title: str
    # A few plain words, or all of it as HTML that is safe.
    summary: str = ""
    html: str = ""
    authors: Sequence[str] = ()
    published_at: datetime
    updated_at: datetime
    # BCP 47, or empty when nobody knows.
    language: str = ""
    categories: Sequence[str] = ()
    # Where it stood first.
    original_url: str = ""
    comments_url: str = ""

    def printable(self) -> Entry:
        """Leave out what one of the forms could not hold, so that all three say the same."""
        words = {
            field.name: xml_text(value)
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), str)
        }
        return replace(
            self,
            **words,  # type: ignore[arg-type]
            authors=[xml_text(name) for name in self.authors],
            categories=list(dict.fromkeys(xml_text(name) for name in self.categories)),
        )

    @property
    def markup(self) -> str:
        return self.html or escape(self.summary)


@dataclass(frozen=True, kw_only=True)
class Feed:
    # The same for ever where its page may move, else empty: then its page's address is one.
    id: str
    title: str
    page_url: str
    feed_url: str
    # Where what is older stands; empty when there is nothing.
    next_url: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=NEVER)

    @property
    def language(self) -> str:
        """What all entries are written in, else the site's own."""
        languages = {entry.language for entry in self.entries}
        return (languages.pop() if len(languages) == 1 else "") or settings.LANGUAGE_CODE


def answer_feed(
    request: HttpRequest,
    form: str,
    *,
    title: str,
    path: str,
    entries: Sequence[Entry],
    next_cursor: str | None,
    id: str = "",
) -> HttpResponse:
    """
    Answer with a list in one of the forms of CONTENT_TYPES; `path` is the page that shows it.

    The view is to wear @conditional_page, so that who has it already is told 304.
    """
    feed = Feed(
        id=id,
        title=xml_text(title),
        page_url=request.build_absolute_uri(path),
        feed_url=request.build_absolute_uri(),
        next_url=_next_url(request, next_cursor),
        entries=[entry.printable() for entry in entries],
    )
    write = _write_json if form == "json" else _write_xml
    response = HttpResponse(write(feed, form), content_type=CONTENT_TYPES[form])
    response["Last-Modified"] = http_date(feed.updated_at.timestamp())
    # What is withdrawn must go at once: ask again, a 304 costs little.
    response["Cache-Control"] = "no-cache"
    return response


def _next_url(request: HttpRequest, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = request.GET.copy()
    query["after"] = cursor
    return request.build_absolute_uri(f"{escape_uri_path(request.path)}?{query.urlencode()}")


def _write_json(feed: Feed, form: str) -> bytes:
    facts = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "next_url": feed.next_url,
        "language": feed.language,
        "authors": [{"name": settings.SITE_NAME}],
        "items": [_known(_json_item(entry)) for entry in feed.entries],
    }
    return json.dumps(_known(facts) | {"items": facts["items"]}, ensure_ascii=False).encode()


def _json_item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.original_url,
        "title": entry.title,
        "content_html": entry.html,
        # An item without content is none.
        "content_text": "" if entry.html else entry.summary or entry.title,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "date_modified": entry.updated_at.isoformat(timespec="seconds"),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
    }


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact not in ("", [])}


def _write_xml(feed: Feed, form: str) -> bytes:
    writer = XML_FORMS[form](
        feed_guid=feed.id or None,
        title=feed.title,
        link=feed.page_url,
        # RSS demands one; Atom has no place for it.
        description=feed.title,
        language=feed.language,
        author_name=settings.SITE_NAME,
        feed_url=feed.feed_url,
        next_url=feed.next_url,
        updated_at=feed.updated_at,
    )
    for entry in feed.entries:
        writer.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.markup,
            author_name=", ".join(entry.authors),
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            comments=entry.comments_url or None,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=entry.categories,
            entry=entry,
        )
    text = StringIO()
    writer.write(text, "utf-8")
    return text.getvalue().encode()


class _SteadyFeed(SyndicationFeed):
    def latest_post_date(self) -> datetime:
        return self.feed["updated_at"]


class _Atom(_SteadyFeed, Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        language = item["entry"].language
        return {"xml:lang": language} if language else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        # Each author by itself, and what is the whole of an entry is its content.
        bare = item | {"author_name": None, "description": None if entry.html else entry.markup}
        super().add_item_elements(handler, bare)
        for name in entry.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if entry.html:
            handler.addQuickElement("content", entry.html, {"type": "html"})
        if entry.original_url:
            handler.addQuickElement("link", "", {"rel": "via", "href": entry.original_url})


class _Rss(_SteadyFeed, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("atom:link", "", {"rel": "next", "href": self.feed["next_url"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        super().add_item_elements(handler, item | {"author_name": None})
        for name in entry.authors:
            handler.addQuickElement("dc:creator", name)
        if entry.language:
            handler.addQuickElement("dc:language", entry.language)
        if entry.original_url:
            handler.addQuickElement("atom:link", "", {"rel": "via", "href": entry.original_url})


XML_FORMS: dict[str, type[_SteadyFeed]] = {"atom": _Atom, "rss": _Rss}
