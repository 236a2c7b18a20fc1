"""The sample edition: how it is loaded and how it goes."""

from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from reader.articles import announcements, sample_edition, services
from reader.articles.announcements import after_import
from reader.articles.importing import import_records
from reader.articles.models import Article, Publisher, Section
from reader.articles.sample_edition import (
    is_sample_loaded,
    load_sample_edition,
    on_sample_loaded,
    on_sample_removed,
    remove_sample_edition,
    sample_records,
)
from tests.factories import make_article, make_publisher, make_section


def record_named(record_id):
    return next(record for record in sample_records() if record["id"] == record_id)


class LoadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        cls.counts = load_sample_edition(now=cls.now)

    def test_every_record_is_a_visible_article_that_says_it_is_a_sample(self):
        articles = list(Article.objects.visible())
        assert len(articles) == len(sample_records()) == self.counts["articles"]
        assert all(article.is_sample for article in articles)
        assert is_sample_loaded()

    def test_it_says_what_it_added(self):
        assert self.counts["publishers"] == Publisher.objects.count()
        assert self.counts["sections"] == Section.objects.count()

    def test_an_article_keeps_what_its_record_says(self):
        record = record_named("sample-01")
        article = Article.objects.get(record_id="sample-01")

        assert article.title == record["title"]
        assert article.standfirst == record["subtitle"]
        assert article.body_text == record["body"]
        assert article.publisher.name == record["publisher"]
        assert article.keywords == record["keywords"]
        assert article.published_at == self.now - timedelta(hours=record["hours_ago"])
        assert not article.published_is_date
        assert article.record_extra == {}

    def test_the_front_page_is_fresh_and_goes_back_for_weeks(self):
        moments = [article.listed_at for article in Article.objects.newest_first()]
        assert self.now - moments[0] < timedelta(hours=1)
        assert self.now - moments[-1] > timedelta(weeks=4)
        assert all(later > earlier for later, earlier in pairwise(moments))

    def test_the_masthead_of_an_empty_site_gets_its_order(self):
        assert [section.name for section in Section.objects.for_masthead(8)] == list(
            sample_edition.SECTIONS
        )

    def test_loading_again_adds_and_changes_nothing(self):
        before = list(Article.objects.order_by("pk").values())

        counts = load_sample_edition(now=self.now + timedelta(days=3))

        assert not any(counts.values())
        assert list(Article.objects.order_by("pk").values()) == before

    def test_loading_again_leaves_an_editors_words_alone(self):
        article = Article.objects.get(record_id="sample-18")
        services.edit_article(article, by=None, title="Corrected")

        load_sample_edition(now=self.now)

        article.refresh_from_db()
        assert article.title == "Corrected"

    def test_an_article_that_was_deleted_comes_back(self):
        Article.objects.filter(record_id="sample-18").delete()

        assert load_sample_edition(now=self.now)["articles"] == 1


class LoadBesideOthersTests(TestCase):
    def test_real_sections_keep_their_places(self):
        make_article(section=make_section("World"))

        load_sample_edition(now=timezone.now())

        assert not Section.objects.filter(place__isnull=False).exists()

    def test_listeners_hear_of_a_load_and_their_counts_are_reported(self):
        now, heard = timezone.now(), []

        def add_letters(*, now):
            heard.append((now, Article.objects.count()))
            return {"letters": 2}

        on_sample_loaded(add_letters)
        self.addCleanup(sample_edition._load_listeners.remove, add_letters)
        counts = load_sample_edition(now=now)

        assert heard == [(now, len(sample_records()))]
        assert counts["letters"] == 2

    def test_a_listener_that_fails_leaves_the_site_empty(self):
        def fail(*, now):
            raise RuntimeError("no paper")

        on_sample_loaded(fail)
        self.addCleanup(sample_edition._load_listeners.remove, fail)
        with pytest.raises(RuntimeError, match="no paper"):
            load_sample_edition(now=timezone.now())

        assert not Article.objects.exists()
        assert not Publisher.objects.exists()

    def test_what_follows_an_import_follows_a_load_that_added_something(self):
        steps = []
        after_import("steps", lambda *, say: steps.append(Article.objects.count()))
        self.addCleanup(announcements._import_listeners.pop, "steps")

        load_sample_edition(now=timezone.now())
        load_sample_edition(now=timezone.now())

        assert steps == [len(sample_records())]


class RemoveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_sample_edition(now=timezone.now())

    def test_removing_leaves_nothing_of_it(self):
        counts = remove_sample_edition()

        assert counts["articles"] == len(sample_records())
        assert not Article.objects.exists()
        assert not Publisher.objects.exists()
        assert not Section.objects.exists()
        assert not is_sample_loaded()

    def test_what_others_use_or_made_stays(self):
        lantern = Publisher.objects.get(name="The Port Ambry Lantern")
        world = Section.objects.get(name="World")
        real = make_article(publisher=lantern, section=world)
        fresh = make_publisher("Founded yesterday")

        remove_sample_edition()

        assert list(Article.objects.all()) == [real]
        assert set(Publisher.objects.all()) == {lantern, fresh}
        assert list(Section.objects.all()) == [world]

    def test_an_imported_article_is_not_taken_for_a_sample(self):
        import_records([record_named("sample-01") | {"id": "real-01", "source": "a real source"}])

        remove_sample_edition()

        assert [article.record_id for article in Article.objects.all()] == ["real-01"]

    def test_removing_again_changes_nothing(self):
        remove_sample_edition()

        assert not any(remove_sample_edition().values())

    def test_listeners_hear_of_a_removal_once_the_articles_are_gone(self):
        heard = []

        def sweep():
            heard.append(Article.objects.count())
            return {"letters": 2}

        on_sample_removed(sweep)
        self.addCleanup(sample_edition._remove_listeners.remove, sweep)
        counts = remove_sample_edition()

        assert heard == [0]
        assert counts["letters"] == 2

    def test_it_can_be_loaded_again_afterwards(self):
        remove_sample_edition()

        assert load_sample_edition(now=timezone.now())["articles"] == len(sample_records())


class CommandTests(TestCase):
    def run_command(self, name):
        words = StringIO()
        call_command(name, stdout=words)
        return words.getvalue()

    def test_the_commands_say_what_they_did_and_can_be_run_twice(self):
        loaded = self.run_command("load_sample")
        again = self.run_command("load_sample")
        removed = self.run_command("remove_sample")
        nothing = self.run_command("remove_sample")

        added = f"{len(sample_records())} articles, 10 publishers, 8 sections"
        assert f"The sample edition is in: {added}" in loaded
        assert again == "The sample edition was there already; nothing changed.\n"
        assert f"The sample edition is gone: {added}" in removed
        assert nothing == "There was no sample edition; nothing changed.\n"
