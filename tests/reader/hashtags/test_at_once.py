"""Several people at the same moment: nobody waits for ever, and nothing is left half done."""

from contextlib import suppress
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reader.articles.models import Article
from reader.articles.services import edit_article
from reader.hashtags import services
from reader.hashtags.counts import check_hashtags
from reader.hashtags.models import Hashtag, HashtagChange
from reader.hashtags.services import Choice, HashtagRefused
from reader.hashtags.turns import alone, share_turn
from tests.at_once import at_once
from tests.factories import make_article
from tests.reader.hashtags.test_governing import broken

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Ferry", "Ships", "Boats")


def or_refused(act, *given, **how):
    def job():
        with suppress(HashtagRefused):
            act(*given, by=None, **how)

    return job


def test_two_editors_who_merge_in_a_circle_leave_no_chain():
    for round_ in range(4):
        made = [services.create_hashtag(name=f"{name}{round_}", by=None) for name in NAMES]
        for article in (make_article(text="Words.") for _ in range(2)):
            for hashtag in made:
                services.tag_article(article, name=hashtag.name, by=None)
        ferry, ships, boats = made

        def merge(source, into):
            return or_refused(services.merge_hashtags, source, into)

        problems = at_once([merge(ferry, ships), merge(ships, boats), merge(boats, ferry)])

        assert problems == []
        assert broken() == []
        left = Hashtag.objects.filter(pk__in=[one.pk for one in made], alias_of=None)
        assert [one.article_count for one in left] == [2] * len(left)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.parametrize("later", [0.5, 0.7, 0.9])
def test_an_editor_stands_aside_for_who_publishes_and_never_the_other_way_round(later):
    article = make_article(text="Words.")
    tried = []
    has_article = Event()

    def publish():
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=article.pk)
            has_article.set()
            sleep(0.1)
            share_turn()

    @alone
    def change():
        tried.append(later)
        has_article.wait(timeout=10)
        # PostgreSQL looks for deadlocks a second after somebody began to wait.
        sleep(0.1 + later)
        Article.objects.select_for_update().get(pk=article.pk)

    assert at_once([publish, change]) == []
    assert len(tried) == 2


def test_articles_that_arrive_and_change_during_changes_of_hashtags_are_counted_right():
    articles = [make_article(text="Words.", keywords=["Ferry"]) for _ in range(4)]
    ferry = Hashtag.objects.get(name="Ferry")
    ships = services.create_hashtag(name="Ships", by=None)

    def arrive():
        for number in range(5):
            make_article(f"Arrived {number}", text="Words.", keywords=["Ferry", "Ships"])

    def edit():
        for article in articles:
            edit_article(article, by=None, keywords=["Ships", "Ferry"])

    def tag():
        for article in articles:
            services.tag_article(article, name="Ships", by=None)
            services.untag_article(article, hashtag=ferry, by=None)

    def govern(by):
        for _ in range(3):
            change = services.merge_hashtags(ferry, ships, by=None)
            services.undo_hashtag_change(change, by=None)
        services.split_hashtag(ferry, Choice(words="Arrived"), into="Boats", by=None)
        services.merge_hashtags(ferry, ships, by=None)

    problems = at_once([arrive, edit, or_refused(govern), tag])

    assert problems == []
    assert broken() == []
    assert Article.objects.count() == 9


def test_an_undo_and_a_new_change_of_the_same_hashtag_do_not_mix():
    for number in range(4):
        ferry = services.create_hashtag(name=f"Ferry{number}", by=None)
        ships = services.create_hashtag(name=f"Ships{number}", by=None)
        change = services.merge_hashtags(ferry, ships, by=None)

        problems = at_once(
            [
                or_refused(services.undo_hashtag_change, change),
                or_refused(services.rename_hashtag, ships, name=f"Fleet{number}"),
                or_refused(services.block_hashtag, ships),
            ]
        )

        assert problems == []
        assert broken() == []
        ferry.refresh_from_db()
        ships.refresh_from_db()
        undone = HashtagChange.objects.get(pk=change.pk).undone_at is not None
        assert undone == (ferry.alias_of_id is None)
        if not undone:
            assert ferry.is_blocked == ships.is_blocked


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway")
def test_a_repair_of_the_counts_waits_for_who_writes_links_and_has_them_wait():
    services.tag_article(make_article(text="Words."), name="Ferry", by=None)
    Hashtag.objects.update(article_count=5)

    with CaptureQueriesContext(connection) as asked:
        assert len([*check_hashtags(repair=True)]) == 1

    wanted = [number for number, one in enumerate(asked) if "pg_advisory_xact_lock(" in one["sql"]]
    written = [number for number, one in enumerate(asked) if one["sql"].startswith("UPDATE")]
    assert len(wanted) == 1
    assert wanted < written
    assert services.wrong_counts() == {}
