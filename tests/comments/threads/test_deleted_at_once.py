"""An article is deleted at the desk while readers write under it."""

import pytest
from django.test import Client

from comments.threads.models import Comment, Thread
from reader.articles.models import Article
from reader.articles.services import delete_articles
from tests.comments.threads.at_once import at_once
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


def test_readers_and_who_deletes_do_not_wait_for_each_other():
    articles, people = [make_article() for _ in range(ROUNDS)], [make_user() for _ in range(3)]
    statuses = []

    def write(person):
        browser = Client()
        browser.force_login(person)
        for article in articles:
            for number in range(50):
                answer = browser.post(
                    f"/articles/{article.pk}/comments/", {"text": f"{person.pk} writes {number}."}
                )
                statuses.append(answer.status_code)
                if answer.status_code == 404:
                    break

    def delete():
        for article in articles:
            while Comment.objects.filter(article=article).count() < 6:
                pass
            delete_articles([article])

    jobs = [delete, *[lambda person=person: write(person) for person in people]]
    assert at_once(jobs) == []

    assert set(statuses) <= {303, 404}
    assert statuses.count(404) == ROUNDS * len(people)
    assert not Article.objects.exists()
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()
