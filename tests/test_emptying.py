"""Between tests that commit the tables are empty, and what migrations make is there."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

from comments.threads.models import Comment
from reader.accounts.models import User
from reader.articles.models import Article
from tests.emptying import QuickEmptying
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_test_wrote_is_gone_and_what_migrations_made_is_kept():
    permissions = set(Permission.objects.values_list("pk", "codename"))
    types = set(ContentType.objects.values_list("pk", "model"))
    emptying = QuickEmptying()
    make_comment(author=make_user())

    assert emptying.run()

    assert [model.objects.count() for model in (Comment, Article, User)] == [0, 0, 0]
    assert set(Permission.objects.values_list("pk", "codename")) == permissions != set()
    assert set(ContentType.objects.values_list("pk", "model")) == types != set()
    assert Group.objects.get(name="moderator").permissions.exists()


def test_where_a_test_changed_that_it_is_made_again():
    emptying = QuickEmptying()
    moderator = Group.objects.get(name="moderator")
    granted = set(moderator.permissions.values_list("codename", flat=True))
    moderator.permissions.clear()
    make_user()

    assert not emptying.run()
    assert User.objects.exists()
    TransactionTestCase()._fixture_teardown()

    moderator = Group.objects.get(name="moderator")
    assert set(moderator.permissions.values_list("codename", flat=True)) == granted
    assert not User.objects.exists()


def test_the_indexes_are_emptied_too():
    make_comment(make_article("Night ferry"), text="The ferry was late.")

    TransactionTestCase()._fixture_teardown()

    with connection.cursor() as cursor:
        for words in ("search_words", "comment_words"):
            cursor.execute(f"SELECT count(*) FROM {words}")
            assert cursor.fetchone()[0] == 0, words
