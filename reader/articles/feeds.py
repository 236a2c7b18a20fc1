"""The newest articles of all, of a section and of a publisher, as feeds."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import get_tag_uri
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.metadata import language_tag
from reader.articles.models import Article, Publisher, Section
from reader.articles.subjects import subjects_of
from reader.articles.views import river
from reader.keyset import Page
from reader.syndication import Entry, answer_feed


def answer_articles(
    request: HttpRequest,
    form: str,
    *,
    title: str,
    path: str,
    page: Page[Article],
    id: str = "",
) -> HttpResponse:
    """Answer with a page of articles as answer_feed() does; their subjects are asked for once."""
    subjects = subjects_of(page.items)
    return answer_feed(
        request,
        form,
        title=title,
        path=path,
        entries=[_entry(request, article, subjects[article.pk]) for article in page.items],
        next_cursor=page.next_cursor,
        id=id,
    )


def _entry(request: HttpRequest, article: Article, subjects: Sequence[str]) -> Entry:
    # Without the slug, which follows the headline: an entry keeps its id for ever.
    lasting = reverse("articles:article_detail", args=[article.pk, "-"]).removesuffix("-/")
    address = request.build_absolute_uri(article.get_absolute_url())
    return Entry(
        id=get_tag_uri(request.build_absolute_uri(lasting), article.created_at),
        url=address,
        title=article.headline,
        summary=article.excerpt,
        authors=_authors(article),
        published_at=article.published_at or article.listed_at,
        # Whoever waits for what an embargo held back must see that the feed has changed.
        updated_at=max(article.updated_at, article.shown_from or article.created_at),
        language=language_tag(article),
        categories=subjects,
        original_url=article.original_url,
        comments_url=f"{address}#comments",
    )


def _authors(article: Article) -> list[str]:
    """Name the people, then the publisher; Atom wants somebody."""
    known = [*map(str, article.authors), str(article.publisher or "")]
    return [name for name in known if name] or [settings.SITE_NAME]


@require_safe
@conditional_page
def front_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest articles of all."""
    return answer_articles(
        request,
        form,
        title=settings.SITE_NAME,
        path=reverse("articles:front"),
        page=river(request, Article.objects.all()),
    )


@require_safe
@conditional_page
def section_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A section's newest articles."""
    section = get_object_or_404(Section, slug=slug)
    return answer_articles(
        request,
        form,
        title=f"{section} · {settings.SITE_NAME}",
        path=section.get_absolute_url(),
        page=river(request, section.articles.all()),
    )


@require_safe
@conditional_page
def publisher_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A publisher's newest articles."""
    publisher = get_object_or_404(Publisher.objects.with_page(), slug=slug)
    return answer_articles(
        request,
        form,
        title=f"{publisher} · {settings.SITE_NAME}",
        path=publisher.get_absolute_url(),
        page=river(request, publisher.articles.all()),
    )
