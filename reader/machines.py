"""Pages that only machines read: maps for search engines, and how the site is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe

from reader.articles import sitemaps
from reader.hashtags.sitemaps import hashtags
from reader.stories.sitemaps import stories
from reader.syndication import xml_text

app_name = "machines"

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
# Places without anything to read, or with endless addresses.
DISALLOWED = (
    "/admin/", "/account/", "/following/", "/search/", "/comments/", "/display/",
    "/*?after=", "/*&after=",
)  # fmt: skip

# What has so many pages that they are told in blocks.
BLOCKS: dict[str, Callable[[], QuerySet[Any]]] = {
    "articles": sitemaps.articles,
    "publishers": sitemaps.publishers,
    "hashtags": hashtags,
    "stories": stories,
}


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the sitemaps."""
    paths = [reverse("machines:sitemap_pages")]
    for kind, rows in BLOCKS.items():
        numbers = sitemaps.block_numbers(rows())
        paths += [reverse("machines:sitemap_block", args=[kind, number]) for number in numbers]
    site = _site(request)
    return _xml("sitemapindex", "", (_place(site, "sitemap", (path, None)) for path in paths))


@require_safe
@conditional_page
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """List the front page, the indexes and the sections."""
    own = [
        "articles:front",
        "articles:publisher_index",
        "hashtags:hashtag_index",
        "about:about_site",
        "about:how_it_works",
        "about:privacy",
    ]
    places = [*((reverse(name), None) for name in own), *sitemaps.section_pages()]
    site = _site(request)
    return _xml("urlset", "", (_place(site, "url", place) for place in places))


@require_safe
@conditional_page
def sitemap_block(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List the pages of one block."""
    if kind not in BLOCKS or number not in sitemaps.block_numbers(BLOCKS[kind]()):
        raise Http404("No such block")
    places = sitemaps.places_in_block(BLOCKS[kind](), number)
    site = _site(request)
    return _xml("urlset", "", (_place(site, "url", place) for place in places))


@require_safe
@conditional_page
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """List the articles of the last two days, as search engines for news want them."""
    site, own_language = _site(request), settings.LANGUAGE_CODE
    entries = (
        _place(
            site,
            "url",
            (article.get_absolute_url(), article.updated_at),
            "<news:news><news:publication>"
            f"<news:name>{_printed(settings.SITE_NAME)}</news:name>"
            f"<news:language>{_news_language(language or own_language)}</news:language>"
            f"</news:publication><news:publication_date>{published}</news:publication_date>"
            f"<news:title>{_printed(article.headline)}</news:title></news:news>",
        )
        for article, language, published in sitemaps.latest_news()
    )
    return _xml("urlset", f' xmlns:news="{NEWS_NAMESPACE}"', entries)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what is not worth a crawler's time, and where what is worth it is listed."""
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in DISALLOWED), ""]
    for name in ("machines:sitemap", "machines:news_sitemap"):
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse(name))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; the database is not asked, so its outage kills nobody."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether readers may be sent here: the database answers and fits this code."""
    try:
        trouble = _trouble()
    except DatabaseError:
        trouble = "the database does not answer"
    return HttpResponse(
        f"{trouble or 'ok'}\n",
        status=503 if trouble else 200,
        content_type="text/plain; charset=utf-8",
    )


# Reading the migrations is slow, and once they are done they stay so.
_migrated = False


def _trouble() -> str:
    global _migrated
    if _migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return ""
    executor = MigrationExecutor(connection)
    _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "" if _migrated else "the database waits for its migrations"


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _place(site: str, tag: str, place: sitemaps.Place, more: str = "") -> str:
    path, changed_at = place
    changed = changed_at and changed_at.isoformat(timespec="seconds")
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<{tag}><loc>{escape(site + path)}</loc>{lastmod}{more}</{tag}>"


def _xml(root: str, namespaces: str, entries: Iterable[str]) -> HttpResponse:
    opening = f'<{root} xmlns="{SITEMAP_NAMESPACE}"{namespaces}>'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', opening, *entries, f"</{root}>"]
    return HttpResponse("\n".join(lines) + "\n", content_type="application/xml; charset=utf-8")


def _printed(text: str) -> str:
    return escape(xml_text(text))


def _news_language(tag: str) -> str:
    """Write a language with two or three letters; of Chinese alone the script is told."""
    language, _, rest = tag.lower().partition("-")
    if language != "zh":
        return language
    return "zh-tw" if rest in {"tw", "hk", "mo"} or rest.startswith("hant") else "zh-cn"


urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemap_pages, name="sitemap_pages"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap_block, name="sitemap_block"),
    path("news-sitemap.xml", news_sitemap, name="news_sitemap"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
