"""Votes: one each, changed and taken back, never on one's own words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.threads.models import Comment, Vote
from comments.threads.people import Writer
from comments.threads.ranking import best_key, own_rank
from comments.threads.services import (
    CommentRefused,
    close_thread,
    vote_comment,
    withdraw_comment,
)
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db


def counted(comment):
    stored = Comment.objects.get(pk=comment.pk)
    right = own_rank(up=stored.up, down=stored.down, imported_score=None)
    assert (stored.rank, stored.best) == (right, best_key(stored.pk, right))
    return stored.up, stored.down, stored.score


def test_a_vote_is_cast_changed_and_taken_back():
    comment, ada = make_comment(), make_user()
    expected = {1: (1, 0, 1), -1: (0, 1, -1), 0: (0, 0, 0)}
    for value in (1, 1, -1, -1, 1, 0, 0, -1, 0):
        returned = vote_comment(comment, by=Writer(ada), value=value)
        assert counted(comment) == expected[value]
        assert (returned.up, returned.down) == expected[value][:2]
        assert Vote.objects.count() == abs(value)


def test_votes_of_many_add_up():
    comment = make_comment()
    for value in (1, 1, 1, -1):
        vote_comment(comment, by=Writer(make_user()), value=value)
    assert counted(comment) == (3, 1, 2)


def test_a_vote_outlives_the_account_that_cast_it():
    comment, ada, bo = make_comment(), make_user(), make_user()
    vote_comment(comment, by=Writer(ada), value=1)
    vote_comment(comment, by=Writer(bo), value=1)
    ada.delete()
    bo.delete()
    assert counted(comment) == (2, 0, 2)
    assert Vote.objects.count() == 2


def test_nobody_votes_on_their_own_words_or_on_what_is_gone():
    ada = make_user()
    comment = make_comment(author=ada)

    def refusal(**vote):
        with pytest.raises(CommentRefused) as caught:
            vote_comment(comment, **vote)
        return caught.value.code

    assert refusal(by=Writer(ada), value=1) == "own"
    close_thread(comment.article)
    assert refusal(by=Writer(make_user()), value=1) == "closed"
    withdraw_comment(comment, by=Writer(ada))
    assert refusal(by=Writer(make_user()), value=1) == "gone"
    with pytest.raises(ValueError, match="2 is no vote"):
        vote_comment(comment, by=Writer(make_user()), value=2)
    with pytest.raises(ValueError, match="no vote"):
        vote_comment(comment, by=Writer(guest_key="k"), value=1)
    assert counted(comment) == (0, 0, 0)


def test_nobody_votes_on_what_they_wrote_as_a_guest_before_they_logged_in():
    comment = make_comment(guest_key="k")
    for value in (1, -1):
        with pytest.raises(CommentRefused) as caught:
            vote_comment(comment, by=Writer(make_user(), "k"), value=value)
        assert caught.value.code == "own"
    vote_comment(comment, by=Writer(make_user(), "another"), value=1)
    assert counted(comment) == (1, 0, 1)


def test_where_votes_only_go_up_nobody_votes_down_and_old_votes_still_count(settings):
    comment, ada = make_comment(), make_user()
    vote_comment(comment, by=Writer(ada), value=-1)
    settings.COMMENT_VOTES = "up"
    with pytest.raises(CommentRefused) as caught:
        vote_comment(comment, by=Writer(make_user()), value=-1)
    assert (caught.value.code, str(caught.value)) == (
        "up_only",
        "Here you can vote for a comment, not against it.",
    )
    vote_comment(comment, by=Writer(make_user()), value=1)
    assert counted(comment) == (1, 1, 0)
    vote_comment(comment, by=Writer(ada), value=0)
    assert counted(comment) == (1, 0, 1)


def test_one_statement_counts_a_vote_from_what_the_row_says():
    comment = make_comment()
    with CaptureQueriesContext(connection) as queries:
        vote_comment(comment, by=Writer(make_user()), value=1)
    writing = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "threads_comment"')]
    counting, standing = writing
    assert '"up" = ("threads_comment"."up" + 1)' in counting
    assert "SQRT" in counting.upper() and '"rank" =' in counting
    assert '"best" =' in standing


def test_a_score_that_came_along_is_kept_apart_from_votes_and_ranks_with_them():
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(imported_score=7)
    vote_comment(comment, by=Writer(make_user()), value=1)
    stored = Comment.objects.get(pk=comment.pk)
    assert (stored.up, stored.down, stored.imported_score, stored.score) == (1, 0, 7, 8)
    assert stored.rank == own_rank(up=1, down=0, imported_score=7)
