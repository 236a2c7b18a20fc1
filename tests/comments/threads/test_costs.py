"""What a write costs does not depend on how deep or how large the thread is that it goes to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.badges.models import Badge
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import change_comment_status, post_comment, vote_comment
from comments.threads.services.counting import find_lies
from comments.threads.tree import LEVELS
from tests.factories import make_article, make_thread, make_user
from tests.plans import analyze, plan_of

pytestmark = pytest.mark.django_db


def writes(parent):
    """Do each kind of write at one comment; tell how many statements each took."""
    ada, bo = make_user(), make_user()
    Badge.objects.create(person=ada, kind="expert", article=parent.article)
    costs = {}

    def count(name, write, *arguments, **fields):
        with CaptureQueriesContext(connection) as queries:
            done = write(*arguments, **fields)
        costs[name] = len(queries)
        return done

    reply = count("reply", post_comment, parent.article, text="Hm.", parent=parent, author=ada)
    reply = reply.comment
    count("vote", vote_comment, reply, by=Writer(bo), value=1)
    count("vote on what has replies", vote_comment, parent, by=Writer(bo), value=-1)
    count("vote that lifts", vote_comment, reply, by=Writer(make_user()), value=1)
    hidden = count("remove", change_comment_status, reply, to="removed")
    count("restore", change_comment_status, hidden, to="published")
    return costs


def test_as_much_at_the_last_level_as_at_the_second():
    deep = make_thread(make_article(), [None, *range(1, LEVELS - 1)])
    shallow = make_thread(make_article(), [None, 1, 2])
    assert writes(deep[-1]) == writes(shallow[-1])
    assert find_lies(deep[0].article_id) == find_lies(shallow[0].article_id) == []


def test_as_much_among_thousands_of_replies_as_among_three(full):
    crowd = make_thread(make_article(), [None, *[1] * (50_000 if full else 1500)])
    few = make_thread(make_article(), [None, 1, 1, 1])
    assert writes(crowd[0]) == writes(few[0])
    assert find_lies(few[0].article_id) == []


def test_the_best_lifter_is_found_by_an_index_without_sorting_the_replies():
    comments = make_thread(make_article(), [None, *[1] * 1500])
    analyze()
    with CaptureQueriesContext(connection) as queries:
        assert Comment.objects.best_lifter(comments[0].pk).pk == comments[1].pk
    plan = plan_of(queries[0]["sql"])
    assert "threads_comment_replies_best" in plan
    assert "Sort" not in plan
    assert "B-TREE" not in plan
