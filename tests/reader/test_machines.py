"""What crawlers and watchers read."""

from datetime import timedelta
from unittest import mock
from xml.etree import ElementTree

import pytest
from django.db import OperationalError, connection
from django.test import TestCase
from django.utils import timezone

from reader import machines
from reader.articles import services, sitemaps
from reader.articles.models import Article
from tests.factories import make_article, make_publisher, make_section

SITE = "http://testserver"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(response):
    assert response["Content-Type"].startswith("application/xml")
    return [loc.text for loc in ElementTree.fromstring(response.content).iter(f"{NAMESPACE}loc")]


def every_place(client):
    maps = places(client.get("/sitemap.xml"))
    return {place for each in maps for place in places(client.get(each.removeprefix(SITE)))}


class SitemapTests(TestCase):
    def test_every_visible_article_and_list_is_named_and_nothing_else(self):
        soon = timezone.now() + timedelta(hours=1)
        shown = make_article("渡轮 & co", publisher=make_publisher(), section=make_section())
        make_article("Draft", status="draft")
        make_article("Planned", status="scheduled", published_at=soon)
        services.withdraw_article(make_article("Withdrawn"))

        named = every_place(self.client)

        assert f"{SITE}{shown.get_absolute_url()}" in named
        assert [place for place in named if "/articles/" in place] == [
            f"{SITE}{shown.get_absolute_url()}"
        ]
        for page in ("/", shown.publisher.get_absolute_url(), shown.section.get_absolute_url()):
            assert f"{SITE}{page}" in named

    def test_every_place_it_names_is_there(self):
        make_article(publisher=make_publisher(), section=make_section())

        for place in every_place(self.client):
            assert self.client.get(place.removeprefix(SITE)).status_code == 200, place

    def test_blocks_are_ranges_of_numbers_and_together_hold_all(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sitemaps, "BLOCK_SIZE", 2)
            articles = [make_article() for _ in range(5)]

            named = every_place(self.client)
            with self.assertNumQueries(2):
                self.client.get(f"/sitemap-articles-{articles[-1].pk // 2}.xml")

        assert {f"{SITE}{article.get_absolute_url()}" for article in articles} <= named

    def test_a_block_beyond_the_last_does_not_exist(self):
        make_article()
        for number in ("999999", "9" * 30, "9" * 5000):
            assert self.client.get(f"/sitemap-articles-{number}.xml").status_code == 404

    def test_the_last_change_is_told_and_who_has_it_gets_304(self):
        article = make_article()
        block = f"/sitemap-articles-{article.pk // sitemaps.BLOCK_SIZE}.xml"
        response = self.client.get(block)

        again = self.client.get(block, headers={"if-none-match": response["ETag"]})

        changed = article.updated_at.isoformat(timespec="seconds")
        self.assertContains(response, f"<lastmod>{changed}</lastmod>")
        assert (again.status_code, again.content) == (304, b"")

    def test_an_empty_site_has_a_map(self):
        assert not Article.objects.exists()
        assert every_place(self.client) == {f"{SITE}/", f"{SITE}/publishers/"}


class RobotsTests(TestCase):
    def test_crawlers_are_kept_from_endless_addresses_and_shown_the_map(self):
        response = self.client.get("/robots.txt")

        lines = response.content.decode().splitlines()
        assert response["Content-Type"].startswith("text/plain")
        assert lines[0] == "User-agent: *"
        assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /*?after="} <= set(lines)
        assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"


class HealthTests(TestCase):
    def setUp(self):
        machines._migrated = False

    def test_a_living_process_answers_without_the_database(self):
        with self.assertNumQueries(0):
            response = self.client.get("/healthz")

        assert (response.status_code, response.content) == (200, b"ok\n")
        assert "no-store" in response["Cache-Control"]

    def test_readers_may_come_when_the_database_is_there_and_fits(self):
        first, second = self.client.get("/readyz"), self.client.get("/readyz")

        assert (first.content, second.content) == (b"ok\n", b"ok\n")

    def test_readers_must_wait_for_migrations(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'search'")

        response = self.client.get("/readyz")

        assert response.status_code == 503
        assert "migrations" in response.content.decode()

    def test_readers_must_wait_while_the_database_is_away(self):
        self.client.get("/readyz")
        with mock.patch.object(connection, "cursor", side_effect=OperationalError("away")):
            response = self.client.get("/readyz")

        assert response.status_code == 503
        assert "does not answer" in response.content.decode()
