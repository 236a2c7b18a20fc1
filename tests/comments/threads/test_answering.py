"""A question is answered when somebody whose answers the thread is about has replied to it."""

import pytest

from comments.badges.models import Badge
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.services import (
    change_comment_status,
    refresh_answers,
    withdraw_comment,
)
from comments.threads.services.counting import find_lies, recount_thread
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def guest(article):
    guest = make_user("Dr Vale")
    Badge.objects.create(person=guest, kind="expert", article=article)
    return guest


def answered(article):
    assert find_lies(article.pk) == []
    comments = Comment.objects.filter(article=article, is_answered=True)
    return set(comments.values_list("pk", flat=True))


def test_a_reply_by_the_guest_answers_what_it_replies_to_and_nothing_else(article, guest):
    question = make_comment(article)
    reader_reply = make_comment(parent=question, author=make_user())
    make_comment(parent=question)
    assert answered(article) == set()
    make_comment(parent=reader_reply, author=guest)
    assert answered(article) == {reader_reply.pk}
    make_comment(parent=question, author=guest)
    assert answered(article) == {question.pk, reader_reply.pk}
    elsewhere = make_comment(parent=make_comment(), author=guest)
    assert answered(elsewhere.article) == set()


def test_a_question_stays_answered_as_long_as_one_answer_can_be_read(article, guest):
    question = make_comment(article)
    held = make_comment(parent=question, author=guest, held=True)
    assert answered(article) == set()
    change_comment_status(held, to="published")
    assert answered(article) == {question.pk}
    second = make_comment(parent=question, author=guest)
    withdraw_comment(second, by=Writer(guest))
    assert answered(article) == {question.pk}
    removed = change_comment_status(Comment.objects.get(pk=held.pk), to="removed")
    assert answered(article) == set()
    change_comment_status(removed, to="published")
    assert answered(article) == {question.pk}


def test_answers_count_from_the_moment_a_badge_is_granted_until_it_is_taken_back(article):
    question, vale = make_comment(article), make_user()
    make_comment(parent=question, author=vale)
    version = Thread.objects.get(pk=article.pk).version
    badge = Badge.objects.create(person=vale, kind="author", article=article)
    refresh_answers(article.pk)
    assert answered(article) == {question.pk}
    assert Thread.objects.get(pk=article.pk).version == version + 1
    refresh_answers(article.pk)
    assert Thread.objects.get(pk=article.pk).version == version + 1
    badge.delete()
    refresh_answers(article.pk)
    assert answered(article) == set()


def test_a_badge_that_holds_everywhere_makes_nobody_the_guest_of_a_thread(article):
    question, ada = make_comment(article), make_user()
    Badge.objects.create(person=ada, kind="expert")
    make_comment(parent=question, author=ada)
    refresh_answers(article.pk)
    assert answered(article) == set()


def test_a_recount_finds_and_mends_what_is_answered(article, guest):
    question, other = make_comment(article), make_comment(article)
    make_comment(parent=question, author=guest)
    Comment.objects.filter(pk=question.pk).update(is_answered=False)
    Comment.objects.filter(pk=other.pk).update(is_answered=True)
    assert {str(lie) for lie in find_lies(article.pk)} == {
        f"is_answered of comment {question.pk} is False, counted True",
        f"is_answered of comment {other.pk} is True, counted False",
    }
    recount_thread(article.pk)
    assert answered(article) == {question.pk}
