"""Lists of articles as Atom."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.models import Article, Publisher, Section
from reader.articles.querysets import ArticleQuerySet

FEED_SIZE = 30
# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# An empty feed has not changed since this, whatever the clock says.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class ArticleAtom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["original_url"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["original_url"]})


def answer_feed(
    request: HttpRequest, *, title: str, path: str, articles: ArticleQuerySet
) -> HttpResponse:
    """
    Answer with the newest visible ones of `articles`, in one query; `path` is the page they are on.

    The view is to wear @conditional_page, so that who has it already is told 304.
    """
    feed = ArticleAtom(
        title=xml_text(title),
        link=request.build_absolute_uri(path),
        description="",
        feed_url=request.build_absolute_uri(),
        author_name=settings.SITE_NAME,
    )
    for article in articles.visible().for_list().newest_first()[:FEED_SIZE]:
        feed.add_item(**_item(request, article))
    response = HttpResponse(content_type=feed.content_type)
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    # A withdrawn article must go at once: ask again, a 304 costs little.
    response["Cache-Control"] = "no-cache"
    feed.write(response, "utf-8")
    return response


def xml_text(text: str) -> str:
    return NOT_XML.sub("", text)


def _item(request: HttpRequest, article: Article) -> dict[str, Any]:
    # Without the slug, which follows the headline: an entry keeps its id for ever.
    lasting = reverse("articles:article_detail", args=[article.pk, "-"]).removesuffix("-/")
    shown_from = article.shown_from or article.created_at
    return {
        "title": xml_text(article.headline),
        "link": request.build_absolute_uri(article.get_absolute_url()),
        "unique_id": get_tag_uri(request.build_absolute_uri(lasting), article.created_at),
        "description": escape(xml_text(article.excerpt)),
        "author_name": xml_text(str(article.publisher or settings.SITE_NAME)),
        "pubdate": article.published_at or article.listed_at,
        # Whoever waits for what an embargo held back must see that the feed has changed.
        "updateddate": max(article.updated_at, shown_from),
        "categories": [xml_text(article.section.name)] if article.section else [],
        "language": xml_text(article.language),
        "original_url": xml_text(article.original_url),
    }


@require_safe
@conditional_page
def front_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles of all."""
    return answer_feed(
        request,
        title=settings.SITE_NAME,
        path=reverse("articles:front"),
        articles=Article.objects.all(),
    )


@require_safe
@conditional_page
def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's newest articles."""
    section = get_object_or_404(Section, slug=slug)
    return answer_feed(
        request,
        title=f"{section} · {settings.SITE_NAME}",
        path=section.get_absolute_url(),
        articles=section.articles.all(),
    )


@require_safe
@conditional_page
def publisher_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """A publisher's newest articles."""
    publisher = get_object_or_404(Publisher, slug=slug)
    return answer_feed(
        request,
        title=f"{publisher} · {settings.SITE_NAME}",
        path=publisher.get_absolute_url(),
        articles=publisher.articles.all(),
    )
