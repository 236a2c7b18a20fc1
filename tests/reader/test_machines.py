"""What crawlers and watchers read."""

import json
import re
from datetime import timedelta
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from whitenoise.media_types import MediaTypes

from reader import machines
from reader.articles import services, sitemaps
from reader.articles.models import Article
from tests.factories import make_article, make_publisher, make_section

SITE = "http://testserver"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


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
        named = every_place(self.client)

        assert {f"{SITE}/", f"{SITE}/publishers/", f"{SITE}/hashtags/"} <= named
        assert [
            place for place in named if re.search(r"/(articles|publishers|hashtags)/.", place)
        ] == []

    def test_hashtags_with_something_to_read_are_named_and_no_others(self):
        make_article(keywords=["Ferry Strike"])
        services.withdraw_article(make_article(keywords=["Secret"]))

        named = {place for place in every_place(self.client) if "/hashtags/" in place}

        assert named == {f"{SITE}/hashtags/", f"{SITE}/hashtags/ferrystrike/"}

    def test_maps_cost_the_same_however_much_there_is_and_nothing_is_counted_or_skipped(self):
        costs = []
        for more in (1, 4):
            for _ in range(more):
                make_article(publisher=make_publisher(), section=make_section(), keywords=["Ferry"])
            with CaptureQueriesContext(connection) as queries:
                maps = places(self.client.get("/sitemap.xml"))
                for each in [*maps, f"{SITE}/news-sitemap.xml"]:
                    self.client.get(each.removeprefix(SITE))
            costs.append(len(queries))
            asked = " ".join(query["sql"].upper() for query in queries)

        assert len(set(costs)) == 1, costs
        assert "COUNT(" not in asked
        assert "OFFSET" not in asked
        kinds = {re.search("sitemap-([a-z]+)", each)[1] for each in maps}
        assert kinds == {"pages", "articles", "publishers", "hashtags"}

    def test_a_kind_that_has_no_map_has_none(self):
        make_article()
        for name in ("people-0", "comments-0", "articles--1", "articles-0x"):
            assert self.client.get(f"/sitemap-{name}.xml").status_code == 404


class NewsSitemapTests(TestCase):
    def news(self):
        response = self.client.get("/news-sitemap.xml")
        assert response["Content-Type"].startswith("application/xml")
        return ElementTree.fromstring(response.content).findall(f"{NAMESPACE}url")

    def test_it_says_what_search_engines_for_news_ask_for(self):
        article = make_article(
            "Ferries & <b>fares</b> ]]> \x07", language="es-MX", publisher=make_publisher()
        )

        [entry] = self.news()

        said = {each.tag.removeprefix(NEWS): each.text for each in entry.iter()}
        assert entry.find(f"{NAMESPACE}loc").text == f"{SITE}{article.get_absolute_url()}"
        assert said["name"] == "Foldline"
        assert said["language"] == "es"
        assert said["publication_date"] == article.published_at.isoformat(timespec="seconds")
        assert said["title"] == "Ferries & <b>fares</b> ]]> "

    def test_it_holds_the_last_two_days_newest_first_and_what_has_a_date(self):
        make_article("Yesterday", hours_ago=30)
        make_article("Now", hours_ago=0)
        make_article("The day before", hours_ago=49)
        make_article("Draft", status="draft")
        Article.objects.filter(pk=make_article("Undated").pk).update(published_at=None)

        titles = [entry.find(f".//{NEWS}title").text for entry in self.news()]

        assert titles == ["Now", "Yesterday"]

    def test_a_date_stays_a_date_and_chinese_says_its_script(self):
        for tag in ("", "en", "zh", "zh-Hant", "zh-HK", "yue"):
            make_article(language=tag, published_is_date=True, hours_ago=0)

        entries = self.news()

        languages = [entry.find(f".//{NEWS}language").text for entry in reversed(entries)]
        assert languages == ["en", "en", "zh-cn", "zh-tw", "zh-tw", "yue"]
        dates = {entry.find(f".//{NEWS}publication_date").text for entry in entries}
        assert {len(date) for date in dates} == {len("2026-11-23")}

    def test_it_holds_no_more_than_may_be_in_it(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sitemaps, "NEWS_MAX", 2)
            for number in range(3):
                make_article(f"Number {number}", hours_ago=number)

            titles = [entry.find(f".//{NEWS}title").text for entry in self.news()]

        assert titles == ["Number 0", "Number 1"]

    def test_who_has_it_already_is_told_so(self):
        make_article()
        first = self.client.get("/news-sitemap.xml")

        again = self.client.get("/news-sitemap.xml", headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")


class RepublishedTests(TestCase):
    """NOINDEX_REPUBLISHED keeps what was published elsewhere out of every map."""

    @override_settings(NOINDEX_REPUBLISHED=True)
    def test_the_maps_leave_out_what_search_engines_are_asked_to_leave_out(self):
        own = make_article("Ours")
        make_article("Theirs", original_url="https://gazette.example/1")

        named = {place for place in every_place(self.client) if "/articles/" in place}
        news = places(self.client.get("/news-sitemap.xml"))

        assert named == set(news) == {f"{SITE}{own.get_absolute_url()}"}

    def test_without_the_setting_all_are_in_them(self):
        theirs = make_article("Theirs", original_url="https://gazette.example/1")

        assert f"{SITE}{theirs.get_absolute_url()}" in every_place(self.client)
        assert places(self.client.get("/news-sitemap.xml")) == [
            f"{SITE}{theirs.get_absolute_url()}"
        ]


class RobotsTests(TestCase):
    def test_crawlers_are_kept_from_endless_addresses_and_shown_the_map(self):
        response = self.client.get("/robots.txt")

        lines = response.content.decode().splitlines()
        assert response["Content-Type"].startswith("text/plain")
        assert lines[0] == "User-agent: *"
        assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /*?after="} <= set(lines)
        assert lines[-2:] == [
            f"Sitemap: {SITE}/sitemap.xml",
            f"Sitemap: {SITE}/news-sitemap.xml",
        ]


class SpeculationTests(TestCase):
    def test_a_page_names_rules_that_are_there_with_their_own_type(self):
        address = self.client.get("/")["Speculation-Rules"].strip('"')

        name = address.removeprefix(settings.STATIC_URL)
        types = MediaTypes(extra_types=settings.WHITENOISE_MIMETYPES)
        assert types.get_type(name) == "application/speculationrules+json"
        [rule] = json.loads(Path(finders.find(name)).read_text())["prefetch"]
        assert rule["eagerness"] == "moderate"
        assert rule["where"]["and"][0] == {"href_matches": "/articles/*"}

    def test_who_saves_data_gets_none_and_caches_keep_the_two_apart(self):
        saving = self.client.get("/", headers={"save-data": "on"})
        other = self.client.get("/")

        assert "Speculation-Rules" not in saving
        assert "Speculation-Rules" in other
        for response in (saving, other):
            assert "Save-Data" in response["Vary"]

    def test_only_whole_pages_name_them(self):
        for path in ("/feed.atom", "/robots.txt", "/no-such-page/", "/sitemap.xml"):
            response = self.client.get(path)
            assert "Speculation-Rules" not in response
            assert "Save-Data" not in response.get("Vary", "")


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
