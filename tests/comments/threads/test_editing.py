"""Authors and their own words: edits, versions, taking back."""

import pytest

from comments.moderation.services import (
    DecisionRefused,
    approve_comment,
    hold_comment,
    report_comment,
)
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.services import (
    CommentRefused,
    change_comment_status,
    close_thread,
    edit_comment,
    preview_edit,
    vote_comment,
    withdraw_comment,
)
from tests.factories import (
    make_article,
    make_comment,
    make_moderator,
    make_older,
    make_user,
)

pytestmark = pytest.mark.django_db


def refusal_of(call, *args, **kwargs):
    with pytest.raises(CommentRefused) as caught:
        call(*args, **kwargs)
    return str(caught.value), caught.value.code


def test_an_edit_replaces_the_words_and_keeps_the_old_ones():
    ada = make_user()
    comment = make_older(make_comment(author=ada, text="One."))
    version = Thread.objects.get().version

    edit_comment(comment, text="**Two.**", by=Writer(ada))

    stored = Comment.objects.get()
    assert (stored.body_src, stored.body_html) == ("**Two.**", "<p><strong>Two.</strong></p>")
    assert (stored.revision_no, stored.edited_at > stored.created_at) == (2, True)
    old = stored.revisions.get()
    assert (old.number, old.body_src, old.body_html) == (1, "One.", "<p>One.</p>")
    assert Thread.objects.get().version == version + 1


def test_the_same_words_are_no_edit():
    ada = make_user()
    comment = make_comment(author=ada, text="One.\nTwo.")
    edit_comment(comment, text="One.\r\nTwo.", by=Writer(ada))
    stored = Comment.objects.get()
    assert (stored.revision_no, stored.edited_at, stored.revisions.count()) == (1, None, 0)


def test_only_its_author_changes_a_comment():
    ada = make_user()
    by_ada = make_comment(author=ada)
    by_guest = make_comment(guest_key="kim")
    strangers = [
        (by_ada, Writer(make_user())),
        (by_ada, Writer(guest_key="kim")),
        (by_ada, Writer()),
        (by_guest, Writer(guest_key="lee")),
        (by_guest, Writer(ada)),
        (make_comment(), Writer(guest_key="")),
    ]
    for comment, writer in strangers:
        for call in (edit_comment, withdraw_comment):
            words = {"text": "Mine."} if call is edit_comment else {}
            assert refusal_of(call, comment, by=writer, **words) == (
                "Only its author can change a comment.",
                "not_yours",
            )
    assert edit_comment(by_guest, text="Mine.", by=Writer(guest_key="kim")).body_src == "Mine."


def test_an_edit_obeys_the_rules_of_a_comment():
    ada = make_user()
    comment = make_comment(author=ada)
    assert refusal_of(edit_comment, comment, text=" ", by=Writer(ada))[1] == "empty"
    assert refusal_of(edit_comment, comment, text="x" * 4001, by=Writer(ada))[1] == "too_long"
    close_thread(comment.article)
    assert refusal_of(edit_comment, comment, text="Late.", by=Writer(ada))[1] == "closed"


def within_grace(comment, writer):
    """Edit it; tell whether that left no trace."""
    edited = edit_comment(comment, text="Two.", by=writer)
    assert (edited.body_src, edited.revision_no) == ("Two.", comment.revision_no + 1)
    traces = (edited.edited_at is None, not edited.revisions.exists())
    assert len(set(traces)) == 1
    return all(traces)


def test_within_three_minutes_an_edit_leaves_no_trace():
    ada = make_user()
    assert within_grace(make_comment(author=ada), Writer(ada))
    assert within_grace(make_older(make_comment(author=ada), minutes=2.9), Writer(ada))
    assert not within_grace(make_older(make_comment(author=ada), minutes=3), Writer(ada))
    assert within_grace(make_comment(guest_key="kim"), Writer(guest_key="kim"))


