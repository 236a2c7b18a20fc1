"""What stays true of a thread when somebody with a badge, or its article, is deleted."""

import pytest
from django.urls import reverse

from comments.badges.models import Badge
from comments.badges.services import revoke_badge
from comments.threads.models import Comment, Thread
from comments.threads.services.counting import find_lies
from reader.articles.services import delete_articles
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered():
    """A question with an answer by an expert, whose name is Ada."""
    question, expert = make_comment(), make_user("Ada")
    Badge.objects.create(person=expert, kind="expert", article=question.article)
    make_comment(parent=question, author=expert)
    question.refresh_from_db()
    assert question.is_answered
    return question


def delete_at_the_desk(client, *people):
    client.force_login(make_user("Boss", is_staff=True, is_superuser=True))
    if len(people) == 1:
        address = reverse("admin:accounts_user_delete", args=[people[0].pk])
        return client.post(address, {"post": "yes"})
    chosen = [person.pk for person in people]
    fields = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    return client.post(reverse("admin:accounts_user_changelist"), fields)


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "with another"])
def test_a_question_loses_its_answer_with_the_account_of_who_gave_it(client, answered, others):
    expert = Badge.objects.get().person
    version = Thread.objects.get().version

    delete_at_the_desk(client, expert, *[make_user() for _ in range(others)])

    answered.refresh_from_db()
    assert not answered.is_answered
    assert find_lies(answered.article_id) == []
    assert Thread.objects.get().version > version


def test_badges_go_quietly_with_their_article(answered):
    delete_articles([answered.article])

    assert not (Badge.objects.exists() or Thread.objects.exists() or Comment.objects.exists())


def test_a_badge_that_is_taken_is_told_of_at_once(answered):
    revoke_badge(Badge.objects.get())

    answered.refresh_from_db()
    assert not answered.is_answered
