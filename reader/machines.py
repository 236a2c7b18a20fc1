"""Pages that only machines read: maps for search engines, and how the site is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe

from reader.articles import sitemaps

app_name = "machines"

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Places without anything to read, or with endless addresses.
DISALLOWED = ("/admin/", "/account/", "/search/", "/comments/", "/*?after=", "/*&after=")


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the sitemaps."""
    paths = [reverse("machines:sitemap_pages")]
    paths += [
        reverse("machines:sitemap_articles", args=[number]) for number in sitemaps.article_blocks()
    ]
    return _xml(request, "sitemapindex", "sitemap", ((each, None) for each in paths))


@require_safe
@conditional_page
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """List the front page, sections and publishers."""
    own = [("/", None), (reverse("articles:publisher_index"), None)]
    return _xml(request, "urlset", "url", [*own, *sitemaps.listing_pages()])


@require_safe
@conditional_page
def sitemap_articles(request: HttpRequest, number: int) -> HttpResponse:
    """List the articles of one block."""
    if number not in sitemaps.article_blocks():
        raise Http404("No such block")
    return _xml(request, "urlset", "url", sitemaps.articles_in_block(number))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what is not worth a crawler's time."""
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in DISALLOWED), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('machines:sitemap'))}")
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


def _xml(
    request: HttpRequest, root: str, entry: str, places: Iterable[tuple[str, datetime | None]]
) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{SITEMAP_NAMESPACE}">']
    for address, changed_at in places:
        changed = changed_at and changed_at.isoformat(timespec="seconds")
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{entry}><loc>{escape(site + address)}</loc>{lastmod}</{entry}>")
    lines.append(f"</{root}>")
    return HttpResponse("\n".join(lines) + "\n", content_type="application/xml; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemap_pages, name="sitemap_pages"),
    path("sitemap-articles-<int:number>.xml", sitemap_articles, name="sitemap_articles"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
