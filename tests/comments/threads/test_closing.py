"""When threads close, by hand and by age, and what that refuses."""

from datetime import UTC, datetime, timedelta

import pytest

from comments.threads.closing import closed_moment
from comments.threads.people import Writer
from comments.threads.reading import load_thread
from comments.threads.services import (
    CommentRefused,
    close_thread,
    edit_comment,
    post_comment,
    vote_comment,
    withdraw_comment,
)
from reader.articles.models import Article
from tests.factories import make_article, make_comment, make_user

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("closed_at", "listed_at", "after_days", "expected"),
    [
        (None, NOW - 400 * DAY, 0, None),
        (None, NOW - 29 * DAY, 30, None),
        (None, NOW - 30 * DAY, 30, NOW),
        (None, NOW - 40 * DAY, 30, NOW - 10 * DAY),
        (NOW - DAY, NOW - 2 * DAY, 0, NOW - DAY),
        (NOW - DAY, NOW - 29 * DAY, 30, NOW - DAY),
        (NOW - DAY, NOW - 40 * DAY, 30, NOW - 10 * DAY),
        (NOW - 15 * DAY, NOW - 40 * DAY, 30, NOW - 15 * DAY),
        (None, None, 30, None),
    ],
)
def test_a_thread_closes_by_hand_or_by_age_whichever_comes_first(
    closed_at, listed_at, after_days, expected
):
    closed = closed_moment(closed_at=closed_at, listed_at=listed_at, after_days=after_days, now=NOW)

    assert closed == expected


def grow_old(article, days):
    Article.objects.filter(pk=article.pk).update(listed_at=article.listed_at - days * DAY)


@pytest.mark.django_db
def test_a_thread_closed_by_age_takes_no_comment_edit_or_vote_but_can_be_read(settings):
    ada, bo = make_user(), make_user()
    article = make_article(hours_ago=1)
    comment = make_comment(article, author=ada, text="While it was new.")
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30
    assert load_thread(article).is_open
    post_comment(article, text="Still open.", author=bo)
    grow_old(article, 30)

    tries = [
        lambda: post_comment(article, text="Too late.", author=bo),
        lambda: edit_comment(comment, text="Other words.", by=Writer(ada)),
        lambda: vote_comment(comment, by=Writer(bo), value=1),
    ]
    for attempt in tries:
        with pytest.raises(CommentRefused, match="Comments closed on ") as refused:
            attempt()
        assert refused.value.code == "closed"

    page = load_thread(article, viewer=bo)
    assert not page.is_open
    assert page.closed_sentence == str(refused.value)
    assert page.count == 2
    withdraw_comment(comment, by=Writer(ada))


@pytest.mark.django_db
def test_the_sentence_names_the_day_the_article_was_old_enough(settings):
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30
    moment = datetime(2026, 2, 1, 12, tzinfo=UTC)
    article = make_article(published_at=moment)

    with pytest.raises(CommentRefused, match=r"Comments closed on 3 March\. You can"):
        post_comment(article, text="Too late.", author=make_user())
    assert load_thread(article).closed_sentence.startswith("Comments closed on 3 March.")


@pytest.mark.django_db
def test_a_thread_closed_by_hand_stays_closed_where_none_closes_by_age():
    article = make_article()
    close_thread(article)
    grow_old(article, 400)

    assert not load_thread(article).is_open
    with pytest.raises(CommentRefused, match="Comments closed on "):
        post_comment(article, text="Too late.", author=make_user())
