"""How the engines read: by an index wherever a reader waits, never the whole table."""

import re

import pytest
from django.db import connection
from django.db.models import Max
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments.threads import thread_sql
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import change_comment_status, post_comment
from comments.threads.tree import BY_ARRIVAL, BY_NUMBER, SORTS
from reader.accounts.models import User
from tests.factories import make_article, make_thread, make_user
from tests.plans import analyze, plan_of, table_scans

pytestmark = pytest.mark.django_db

# With fewer rows PostgreSQL reads faster without an index, and rightly so.
THREADS, COMMENTS = 40, 200
WORDS = "Words. " * 250


@pytest.fixture
def article():
    """One of many threads of many comments, with statistics that know it."""
    articles = [make_article() for _ in range(THREADS)]
    answers = [None if n % 4 == 0 else n for n in range(COMMENTS)]
    for article in articles:
        comments = make_thread(article, answers, author=make_user(), body_html=WORDS)
        change_comment_status(comments[-1], to="held")
    analyze()
    return articles[THREADS // 2]


def whole_tables(plan):
    """List the steps that read the whole table of comments."""
    # People and votes are so few here that only what is said of comments means something. The
    # moderators' queue is an index of its own: it holds what waits and nothing else.
    plan = plan.replace("SCAN threads_comment USING INDEX threads_comment_waiting", "")
    return table_scans(plan, ["threads_comment"], called="ckp")


def whole_threads(plan):
    """List the steps that read every comment of an article, which SQLite calls a search, too."""
    index = r"INDEX sqlite_autoindex_threads_comment_\d+"
    return re.findall(rf"SEARCH \w+ USING {index} \(article_id=\?\)", plan)


def page_plans(article):
    comment = Comment.objects.filter(article=article, depth=0)[3]
    params = {
        "article": article.pk, "viewer": 1, "guest": "k", "parent": comment.pk,
        "comment": comment.pk, "visit": connection.ops.adapt_datetimefield_value(timezone.now()),
        "now": connection.ops.adapt_datetimefield_value(timezone.now()), "since": None,
    }  # fmt: skip
    for sort in SORTS.values():
        after = getattr(comment, sort.key)
        roots = thread_sql.page_statement(thread_sql.ROOTS, sort)
        yield plan_of(roots, params | {"after": after})
        replies = thread_sql.page_statement(thread_sql.REPLIES_TO, sort.among_replies())
        yield plan_of(replies, params | {"after": after})
        branch = thread_sql.branch_statement(sort.among_replies(), [1, 2, 3])
        yield plan_of(branch, params | {"after": 0})
    for start, sort, params["after"] in [
        (thread_sql.NEW, BY_ARRIVAL, None),
        (thread_sql.NEW, BY_ARRIVAL, 150),
        (thread_sql.PICKS, BY_NUMBER, 0),
    ]:
        yield plan_of(thread_sql.found_statement(start, sort), params)
    for start in (thread_sql.ANSWERED, thread_sql.UNANSWERED):
        yield plan_of(thread_sql.page_statement(start, SORTS["best"]), params | {"after": 0})


def test_no_question_of_a_page_or_a_post_reads_the_whole_table(article):
    plan = plan_of("SELECT id FROM threads_comment WHERE body_src = %(x)s", {"x": "x"})
    assert len(whole_tables(plan)) == 1  # or this test could not fail

    plans = list(page_plans(article))
    for plan in plans:
        assert whole_tables(plan) == [], plan
        assert whole_threads(plan) == [], plan
    for plan, index in zip(plans[0:9:3], ["roots_best", "roots_seq", "roots_seq"], strict=True):
        assert f"threads_comment_{index}" in plan, plan
    for plan, index in zip(plans[1:9:3], ["best", "seq", "seq"], strict=True):
        assert f"threads_comment_replies_{index}" in plan, plan
    for plan, index in zip(
        plans[9:], ["news", "news", "picks", "questions", "questions"], strict=True
    ):
        assert f"threads_comment_{index}" in plan, plan

    ada = User.objects.get(pk=Comment.objects.filter(article=article).first().author_id)
    comment = Comment.objects.filter(article=article, depth=3).first()
    questions = [
        Comment.objects.for_action().filter(pk=comment.pk),
        Comment.objects.above(comment),
        Comment.objects.below(comment),
        Comment.objects.by_writer(Writer(ada)).newest_first()[:5],
        Comment.objects.by_writer(Writer(guest_key="kim")).newest_first()[:5],
        Comment.objects.public().by_author(ada).for_list().newest_first()[:30],
        Comment.objects.waiting()[:50],
        Comment.objects.in_thread(article.pk),
        Comment.objects.filter(parent_id__in=[comment.pk]),
        Comment.objects.filter(article_id__in=[article.pk]),
    ]
    for question in questions:
        sql, params = question.query.sql_with_params()
        assert whole_tables(plan_of(sql, params)) == [], sql


def test_a_comment_with_a_crowd_below_it_costs_no_more_than_what_is_shown(article):
    """Most comments have one reply or none; an engine must not take this for a rule."""
    crowded = make_article()
    make_thread(crowded, [None, *([1] * COMMENTS * 10)])
    analyze()
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    params = {"article": crowded.pk, "viewer": None, "guest": None, "since": None}

    for sort in SORTS.values():
        after = thread_sql.NO_LIMIT if sort.descends else 0
        statement = thread_sql.page_statement(thread_sql.ROOTS, sort)
        plan = plan_of(statement, params | {"after": after, "now": now, "visit": now})
        index = f"threads_comment_replies_{sort.reply_key}"
        found = re.findall(
            r"threads_comment_replies_\w+ (?:on threads_comment c_|\(parent_id)", plan
        )
        assert found
        assert all(step.startswith(index) for step in found), plan


def test_what_is_new_for_a_stranger_is_counted_by_what_arrived(client, article):
    since = Comment.objects.in_thread(article.pk).aggregate(last=Max("arrival"))["last"] - 5
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("threads:thread_arrivals", args=[article.pk]), {"since": since})

    plan = plan_of(asked[0]["sql"])
    assert "threads_comment_news" in plan or "threads_comment_arrival_unique" in plan, plan
    assert re.search(r"Index Cond: .*arrival >|INDEX .*arrival>", plan), plan


def test_a_post_looks_for_its_twin_in_its_own_thread(article):
    ada = make_user()
    with CaptureQueriesContext(connection) as asked:
        post_comment(article, text="Once", author=ada)

    (twin,) = [
        query["sql"]
        for query in asked
        if query["sql"].startswith("SELECT") and '"body_src" =' in query["sql"]
    ]
    # By the numbers of the thread, or by who wrote it; not by all that answer nothing.
    assert "threads_comment_replies" not in plan_of(twin, None)
