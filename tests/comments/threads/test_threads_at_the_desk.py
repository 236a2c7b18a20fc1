"""A thread's settings at the desk, and what a thread of questions says."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from comments.badges.models import Badge
from comments.threads.models import Comment, Thread
from tests.comments.threads.pages import HTMX
from tests.factories import make_article, make_comment, make_moderator, make_user
from tests.reader.desk.forms import form_of

pytestmark = pytest.mark.django_db

LIST = reverse("admin:threads_thread_changelist")


@pytest.fixture
def editor(client):
    editor = make_user("Edda", is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    client.force_login(editor)
    return editor


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def choose(client, article, **chosen):
    fields = form_of(client.get(page_of(article)))
    prefix = next(name for name in fields if name.endswith("-0-mode")).removesuffix("mode")
    assert f"{prefix}comments" in fields
    changes = {f"{prefix}{name}": value for name, value in chosen.items()}
    return client.post(page_of(article), fields | changes)


def thread_of(article):
    return Thread.objects.filter(pk=article.pk).first()


def test_an_editor_makes_a_thread_one_of_questions_before_anybody_has_written(client, editor):
    article = make_article()

    choose(client, article)
    assert thread_of(article) is None
    choose(client, article, mode="questions")

    assert (thread_of(article).mode, thread_of(article).is_open) == ("questions", True)


def test_comments_are_closed_and_opened_by_hand(client, editor):
    article = make_comment().article

    choose(client, article, comments="closed")
    closed = thread_of(article)
    choose(client, article, mode="questions")
    still_closed = thread_of(article)
    choose(client, article, comments="open")

    assert not closed.is_open
    assert closed.closed_at == still_closed.closed_at
    assert (thread_of(article).is_open, thread_of(article).closed_at) == (True, None)
    assert thread_of(article).mode == "questions"


def test_the_panel_names_whose_answers_count(client, editor):
    article = make_article()
    assert "Nobody yet" in client.get(page_of(article)).content.decode()
    for name, kind, words in (("Ada", "author", ""), ("Bo", "expert", "tides")):
        Badge.objects.create(person=make_user(name), article=article, kind=kind, words=words)

    html = client.get(page_of(article)).content.decode()

    assert "Ada (Author of the article), Bo (tides)" in html


def test_moderators_find_threads_in_a_list_and_can_neither_make_nor_delete_one(client):
    article = make_comment().article
    client.force_login(make_moderator())
    change = reverse("admin:threads_thread_change", args=[article.pk])
    assert article.headline in client.get(LIST).content.decode()

    client.post(change, {"comments": "closed", "mode": "questions"})

    assert (thread_of(article).is_open, thread_of(article).mode) == (False, "questions")
    assert client.get(reverse("admin:threads_thread_add")).status_code == 403
    delete = reverse("admin:threads_thread_delete", args=[article.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_desk_says_when_threads_close_by_themselves(client, editor, settings):
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30

    make_comment()
    client.force_login(make_moderator())
    html = client.get(reverse("admin:threads_thread_change", args=[Thread.objects.get().pk]))

    assert "when the article is 30 days old" in html.content.decode()


def test_a_thread_of_questions_asks_for_questions(client):
    article = make_article()
    Thread.objects.create(article=article, mode="questions")

    html = client.get(article.get_absolute_url()).content.decode()

    for words in (
        "Questions and answers",
        "No questions yet",
        "Ask what you would like to know.",
        "Your question",
        "Post question",
    ):
        assert words in html
    for words in ("No comments yet", "Your comment", "Post comment", "The floor is yours"):
        assert words not in html
    address = reverse("threads:article_comments", args=[article.pk])
    given_back = client.post(address, {"text": " "}, headers=HTMX).content.decode()
    assert "Your question" in given_back
    assert "Write a few words first." in given_back
    client.post(address, {"text": "Why so late?"})
    reply = client.get(reverse("threads:comment_reply", args=[Comment.objects.get().pk]))
    assert "Your reply to" in reply.content.decode()
