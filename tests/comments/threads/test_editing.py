"""Authors and their own words: edits, versions, taking back."""

import pytest

from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.services import (
    CommentRefused,
    change_comment_status,
    close_thread,
    edit_comment,
    withdraw_comment,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def refusal_of(call, *args, **kwargs):
    with pytest.raises(CommentRefused) as caught:
        call(*args, **kwargs)
    return str(caught.value), caught.value.code


def test_an_edit_replaces_the_words_and_keeps_the_old_ones():
    ada = make_user()
    comment = make_comment(author=ada, text="One.")
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


def test_a_withdrawn_comment_goes_at_once_and_for_good():
    article, ada = make_article(), make_user()
    comment = make_comment(article, author=ada)
    close_thread(article)

    withdraw_comment(comment, by=Writer(ada))

    stored = Comment.objects.get()
    article.refresh_from_db()
    assert (stored.status, stored.in_tree, article.comment_count) == ("withdrawn", False, 0)
    sentence = ("You have withdrawn this comment.", "gone")
    assert refusal_of(withdraw_comment, comment, by=Writer(ada)) == sentence
    assert refusal_of(edit_comment, comment, text="Back.", by=Writer(ada)) == sentence


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
