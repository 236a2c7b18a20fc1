"""A story's page and its feeds."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.services import publish_article, withdraw_article
from reader.stories.models import Story
from reader.stories.services import (
    begin_story,
    join_story,
    merge_stories,
    rename_story,
    settle_stories,
)
from reader.stories.views import TIMELINE_SIZE
from tests.factories import make_article, make_publisher

HTMX = {"HX-Request": "true"}
FORMS = ("atom", "rss", "json")


def make_story(*articles) -> Story:
    return Story.objects.get(pk=begin_story([article.pk for article in articles]))


def feed_address(story, form="atom"):
    return reverse("stories:story_feed", args=[story.pk, story.current_slug(), form])


def headlines(response):
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]+)</a></h3>", response.content.decode())


def days(response):
    found = re.findall(r'<h2 class="timeline__day">(.*?)</h2>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", day).strip() for day in found]


class StoryDetailTests(TestCase):
    def test_it_tells_an_event_day_by_day_newest_first(self):
        noon = datetime(2025, 10, 3, 12, tzinfo=UTC)
        told = [("Third", 25), ("First", 0), ("Second", 1)]
        articles = [
            make_article(title, published_at=noon + timedelta(hours=hours)) for title, hours in told
        ]
        story = make_story(*articles)

        response = self.client.get(story.get_absolute_url())

        assert headlines(response) == ["Third", "Second", "First"]
        assert days(response) == ["4 October 2025", "3 October 2025"]
        self.assertContains(response, '<h1 dir="auto">First</h1>', html=True)
        self.assertContains(response, "<title>First · ")

    def test_it_says_how_many_tell_it_and_since_when(self):
        gazette, herald = make_publisher("Gazette"), make_publisher("Herald")
        story = make_story(
            make_article(publisher=gazette, published_at=datetime(2025, 10, 3, 9, tzinfo=UTC)),
            make_article(publisher=gazette, published_at=datetime(2025, 10, 4, 9, tzinfo=UTC)),
            make_article(publisher=herald, published_at=datetime(2025, 10, 6, 9, tzinfo=UTC)),
            make_article(publisher=None, published_at=datetime(2025, 10, 5, 9, tzinfo=UTC)),
        )

        page = self.client.get(story.get_absolute_url()).content.decode()

        head = re.search(r'<div class="page-head">.*?</div>', page, re.DOTALL).group()
        words = " ".join(re.sub(r"<[^>]+>", " ", head).split())
        assert "4 articles 2 publishers First: 3 October 2025 Latest: 6 October 2025 Feed" in words

    def test_an_editors_title_stands_above_it_and_in_its_address(self):
        story = make_story(make_article("Plain"), make_article("Other", hours_ago=2))
        rename_story(story, title="The flood <in> Aldern", by=None)
        story.refresh_from_db()

        response = self.client.get(story.get_absolute_url())

        assert story.get_absolute_url() == f"/stories/{story.pk}/the-flood-in-aldern/"
        self.assertContains(response, "<h1 dir=auto>The flood &lt;in&gt; Aldern</h1>", html=True)
        self.assertContains(response, 'content="The flood &lt;in&gt; Aldern"')

    def test_other_languages_are_named(self):
        story = make_story(
            make_article("Inundación", language="es", hours_ago=5), make_article("Flood")
        )

        response = self.client.get(story.get_absolute_url())

        self.assertContains(response, '<h1 lang="es" dir="auto">Inundación</h1>', html=True)

    def test_a_wrong_slug_and_a_merged_story_move_on_for_good(self):
        story = make_story(make_article("One"), make_article("Two", hours_ago=3))
        old = make_story(make_article("Three"), make_article("Four", hours_ago=3))
        oldest = make_story(make_article("Five"), make_article("Six", hours_ago=3))
        addresses = [old.get_absolute_url(), oldest.get_absolute_url()]
        feeds = [feed_address(one, form) for one in (old, oldest) for form in FORMS]
        merge_stories(oldest, into=old, by=None)
        merge_stories(old, into=story, by=None)
        story.refresh_from_db()
        right = story.get_absolute_url()

        for address in (*addresses, f"/stories/{story.pk}/", f"/stories/{story.pk}/wrong/"):
            self.assertRedirects(self.client.get(address), right, 301, msg_prefix=address)
        for address in feeds:
            form = address.rpartition(".")[2]
            self.assertRedirects(self.client.get(address), feed_address(story, form), 301)

    def test_with_fewer_than_two_visible_articles_nobody_may_know_of_it(self):
        story = make_story(make_article("One"), make_article("Secret", hours_ago=3))
        other = make_story(make_article("Three"), make_article("Four"))
        withdraw_article(Article.objects.get(title="Secret"))
        wanted = [story.get_absolute_url(), "/stories/999999/", "/stories/999999/x/"]
        wanted += [f"/stories/{story.pk}/", *(feed_address(story, form) for form in FORMS)]

        for address in wanted:
            response = self.client.get(address)
            self.assertContains(response, "That page is not here", status_code=404)
        assert list(Story.objects.shown()) == [other]

    def test_what_readers_may_not_see_is_nowhere_on_it(self):
        story = make_story(make_article("One"), make_article("Two"))
        hidden = [
            make_article("Secret draft", status=Article.Status.DRAFT, hours_ago=90),
            publish_article(
                make_article("Secret embargo", status=Article.Status.DRAFT, hours_ago=80),
                embargo_until=timezone.now() + timedelta(days=1),
            ),
            publish_article(
                make_article("Secret later", status=Article.Status.DRAFT),
                at=timezone.now() + timedelta(days=1),
            ),
            make_article("Secret withdrawn", hours_ago=70),
        ]
        for article in hidden:
            join_story(article.pk, story.pk)
        withdraw_article(hidden[3])
        settle_stories([story.pk])
        story.refresh_from_db()
        assert story.article_count == 6

        places = [story.get_absolute_url(), *(feed_address(story, form) for form in FORMS)]
        for place in (*places, "/sitemap-stories-0.xml"):
            response = self.client.get(place)
            assert response.status_code == 200
            assert "secret" not in response.content.decode().lower()
        self.assertContains(self.client.get(places[0]), "2 articles")

    def test_what_is_hidden_is_in_no_address_from_that_moment_on(self):
        told = [make_article(title, publisher=make_publisher()) for title in ("One", "Two")]
        secret = make_article("Secret", hours_ago=70)
        story = make_story(secret, *told)
        old = [story.get_absolute_url(), *(feed_address(story, form) for form in FORMS)]
        assert all("secret" in address for address in old)

        # No service has announced it, no worker was told.
        Article.objects.filter(pk=secret.pk).update(shown_from=timezone.now() + timedelta(days=1))

        for address in old:
            right = address.replace("secret", "one")
            self.assertRedirects(self.client.get(address), right, 301)
        for place in (*(address.replace("secret", "one") for address in old),
                      *(article.get_absolute_url() for article in told),
                      "/sitemap-stories-0.xml"):  # fmt: skip
            response = self.client.get(place)
            self.assertContains(response, f"/stories/{story.pk}/one/")
            assert "secret" not in response.content.decode().lower()

    def test_when_the_last_articles_go_while_we_look_it_is_as_if_it_never_was(self):
        story = make_story(make_article("One"), make_article("Two"))
        for address in (story.get_absolute_url(), feed_address(story)):
            Article.objects.update(shown_from=timezone.now() - timedelta(hours=1))

            def go(execute, sql, params, many, context):
                found = execute(sql, params, many, context)
                if "COUNT(DISTINCT" in sql:
                    Article.objects.update(shown_from=timezone.now() + timedelta(hours=1))
                return found

            with connection.execute_wrapper(go):
                response = self.client.get(address)
            self.assertContains(response, "That page is not here", status_code=404)

    def test_an_earlier_article_that_joins_later_names_it(self):
        story = make_story(make_article("One"), make_article("Two"))
        early = make_article("Early", hours_ago=90)
        join_story(early.pk, story.pk)

        assert story.current_slug() == "early"
        assert headlines(self.client.get(story.get_absolute_url())) == ["Two", "One", "Early"]

    def test_paging_shows_every_article_once(self):
        moment = timezone.now() - timedelta(hours=1)
        wanted = [f"Article {n:02}" for n in range(TIMELINE_SIZE + 3)]
        story = make_story(*[make_article(title, published_at=moment) for title in wanted])

        first = self.client.get(story.get_absolute_url())
        after = re.search(r'href="\?after=([\w-]+)"', first.content.decode()).group(1)
        second = self.client.get(story.get_absolute_url(), {"after": after})
        part = self.client.get(story.get_absolute_url(), {"after": after}, headers=HTMX)

        assert headlines(first) + headlines(second) == wanted[::-1]
        assert headlines(part) == headlines(second)
        # The day goes on: a page of its own says so, and below the others it needs no heading.
        assert days(second) == [f"{day}, continued" for day in days(first)]
        assert days(part) == []
        assert "<h1" not in part.content.decode()
        assert "Latest:" not in second.content.decode()
        assert "HX-Request" in first["Vary"]

    def test_a_page_that_begins_with_another_day_names_it(self):
        noon = datetime(2025, 10, 3, 12, tzinfo=UTC)
        told = [make_article(published_at=noon) for _ in range(TIMELINE_SIZE)]
        earlier = [make_article(published_at=noon - timedelta(days=1)) for _ in range(2)]
        story = make_story(*told, *earlier)
        first = self.client.get(story.get_absolute_url()).content.decode()
        after = re.search(r'href="\?after=([\w-]+)"', first).group(1)

        for headers in ({}, HTMX):
            second = self.client.get(story.get_absolute_url(), {"after": after}, headers=headers)
            assert days(second) == ["2 October 2025"]

    def test_an_address_that_was_never_ours_is_a_404(self):
        story = make_story(make_article(), make_article())
        for after in ("x", "%%%", "WzEsMl0", "bnVsbA"):
            response = self.client.get(story.get_absolute_url(), {"after": after})
            self.assertContains(response, "That page is not here", status_code=404)

    def test_it_costs_the_same_statements_however_long_it_is(self):
        for size in (2, 12):
            story = make_story(*[make_article(publisher=make_publisher()) for _ in range(size)])
            self.client.get(story.get_absolute_url())  # warms the masthead
            address = story.get_absolute_url()
            with self.assertNumQueries(5):
                self.client.get(address)


class StoryFeedTests(TestCase):
    def test_every_form_has_the_newest_articles(self):
        story = make_story(make_article("One", hours_ago=3), make_article("Two"))

        told = json.loads(self.client.get(feed_address(story, "json")).content)
        assert [item["title"] for item in told["items"]] == ["Two", "One"]
        assert told["title"].startswith("One · ")
        assert told["home_page_url"].endswith(story.get_absolute_url())
        for form in ("atom", "rss"):
            text = self.client.get(feed_address(story, form)).content.decode()
            assert text.index("<title>Two</title>") < text.rindex("<title>One</title>")
            self.assertContains(
                self.client.get(story.get_absolute_url()), feed_address(story, form)
            )

    def test_it_costs_the_same_statements_however_long_it_is(self):
        for size in (2, 12):
            story = make_story(*[make_article(publisher=make_publisher()) for _ in range(size)])
            self.client.get(feed_address(story))
            address = feed_address(story)
            with self.assertNumQueries(5):
                self.client.get(address)


class ExportTests(TestCase):
    def test_it_prints_what_readers_may_see_by_the_numbers_of_the_records(self):
        first = make_story(
            make_article("B", hours_ago=1, record_id="rec-b", original_url="https://b.example/1"),
            make_article("A", hours_ago=2),
        )
        hidden = make_article("C", record_id="rec-c")
        join_story(hidden.pk, first.pk)
        withdraw_article(hidden)
        half = make_story(make_article("D"), make_article("E"))
        withdraw_article(Article.objects.get(title="E"))

        records = self.exported()

        a = Article.objects.get(title="A")
        assert records == [
            {
                "story": first.pk,
                "articles": [
                    {"id": str(a.pk), "url": None},
                    {"id": "rec-b", "url": "https://b.example/1"},
                ],
            }
        ]
        assert half.members.count() == 2

    def test_it_costs_the_same_statements_however_many(self):
        for _ in range(2):
            for _ in range(4):
                make_story(make_article(), make_article())
            with self.assertNumQueries(2):
                self.exported()

    def exported(self):
        out = StringIO()
        call_command("export_stories", stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]


class SitemapTests(TestCase):
    def test_search_engines_may_know_of_what_readers_see(self):
        story = make_story(make_article("One"), make_article("Two"))
        hidden = make_story(make_article("Three"), make_article("Four"))
        withdraw_article(Article.objects.get(title="Four"))

        text = self.client.get("/sitemap-stories-0.xml").content.decode()

        assert story.get_absolute_url() in text
        assert hidden.get_absolute_url() not in text
        self.assertContains(self.client.get("/sitemap.xml"), "/sitemap-stories-0.xml")