def test_edits_after_the_grace_keep_what_the_grace_left():
    ada = make_user()
    comment = make_comment(author=ada, text="Oen.")
    posted_at = comment.created_at
    edit_comment(comment, text="One.", by=Writer(ada))
    comment = make_older(Comment.objects.get())
    edit_comment(comment, text="Two.", by=Writer(ada))

    old = Comment.objects.get().revisions.get()
    assert (old.number, old.body_src) == (2, "One.")
    assert old.written_at < posted_at


def test_what_somebody_answered_keeps_its_history():
    ada = make_user()
    comment = make_comment(author=ada)
    answer = make_comment(parent=comment, guest_key="kim")
    assert not within_grace(comment, Writer(ada))
    withdrawn = make_comment(author=ada)
    withdraw_comment(make_comment(parent=withdrawn, author=ada), by=Writer(ada))
    assert not within_grace(withdrawn, Writer(ada))
    assert within_grace(answer, Writer(guest_key="kim"))


def test_what_somebody_voted_on_keeps_its_history():
    ada = make_user()
    for value in (1, -1):
        comment = make_comment(author=ada)
        vote_comment(comment, by=Writer(make_user()), value=value)
        assert not within_grace(comment, Writer(ada))
    taken_back, bo = make_comment(author=ada), make_user()
    for value in (1, 0):
        vote_comment(taken_back, by=Writer(bo), value=value)
    assert within_grace(taken_back, Writer(ada))


def test_what_was_reported_or_decided_about_keeps_its_history():
    ada, moderator = make_user(), make_moderator()
    reported, approved, held = (make_comment(author=ada) for _ in range(3))
    report_comment(reported, by=Writer(make_user()), reason="spam")
    approve_comment(approved, moderator=moderator)
    hold_comment(held, moderator=moderator)
    held.refresh_from_db()
    for comment in (reported, approved, held):
        assert not within_grace(comment, Writer(ada))


def test_a_decision_about_words_that_were_quietly_changed_does_not_count():
    ada = make_user()
    comment = make_comment(author=ada, held=True)
    edit_comment(comment, text="Buy this.", by=Writer(ada))
    with pytest.raises(DecisionRefused, match="version 2 now"):
        approve_comment(comment, moderator=make_moderator(), revision_no=1)


def test_a_preview_is_what_an_edit_would_show_and_changes_nothing():
    ada = make_user()
    comment = make_comment(author=ada, text="One.")
    assert preview_edit(comment, text="*Two.*", by=Writer(ada)) == "<p><em>Two.</em></p>"
    assert refusal_of(preview_edit, comment, text="", by=Writer(ada))[1] == "empty"
    assert refusal_of(preview_edit, comment, text="Mine.", by=Writer())[1] == "not_yours"
    close_thread(comment.article)
    assert refusal_of(preview_edit, comment, text="Late.", by=Writer(ada))[1] == "closed"
    assert Comment.objects.get().body_src == "One."


def test_what_a_moderator_removed_stays_as_it_is():
    ada = make_user()
    comment = make_comment(author=ada)
    change_comment_status(comment, to="removed")
    sentence = ("This comment was removed by a moderator.", "gone")
    assert refusal_of(edit_comment, comment, text="Back.", by=Writer(ada)) == sentence
    assert refusal_of(withdraw_comment, comment, by=Writer(ada)) == sentence


def test_where_guests_are_held_an_edited_comment_is_held_again(settings):
    article = make_article()
    comment = make_comment(article, guest_key="kim")
    settings.COMMENT_GUESTS = "held"

    edited = edit_comment(comment, text="Buy this.", by=Writer(guest_key="kim"))

    article.refresh_from_db()
    assert (edited.status, article.comment_count) == ("held", 0)
    again = edit_comment(edited, text="Buy that.", by=Writer(guest_key="kim"))
    assert (again.status, again.revision_no) == ("held", 3)
