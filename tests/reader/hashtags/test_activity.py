"""How many articles of each day a hashtag has: moved with every change, and checked."""

import io
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings

from reader.articles import services as articles
from reader.hashtags import services
from reader.hashtags.activity import recount_activity
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagDay
from tests.factories import make_article

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def make(name):
    return services.create_hashtag(name=name, by=None)


def article_on(day, *names, hour=12):
    """Publish an article at an hour of a day of March 2026."""
    moment = datetime(2026, 3, day, hour, 30, tzinfo=UTC)
    article = make_article(text="Words.", published_at=moment)
    ArticleHashtag.objects.filter(article=article).update(listed_at=moment)
    type(article).objects.filter(pk=article.pk).update(listed_at=moment)
    article.refresh_from_db()
    for name in names:
        services.tag_article(article, name=name, by=None)
    return article


def days_of(name):
    days = HashtagDay.objects.filter(hashtag__name=name).order_by("day")
    return [(row.day.day, row.article_count) for row in days]


class ActivityTests(TestCase):
    def tearDown(self):
        assert services.wrong_activity() == []
        assert services.wrong_counts() == {}

    def test_articles_are_counted_on_their_day(self):
        article_on(3, "Ferry")
        article_on(4, "Ferry", "Harbour")
        article_on(4, "Ferry")

        assert (days_of("Ferry"), days_of("Harbour")) == ([(3, 1), (4, 2)], [(4, 1)])

    def test_a_day_is_one_of_the_site_and_not_of_greenwich(self):
        with override_settings(TIME_ZONE="Asia/Kolkata"):
            article_on(3, "Ferry", hour=20)
            assert days_of("Ferry") == [(4, 1)]
            assert services.wrong_activity() == []
        assert services.wrong_activity() == [Hashtag.objects.get(name="Ferry").pk]
        services.recount_hashtags()
        assert days_of("Ferry") == [(3, 1)]

    def test_withdrawing_and_untagging_take_articles_from_their_day(self):
        first, second = article_on(3, "Ferry"), article_on(4, "Ferry", "Harbour")

        articles.withdraw_article(first)
        services.untag_article(second, hashtag=Hashtag.objects.get(name="Harbour"), by=None)

        assert (days_of("Ferry"), days_of("Harbour")) == ([(4, 1)], [])

    def test_an_article_that_is_published_anew_takes_its_day_along(self):
        article = article_on(3, "Ferry")

        type(article).objects.filter(pk=article.pk).update(listed_at=NOON)
        services.suggest_hashtags([article.pk])

        assert days_of("Ferry") == [(4, 1)]

    def test_a_deleted_article_is_nowhere(self):
        article = article_on(3, "Ferry")
        kept = article_on(3, "Ferry", "Harbour")

        pk = article.pk
        article.delete()
        services.suggest_hashtags([pk])

        assert days_of("Ferry") == days_of("Harbour") == [(3, 1)]
        assert kept.pk

    def test_a_merge_adds_the_days_once_an_article_and_its_undo_parts_them_again(self):
        article_on(3, "Ferry")
        article_on(4, "Ferry", "Boat")
        article_on(5, "Boat")
        ferry, boat = (Hashtag.objects.get(name=name) for name in ("Ferry", "Boat"))

        change = services.merge_hashtags(boat, ferry, by=None)
        assert (days_of("Ferry"), days_of("Boat")) == ([(3, 1), (4, 1), (5, 1)], [])
        assert services.wrong_activity() == []
        article_on(5, "Boat")
        assert days_of("Ferry")[-1] == (5, 2)
        services.undo_hashtag_change(change, by=None)

        assert days_of("Ferry") == [(3, 1), (4, 1), (5, 1)]
        assert days_of("Boat") == [(4, 1), (5, 1)]

    def test_links_stored_under_an_alias_move_what_it_means(self):
        first, second = article_on(3, "Boat"), article_on(3, "Boat")
        services.merge_hashtags(Hashtag.objects.get(name="Boat"), make("Ferry"), by=None)

        articles.withdraw_article(first)
        assert days_of("Ferry") == [(3, 1)]
        services.untag_article(second, hashtag=Hashtag.objects.get(name="Boat"), by=None)

        assert days_of("Ferry") == days_of("Boat") == []

    def test_a_split_takes_the_days_of_its_articles(self):
        article_on(3, "Ferry")
        moved = article_on(4, "Ferry")
        ferry = Hashtag.objects.get(name="Ferry")
        choice = services.Choice(article_ids=(moved.pk,))

        change = services.split_hashtag(ferry, choice, into="Strike", by=None)
        assert (days_of("Ferry"), days_of("Strike")) == ([(3, 1)], [(4, 1)])
        services.undo_hashtag_change(change, by=None)

        assert days_of("Ferry") == [(3, 1), (4, 1)]

    def test_counting_anew_takes_the_same_statements_however_many_hashtags_there_are(self):
        for size in (2, 6):
            for number in range(size):
                article_on(3, f"Tag{number}", "All")
            every = list(Hashtag.objects.values_list("pk", flat=True))
            with self.assertNumQueries(3):
                recount_activity(every)

    def test_the_upgrade_counts_what_was_there_before(self):
        article_on(3, "Ferry")
        article_on(4, "Boat")
        services.merge_hashtags(
            Hashtag.objects.get(name="Boat"), Hashtag.objects.get(name="Ferry"), by=None
        )
        HashtagDay.objects.all().delete()

        migration = import_module("reader.hashtags.migrations.0003_activity")
        migration.count_days(apps, SimpleNamespace(connection=connection))

        assert days_of("Ferry") == [(3, 1), (4, 1)]


@pytest.mark.django_db
def test_check_counts_finds_what_is_wrong_and_mends_it():
    article_on(3, "Ferry", "Harbour")
    article_on(4, "Ferry")
    ferry, harbour = (Hashtag.objects.get(name=name) for name in ("Ferry", "Harbour"))
    Hashtag.objects.filter(pk=ferry.pk).update(article_count=7)
    HashtagDay.objects.filter(hashtag=harbour).update(day=date(2026, 3, 3) + timedelta(days=2))
    said = io.StringIO()

    with pytest.raises(CommandError, match="2 counts are wrong in 0 threads and 2 elsewhere"):
        call_command("check_counts", stdout=said)
    assert "#Ferry: 7 articles stored, 2 counted" in said.getvalue()
    assert "#Harbour: its articles by day are not what was counted" in said.getvalue()
    call_command("check_counts", "--repair", stdout=said)

    assert (services.wrong_counts(), services.wrong_activity()) == ({}, [])
    assert days_of("Harbour") == [(3, 1)]
    call_command("check_counts", stdout=said)
