"""Whom a comment concerns, and that they hear of it once."""

import pytest

from comments.notices.models import Inbox, Notice
from comments.notices.services import look_through, notify_of_comment
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import (
    change_comment_status,
    claim_comments,
    edit_comment,
    withdraw_comment,
)
from reader.articles import services as articles
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db
Status = Comment.Status


def noted():
    return [
        (notice.person, notice.comment, notice.reason)
        for notice in Notice.objects.order_by("pk").select_related("person", "comment")
    ]


def test_who_is_answered_hears_of_it_and_nobody_else():
    ada, bo = make_user(), make_user()
    root = make_comment(author=ada)
    reply = make_comment(parent=root, author=bo)
    guests = make_comment(parent=reply)

    assert noted() == [(ada, reply, "reply"), (bo, guests, "reply")]


def test_nobody_hears_of_themselves():
    ada = make_user()
    root = make_comment(author=ada)

    own = make_comment(parent=root, author=ada)
    notify_of_comment(own, frozenset({ada.pk}))

    assert noted() == []


def test_who_is_mentioned_hears_of_it_once_and_a_reply_counts_for_more():
    ada, bo = make_user(), make_user()
    root = make_comment(author=ada)
    reply = make_comment(parent=root)

    notify_of_comment(reply, frozenset({ada.pk, bo.pk}))
    notify_of_comment(reply, frozenset({bo.pk}))

    assert set(noted()) == {(ada, reply, "reply"), (bo, reply, "mention")}
    assert Notice.objects.count() == 2


def test_what_is_held_is_noted_when_it_is_approved_and_restoring_notes_nothing_twice():
    ada = make_user()
    reply = make_comment(parent=make_comment(author=ada), held=True)
    assert noted() == []

    reply = change_comment_status(reply, to=Status.PUBLISHED)
    reply = change_comment_status(reply, to=Status.REMOVED)
    assert list(Notice.objects.of(ada)) == []
    change_comment_status(reply, to=Status.PUBLISHED)

    assert noted() == [(ada, reply, "reply")]
    assert len(Notice.objects.of(ada)) == 1


def test_only_what_everybody_may_read_is_shown():
    ada, bo = make_user(), make_user()
    root = make_comment(author=ada)
    stays, goes = (make_comment(parent=root, author=bo) for _ in range(2))

    withdraw_comment(goes, by=Writer(bo))
    assert [notice.comment for notice in Notice.objects.of(ada)] == [stays]
    articles.withdraw_article(root.article)

    assert list(Notice.objects.of(ada)) == []


def test_who_claims_a_guests_comments_hears_what_others_answered_to_them():
    ada = make_user()
    root = make_comment(guest_name="Li", guest_key="k")
    first, second = (make_comment(parent=root) for _ in range(2))
    make_comment(parent=root, held=True)
    make_comment(parent=root, guest_name="Li", guest_key="k")
    make_comment(parent=root, author=ada)
    assert noted() == []

    claim_comments(ada, guest_key="k")
    claim_comments(ada, guest_key="k")

    assert noted() == [(ada, first, "reply"), (ada, second, "reply")]


def test_nobody_hears_of_their_own_words_once_they_have_claimed_them():
    ada = make_user("Ada")
    root = make_comment(author=ada)
    own = make_comment(parent=root, guest_name="Li", guest_key="k")
    others = make_comment(parent=root, guest_name="Kim", guest_key="other")
    assert {notice.comment for notice in Notice.objects.of(ada)} == {own, others}

    claim_comments(ada, guest_key="k")

    assert [notice.comment for notice in Notice.objects.of(ada)] == [others]


def mention_of(*people, **writing):
    """Have people called by name in a thread they are in; return the comment that does it."""
    article = make_article()
    for person in people:
        make_comment(article, author=person)
    words = " and ".join(f"@{person}" for person in people)
    return make_comment(article, text=words, **writing)


def test_who_is_no_longer_mentioned_does_not_hear_of_it():
    ada, bo, cy = make_user("Ada"), make_user("Bo"), make_user("Cy")
    comment = mention_of(ada, bo, author=cy)

    edit_comment(comment, text="@Bo alone", by=Writer(cy))
    assert noted() == [(bo, comment, "mention")]
    edit_comment(comment, text="@Ada and @Bo again", by=Writer(cy))
    assert set(noted()) == {(ada, comment, "mention"), (bo, comment, "mention")}


def test_what_was_seen_or_is_a_reply_stays_though_the_name_goes():
    ada, bo, cy = make_user("Ada"), make_user("Bo"), make_user("Cy")
    seen = mention_of(ada, author=cy)
    look_through(ada, up_to=Notice.objects.get().pk)
    root = make_comment(seen.article, author=bo)
    reply = make_comment(parent=root, author=cy, text="@Ada, @Bo")

    for comment in (seen, reply):
        edit_comment(comment, text="Never mind.", by=Writer(cy))

    assert noted() == [(ada, seen, "mention"), (bo, reply, "reply")]


def test_looking_is_remembered_and_never_goes_back():
    ada = make_user()

    def seen_after(up_to):
        look_through(ada, up_to=up_to)
        return Inbox.objects.get(person=ada).seen

    assert [seen_after(up_to) for up_to in (7, 5, 9)] == [7, 7, 9]


def test_a_persons_notices_go_with_them_and_a_comments_with_it():
    ada, bo = make_user(), make_user()
    root = make_comment(author=ada)
    make_comment(parent=make_comment(parent=root, author=bo))
    assert Notice.objects.count() == 2

    ada.delete()
    assert [notice.person for notice in Notice.objects.all()] == [bo]
    root.article.delete()
    assert not Notice.objects.exists()
