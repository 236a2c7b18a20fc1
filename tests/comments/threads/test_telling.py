"""Whom a thread tells that a comment is there for all to see."""

import pytest

from comments.threads import rules
from comments.threads.models import Comment
from comments.threads.services import change_comment_status
from tests.factories import make_comment

pytestmark = pytest.mark.django_db
Status = Comment.Status


@pytest.fixture
def told(monkeypatch):
    """Listen, and to nobody's harm: the listeners of the site are put back afterwards."""
    heard = []
    monkeypatch.setattr(rules, "_published_listeners", [])
    rules.on_published(lambda comment, mentioned: heard.append((comment.pk, mentioned)))
    return heard


def test_a_comment_is_told_of_when_it_is_posted(told):
    comment = make_comment()

    assert told == [(comment.pk, frozenset())]


def test_what_is_held_is_told_of_when_it_is_approved_and_again_when_restored(told):
    comment = make_comment(held=True)
    assert told == []

    approved = change_comment_status(comment, to=Status.PUBLISHED)
    removed = change_comment_status(approved, to=Status.REMOVED)
    assert [pk for pk, _ in told] == [comment.pk]

    change_comment_status(removed, to=Status.PUBLISHED)
    assert [pk for pk, _ in told] == [comment.pk, comment.pk]
