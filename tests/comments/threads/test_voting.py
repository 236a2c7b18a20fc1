"""Votes: one each, changed and taken back, never on one's own words."""

import pytest

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
        returned = vote_comment(comment, voter=ada, value=value)
        assert counted(comment) == expected[value]
        assert (returned.up, returned.down) == expected[value][:2]
        assert Vote.objects.count() == abs(value)


def test_votes_of_many_add_up():
    comment = make_comment()
    for value in (1, 1, 1, -1):
        vote_comment(comment, voter=make_user(), value=value)
    assert counted(comment) == (3, 1, 2)


def test_a_vote_outlives_the_account_that_cast_it():
    comment, ada, bo = make_comment(), make_user(), make_user()
    vote_comment(comment, voter=ada, value=1)
    vote_comment(comment, voter=bo, value=1)
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

    assert refusal(voter=ada, value=1) == "own"
    close_thread(comment.article)
    assert refusal(voter=make_user(), value=1) == "closed"
    withdraw_comment(comment, by=Writer(ada))
    assert refusal(voter=make_user(), value=1) == "gone"
    with pytest.raises(ValueError, match="2 is no vote"):
        vote_comment(comment, voter=make_user(), value=2)
    assert counted(comment) == (0, 0, 0)
