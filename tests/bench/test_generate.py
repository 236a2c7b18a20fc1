"""A made-up site is worth measuring only when it is what the real site would have stored."""

from random import Random

import pytest
from django.db import connection
from django.db.models import Count, Max

from comments.threads.models import Comment, Thread, Vote
from comments.threads.render import render_comment
from comments.threads.services.counting import check_thread, threads_to_check
from comments.threads.tree import MAX_DEPTH
from reader.articles.models import Article
from reader.articles.services import settle
from reader.articles.text import html_from_text, safe_html
from reader.hashtags.counts import wrong_counts
from tests.bench.generated.shapes import HUGE_THREAD, answers, thread_sizes
from tests.bench.generated.site import NotEmpty, generate

ARTICLES, COMMENTS, VOTES = 200, 2_000, 1_000
RENDERED = ("slug", "excerpt", "word_count", "listed_at", "shown_from")


def make_site(*, articles=ARTICLES, comments=COMMENTS, votes=VOTES, **options):
    generate(articles=articles, comments=comments, votes=votes, tell=lambda words: None, **options)


def indexes():
    """List how the engine itself words every index and reference there is."""
    questions = {
        "sqlite": ["SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"],
        "postgresql": [
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint",
        ],
    }
    found = []
    with connection.cursor() as cursor:
        for question in questions[connection.vendor]:
            cursor.execute(question)
            found += sorted(map(str, cursor.fetchall()))
    return found


def lies():
    return [lie for pk in list(threads_to_check()) for lie in check_thread(pk, repair=False)]


@pytest.mark.django_db
def test_a_made_up_site_has_what_was_asked_for_and_every_count_is_true():
    before = indexes()

    make_site()

    assert indexes() == before
    assert Article.objects.count() == ARTICLES
    assert Comment.objects.count() == COMMENTS
    assert Vote.objects.count() == VOTES
    assert lies() == []
    assert wrong_counts() == {}
    connection.check_constraints()
    for thread in Thread.objects.all():
        told = Comment.objects.filter(article=thread.pk).aggregate(Max("seq"), Max("arrival"))
        assert (thread.last_seq, thread.last_arrival) == tuple(n or 0 for n in told.values())


@pytest.mark.django_db
def test_its_texts_are_what_the_site_would_have_made_of_them():
    make_site()

    for comment in Comment.objects.exclude(status="withdrawn"):
        assert comment.body_html == render_comment(comment.body_src)
    for article in Article.objects.all():
        assert article.body_html == html_from_text(article.body_text)
        assert article.body_html == safe_html(article.body_html)
        stored = [getattr(article, name) for name in RENDERED]
        assert stored == [getattr(settle(article), name) for name in RENDERED]


@pytest.mark.django_db
def test_it_holds_a_crowd_below_one_comment_and_all_that_can_happen_to_comments():
    make_site()

    sizes = Comment.objects.values("article").annotate(n=Count("pk")).order_by("-n")
    assert sizes[0]["n"] == COMMENTS // 10
    crowd = Comment.objects.filter(article=sizes[0]["article"], seq=1).get()
    assert crowd.reply_count > COMMENTS // 10 * 0.2
    statuses = set(Comment.objects.values_list("status", "in_tree").distinct())
    assert statuses >= {
        ("published", True), ("removed", True), ("removed", False), ("withdrawn", True),
        ("withdrawn", False), ("held", False),
    }  # fmt: skip
    assert Comment.objects.filter(lifted_by__isnull=False).exists()
    assert Comment.objects.filter(imported_score__isnull=False).exists()


@pytest.mark.django_db
def test_the_same_numbers_give_the_same_site_and_only_in_an_empty_database():
    def words():
        return list(Comment.objects.order_by("pk").values_list("pk", "body_src", "best", "path"))

    make_site(until="2026-11-01")
    first = words()

    with pytest.raises(NotEmpty):
        make_site(until="2026-11-01")
    assert words() == first
    make_site(until="2026-11-01", fresh=True)
    assert words() == first


def test_thread_sizes_add_up_and_one_is_huge():
    sizes = sorted(thread_sizes(100_000, 1_000_000, Random("sizes")), reverse=True)

    assert sum(sizes) == 1_000_000
    assert sizes[0] == HUGE_THREAD
    assert sizes[1] <= HUGE_THREAD // 2
    assert sizes[60_001:] == [0] * len(sizes[60_001:])


def test_exchanges_go_down_to_the_last_level_and_no_deeper():
    parents, depths = answers(5_000, Random("depth"), crowded=True)

    assert max(depths) == MAX_DEPTH
    assert parents.count(0) > 1_250
    assert all(parent < place for place, parent in enumerate(parents))
