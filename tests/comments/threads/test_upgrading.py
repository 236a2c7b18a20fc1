"""A site that has comments comes along when its tables change."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comments.threads.people import Writer
from comments.threads.services import vote_comment
from comments.threads.services.counting import find_lies
from tests.factories import make_article, make_comment, make_user

BEFORE_THE_CONVERSATION = ("threads", "0002_footprints")


@pytest.fixture
def at_an_older_version(transactional_db):
    def go_back(target):
        MigrationExecutor(connection).migrate([target])

    yield go_back
    call_command("migrate", verbosity=0)


def test_comments_rank_and_arrive_after_the_upgrade_as_they_stood(at_an_older_version):
    article = make_article()
    weak = make_comment(article)
    strong = make_comment(parent=weak)
    for _ in range(6):
        vote_comment(strong, by=Writer(make_user()), value=1)
    make_comment(article, held=True)
    before = connection.cursor()
    before.execute("SELECT id, best, arrival, lifted_by FROM threads_comment ORDER BY id")
    stood = before.fetchall()
    assert stood[0][3] == strong.pk

    at_an_older_version(BEFORE_THE_CONVERSATION)
    with connection.cursor() as cursor:
        # What an older version kept: its own rank alone.
        cursor.execute(
            "UPDATE threads_comment SET best = %s + id WHERE id = %s",
            [651744 << 43, weak.pk],
        )
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, best, arrival, lifted_by FROM threads_comment ORDER BY id")
        assert cursor.fetchall() == stood
    assert find_lies(article.pk) == []
