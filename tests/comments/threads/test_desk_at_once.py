"""An editor saves an article's page at the desk while readers write under that article."""

import pytest
from django.test import Client

from comments.threads.models import Comment, Thread
from comments.threads.services import post_comment
from comments.threads.services.counting import find_lies
from tests.at_once import at_once
from tests.factories import make_article, make_user
from tests.reader.desk.forms import change_of, form_of

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12


@pytest.mark.parametrize("begun", [True, False], ids=["a thread", "no thread yet"])
def test_editors_and_readers_do_not_wait_for_each_other(begun):
    article, people = make_article(), [make_user() for _ in range(2)]
    if begun:
        post_comment(article, text="First.", author=make_user())
    editor = make_user("Edda", is_staff=True, is_superuser=True)
    page, problems = change_of(article), []

    def edit():
        desk = Client()
        desk.force_login(editor)
        for number in range(ROUNDS):
            fields = form_of(desk.get(page))
            prefix = next(name for name in fields if name.endswith("-0-mode"))
            mode = "discussion" if fields[prefix] == "questions" else "questions"
            changes = {"title": f"Title {number}", prefix: mode}
            answer = desk.post(page, fields | changes)
            if answer.status_code != 302:
                problems.append(answer.context["errors"])

    def write(person):
        for number in range(ROUNDS * 4):
            post_comment(article, text=f"{person.pk} writes {number}", author=person)

    jobs = [edit, *[lambda person=person: write(person) for person in people]]
    assert at_once(jobs) == []

    assert problems == []
    article.refresh_from_db()
    assert article.title == f"Title {ROUNDS - 1}"
    assert Comment.objects.count() == ROUNDS * 8 + begun
    assert find_lies(article.pk) == []
    assert Thread.objects.get().mode in Thread.Mode.values
