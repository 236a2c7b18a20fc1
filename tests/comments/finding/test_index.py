"""What the index of comments has in it: what everybody may read, as it is now."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comments.finding.engine import comment_engine
from comments.finding.finding import count_comments, find_comments, newest_comments
from comments.finding.laying_out import plain_text
from comments.finding.models import CommentEntry, NameWord
from comments.moderation.services import remove_comment
from comments.threads.importing import import_records_of_comments
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import (
    change_comment_status,
    claim_comments,
    edit_comment,
    erase_withdrawn,
    undo_withdrawal,
    withdraw_comment,
)
from reader.accounts.services import rename_user
from reader.articles import services as articles
from reader.search.grammar import parse_question
from reader.search.tabs import Wanted
from tests.factories import make_article, make_comment, make_moderator, make_publisher, make_user

pytestmark = pytest.mark.django_db
Status = Comment.Status


def found(text):
    """Search in every way there is; all of them have to say the same."""
    question = parse_question(text)
    newest = [comment.pk for comment in newest_comments(question).items]
    best = find_comments(Wanted(question), None)
    assert {result.comment.pk for result in best.results} == set(newest)
    assert best.count == count_comments(Wanted(question)).number == len(newest)
    return newest


def test_a_comment_is_found_as_soon_as_it_is_posted():
    comment = make_comment(text="The **night** ferries were late")
    assert found("night ferry") == [comment.pk]


def test_it_is_found_by_the_words_it_has_now():
    ada = make_user()
    comment = make_comment(text="A ferry", author=ada)
    edit_comment(comment, text="A train", by=Writer(ada))

    assert found("ferry") == []
    assert found("train") == [comment.pk]


def test_what_is_held_is_found_once_it_is_approved_and_no_more_when_it_is_removed():
    comment = make_comment(text="A ferry", held=True)
    assert found("ferry") == []

    comment = change_comment_status(comment, to=Status.PUBLISHED)
    assert found("ferry") == [comment.pk]
    comment = change_comment_status(comment, to=Status.REMOVED)
    assert found("ferry") == []
    comment = change_comment_status(comment, to=Status.PUBLISHED)
    assert found("ferry") == [comment.pk]
    change_comment_status(comment, to=Status.HELD)
    assert found("ferry") == []


def test_what_moderators_decide_is_followed():
    comment = make_comment(text="A ferry")
    remove_comment(comment, moderator=make_moderator(), reason="spam")
    assert found("ferry") == []


def test_what_is_withdrawn_is_gone_at_once_and_back_when_that_is_undone():
    ada = make_user()
    comment = make_comment(text="A ferry", author=ada)
    withdrawn = withdraw_comment(comment, by=Writer(ada))
    assert found("ferry") == []

    undo_withdrawal(withdrawn, by=Writer(ada))
    assert found("ferry") == [comment.pk]


def test_what_is_erased_leaves_no_word_behind():
    ada = make_user()
    comment = make_comment(text="A ferry", author=ada)
    withdraw_comment(comment, by=Writer(ada))
    Comment.objects.update(erase_at=timezone.now())
    assert erase_withdrawn() == 1

    assert found("ferry") == []
    assert rows_of_words() == 0


def test_a_held_edit_of_a_guest_is_not_found(settings):
    settings.COMMENT_GUESTS = "held"
    comment = make_comment(text="A ferry", guest_name="Bo", guest_key="key")
    comment = change_comment_status(comment, to=Status.PUBLISHED)
    assert found("ferry") == [comment.pk]

    edit_comment(comment, text="A ferry, or two", by=Writer(guest_key="key"))
    assert found("ferry") == []


def test_comments_come_and_go_with_their_article():
    article = make_article()
    comment = make_comment(article, text="A ferry")
    articles.withdraw_article(article)
    assert found("ferry") == []

    articles.publish_article(article)
    assert found("ferry") == [comment.pk]


def test_an_embargo_hides_the_comments_until_its_moment():
    article = make_article()
    make_comment(article, text="A ferry")
    type(article).objects.filter(pk=article.pk).update(
        shown_from=timezone.now() + timedelta(hours=1)
    )
    assert found("ferry") == []


def test_nothing_is_left_of_a_deleted_article():
    article = make_article()
    make_comment(article, text="A ferry")
    articles.delete_articles([article])

    assert found("ferry") == []
    assert CommentEntry.objects.count() == rows_of_words() == 0


def test_what_is_imported_is_found_and_what_was_deleted_elsewhere_is_not():
    thread = {
        "thread_id": "t1",
        "thread_title": "Port",
        "thread_created_at": "2026-01-01T00:00:00Z",
    }
    said = {"author": "Ada", "body": "A ferry", "created_at": "2026-01-02T00:00:00Z"}
    later = {"author": "Bo", "body": "A ferry, yes", "created_at": "2026-01-03T00:00:00Z"}
    gone = {"deleted": True, "created_at": "2026-01-02T00:00:00Z"}
    records = [
        {"id": "1", "parent_id": None, **said},
        {"id": "2", "parent_id": "1", **gone},
        {"id": "3", "parent_id": "1", **later},
    ]
    import_records_of_comments([{**thread, **record} for record in records])

    said = Comment.objects.filter(status="published").order_by("-created_at")
    assert found("ferry") == [comment.pk for comment in said]
    assert len(found("ferry author:ada")) == 1


def test_a_person_is_found_by_the_name_they_have_now():
    ada = make_user("Ada Quill")
    comment = make_comment(text="A ferry", author=ada)
    make_comment(text="A ferry", author=make_user("Bo Reed"))
    assert found("author:ada") == found('author:"ada quill"') == [comment.pk]

    rename_user(ada, name="Éva Lind")
    assert found("author:ada") == []
    assert found("author:eva ferry") == [comment.pk]


def test_guests_and_people_of_one_name_are_both_found():
    guest = make_comment(text="A ferry", guest_name="Ada Reed")
    person = make_comment(text="A ferry", author=make_user("Ada Quill"))

    assert found("author:ada") == [person.pk, guest.pk]
    assert found("ferry -author:ada") == []
    assert found('author:"ada reed"') == [guest.pk]
    assert found('author:"reed ada"') == []


def test_claimed_comments_are_found_by_the_name_of_the_claimer_alone():
    comment = make_comment(text="A ferry", guest_name="Somebody", guest_key="key")
    claim_comments(make_user("Ada"), guest_key="key")

    assert found("author:ada") == [comment.pk]
    assert found("author:somebody") == []


def test_nobody_is_found_by_a_name_whose_account_is_gone():
    ada = make_user("Ada")
    comment = make_comment(text="A ferry", author=ada)
    ada.delete()

    assert found("author:ada") == []
    assert found("ferry") == [comment.pk]
    assert NameWord.objects.count() == 0


def test_comments_are_found_by_publisher_section_and_language_of_the_article():
    article = make_article(publisher=make_publisher("Gazette"), language="en-GB")
    comment = make_comment(article, text="A ferry")
    make_comment(text="A ferry")

    assert found("ferry publisher:gazette") == [comment.pk]
    assert found("ferry lang:en") == found("lang:en-gb") == [comment.pk]
    articles.edit_article(article, by=None, language="es", publisher=make_publisher("Herald"))
    assert found("ferry publisher:gazette") == found("lang:en") == []
    assert found("lang:es publisher:herald") == [comment.pk]


def test_comments_are_found_by_when_they_were_said_not_by_when_their_article_was():
    comment = make_comment(make_article(hours_ago=24 * 400), text="A ferry")
    assert found(f"ferry after:{timezone.localdate():%Y-%m-%d}") == [comment.pk]
    assert found("ferry before:2020") == []


@pytest.mark.parametrize("everything", [True, False])
def test_the_command_makes_the_index_whole(everything, monkeypatch):
    monkeypatch.setattr("comments.finding.services.BATCH_SIZE", 2)
    comments = [make_comment(text="A ferry", author=make_user("Ada")) for _ in range(5)]
    held = make_comment(text="A ferry", held=True)
    NameWord.objects.all().delete()
    for comment in comments[1::2]:
        comment_engine().remove([comment_place(comment)])
        CommentEntry.objects.filter(comment=comment).delete()

    said = run_command(everything=everything)

    assert found("ferry author:ada") == [comment.pk for comment in reversed(comments)]
    assert held.pk not in found("ferry")
    assert f"Indexed {5 if everything else 2} comments" in said


def test_the_command_takes_up_what_an_older_version_laid_out():
    comment = make_comment(text="A ferry")
    CommentEntry.objects.update(layout=0)
    comment_engine().remove([comment_place(comment)])
    assert found("ferry") == []

    assert "Indexed 1 comment in" in run_command()
    assert "Indexed 0 comments in" in run_command()
    assert found("ferry") == [comment.pk]


def test_rebuilding_drops_what_should_not_be_there_and_goes_on_where_it_was_stopped(monkeypatch):
    monkeypatch.setattr("comments.finding.services.BATCH_SIZE", 1)
    first, second, third = (make_comment(text="A ferry") for _ in range(3))
    Comment.objects.filter(pk=second.pk).update(status="removed", in_tree=False)

    assert "Indexed 1 comment in" in run_command(everything=True, after=first.pk)
    assert found("ferry") == [third.pk, first.pk]
    assert rows_of_words() == 2


@pytest.mark.once
def test_the_words_of_a_comment_are_read_as_they_are_seen():
    rendered = '<p>A <em>fer</em>ry <a rel="ugc" href="https://a.example/?x=&quot;>">to</a></p><p>B&amp;C<br>d</p>'
    assert plain_text(rendered).split("\n") == ["A ferry to", "", "B&C", "d"]


def comment_place(comment):
    return CommentEntry.objects.get(comment=comment).place


def rows_of_words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM comment_words")
        return cursor.fetchone()[0]


def run_command(*, everything=False, after=0):
    lines = []

    class Stream:
        def write(self, text):
            lines.append(text)

        def flush(self):
            pass

    call_command("index_comments", everything=everything, after=after, stdout=Stream())
    return "".join(lines)
