"""Taking a comment back, thinking better of it, and being rid of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.moderation.services import hold_comment
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import (
    CommentRefused,
    change_comment_status,
    close_thread,
    edit_comment,
    erase_withdrawn,
    undo_withdrawal,
    withdraw_comment,
    withdrawing,
)
from comments.threads.services.counting import find_lies
from reader.schedule import jobs
from tests.factories import make_article, make_comment, make_moderator, make_older, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("Ada")


def half_an_hour_later():
    Comment.objects.filter(erase_at__isnull=False).update(erase_at=timezone.now())


def refusal_of(call, *args, **kwargs):
    with pytest.raises(CommentRefused) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_withdrawn_comment_goes_at_once_and_its_words_are_due_in_half_an_hour(ada):
    article = make_article()
    comment = make_comment(article, author=ada)
    close_thread(article)

    withdraw_comment(comment, by=Writer(ada))

    stored = Comment.objects.get()
    article.refresh_from_db()
    assert (stored.status, stored.in_tree, article.comment_count) == ("withdrawn", False, 0)
    due = stored.erase_at - timezone.now()
    assert timedelta(minutes=29) < due <= timedelta(minutes=30)
    for call, words in ((withdraw_comment, {}), (edit_comment, {"text": "Back."})):
        assert refusal_of(call, comment, by=Writer(ada), **words) == "gone"


def test_undoing_puts_everything_back_as_it_was(ada):
    article = make_article()
    root = make_comment(article, author=ada, text="*One.*")
    make_comment(parent=root)
    before = Comment.objects.filter(pk=root.pk).values().get()
    close_thread(article)

    withdraw_comment(root, by=Writer(ada))
    undo_withdrawal(root, by=Writer(ada))

    assert Comment.objects.filter(pk=root.pk).values().get() == before
    article.refresh_from_db()
    assert (article.comment_count, find_lies(article.pk)) == (2, [])
    # A second click finds it done.
    assert undo_withdrawal(root, by=Writer(ada)).status == "published"


def test_what_was_held_is_held_again(ada):
    never_seen = make_comment(author=ada, held=True)
    taken_off = make_comment(author=ada)
    hold_comment(taken_off, moderator=make_moderator())
    for comment in (never_seen, taken_off):
        withdraw_comment(comment, by=Writer(ada))
        restored = undo_withdrawal(comment, by=Writer(ada))
        assert (restored.status, restored.in_tree) == ("held", False)
        assert find_lies(comment.article_id) == []


def test_where_guests_are_held_a_guest_has_to_wait_again(settings):
    comment = make_comment(guest_key="kim")
    withdraw_comment(comment, by=Writer(guest_key="kim"))
    settings.COMMENT_GUESTS = "held"
    assert undo_withdrawal(comment, by=Writer(guest_key="kim")).status == "held"


def test_only_its_author_undoes_and_only_a_withdrawal(ada):
    comment = make_comment(author=ada)
    withdraw_comment(comment, by=Writer(ada))
    for writer in (Writer(make_user()), Writer(), Writer(guest_key="kim")):
        assert refusal_of(undo_withdrawal, comment, by=writer) == "not_yours"
    assert Comment.objects.get().status == "withdrawn"


def test_what_a_moderator_removed_after_an_undo_does_not_come_back(ada):
    comment = make_comment(author=ada)
    withdraw_comment(comment, by=Writer(ada))
    restored = undo_withdrawal(comment, by=Writer(ada))
    change_comment_status(restored, to="removed")

    with pytest.raises(CommentRefused) as caught:
        undo_withdrawal(comment, by=Writer(ada))

    assert caught.value.code == "gone"
    assert str(caught.value) == "This comment was removed by a moderator."
    assert Comment.objects.get().status == "removed"


@pytest.mark.parametrize("who", ["a person", "a guest"])
@pytest.mark.parametrize("held", [False, True])
def test_who_said_the_same_again_meanwhile_does_not_say_it_twice(ada, who, held):
    article = make_article()
    writing = {"author": ada} if who == "a person" else {"guest_key": "kim"}
    by = Writer(ada) if who == "a person" else Writer(guest_key="kim")
    parent = make_comment(article)
    comment = make_comment(parent=parent, text="Once.", **writing)
    withdraw_comment(comment, by=by)
    again = make_comment(parent=parent, text="Once.", held=held, **writing)

    with pytest.raises(CommentRefused) as caught:
        undo_withdrawal(comment, by=by)

    assert caught.value.code == "twin"
    assert str(caught.value) == "You have posted the same words again meanwhile."
    assert Comment.objects.get(pk=comment.pk).status == "withdrawn"
    withdraw_comment(again, by=by)
    assert undo_withdrawal(comment, by=by).status == "published"


def test_the_same_words_by_others_or_elsewhere_or_before_keep_nobody_from_undoing(ada):
    article = make_article()
    make_older(make_comment(article, author=ada, text="Once."))
    comment = make_comment(article, author=ada, text="Once.")
    withdraw_comment(comment, by=Writer(ada))
    make_comment(article, author=make_user(), text="Once.")
    make_comment(article, guest_key="kim", text="Once.")
    make_comment(author=ada, text="Once.")
    make_comment(parent=make_comment(article), author=ada, text="Once.")
    make_comment(article, author=ada, text="Twice.")

    assert undo_withdrawal(comment, by=Writer(ada)).status == "published"


def test_after_half_an_hour_words_are_erased_and_the_place_stays(ada):
    article = make_article()
    root = make_older(make_comment(article, guest_name="Kim", guest_key="k", text="A secret."))
    reply = make_comment(parent=root, text="An answer.")
    edit_comment(root, text="A bigger secret.", by=Writer(guest_key="k"))
    withdraw_comment(root, by=Writer(guest_key="k"))
    kept = make_comment(article, author=ada)
    waiting = make_comment(article, author=ada, text="Not yet.")
    assert erase_withdrawn() == 0
    half_an_hour_later()
    withdraw_comment(waiting, by=Writer(ada))

    assert erase_withdrawn() == 1

    erased = Comment.objects.get(pk=root.pk)
    assert (erased.body_src, erased.body_html, erased.guest_name) == ("", "", "")
    assert erased.guest_key_hash == ""
    assert (erased.status, erased.in_tree, erased.erase_at) == ("withdrawn", True, None)
    assert not erased.revisions.exists()
    assert Comment.objects.get(pk=reply.pk).body_src == "An answer."
    assert Comment.objects.get(pk=waiting.pk).body_src == "Not yet."
    assert Comment.objects.get(pk=kept.pk).is_published
    assert refusal_of(undo_withdrawal, root, by=Writer(guest_key="k")) == "gone"
    assert find_lies(article.pk) == []
    assert erase_withdrawn() == 0


def test_too_late_is_too_late_before_the_worker_comes(ada):
    comment = make_comment(author=ada)
    withdraw_comment(comment, by=Writer(ada))
    half_an_hour_later()
    assert refusal_of(undo_withdrawal, comment, by=Writer(ada)) == "gone"


def test_all_that_is_due_is_erased_at_one_time_and_what_is_not_due_stays(ada, monkeypatch):
    monkeypatch.setattr(withdrawing, "ERASED_AT_ONCE", 2)
    article = make_article()
    comments = [make_comment(article, guest_key="kim") for _ in range(5)]
    for comment in comments:
        withdraw_comment(comment, by=Writer(guest_key="kim"))
    half_an_hour_later()
    fresh = make_comment(article, author=ada)
    withdraw_comment(fresh, by=Writer(ada))

    assert erase_withdrawn() == 5

    assert list(Comment.objects.exclude(body_src="")) == [fresh]


def test_the_worker_erases():
    assert erase_withdrawn in [job.work for job in jobs()]
