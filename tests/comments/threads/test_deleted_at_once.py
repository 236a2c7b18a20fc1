"""An article is deleted at the desk while readers write under it."""

from time import monotonic, sleep

import pytest
from django.test import Client

from comments.threads.models import Comment, Thread
from comments.threads.services.locking import lock_threads
from reader.articles.models import Article
from reader.articles.services import delete_articles
from tests.at_once import at_once
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
PATIENCE = 20


def test_what_two_delete_at_once_is_gone_and_nothing_else_is_hindered():
    article, other = make_article(), make_article()
    twice = [article, other]
    delete_articles([article])

    lock_threads([article.pk, other.pk])
    delete_articles(twice)

    assert not Article.objects.exists()
    assert not Thread.objects.exists()


def test_readers_and_who_deletes_do_not_wait_for_each_other():
    articles, people = [make_article() for _ in range(ROUNDS)], [make_user() for _ in range(3)]
    statuses = []

    def write(person):
        browser = Client()
        browser.force_login(person)
        for article in articles:
            until = monotonic() + PATIENCE
            while monotonic() < until:
                answer = browser.post(
                    f"/articles/{article.pk}/comments/",
                    {"text": f"{person.pk} writes {len(statuses)}."},
                )
                statuses.append(answer.status_code)
                if answer.status_code == 404:
                    break

    def delete():
        for article in articles:
            until = monotonic() + PATIENCE
            while Comment.objects.filter(article=article).count() < 6 and monotonic() < until:
                sleep(0.01)
            delete_articles([article])

    jobs = [delete, *[lambda person=person: write(person) for person in people]]
    assert at_once(jobs) == []

    assert set(statuses) <= {303, 404}
    assert statuses.count(404) == ROUNDS * len(people)
    assert not Article.objects.exists()
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()
