"""Counts never lie: every cached number against a recount, after whatever people do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.reading import load_replies, load_thread
from comments.threads.refusals import CommentChanged, CommentRefused
from comments.threads.services import (
    change_comment_status,
    post_comment,
    vote_comment,
    withdraw_comment,
)
from comments.threads.services.counting import find_lies
from comments.threads.services.statuses import NEXT
from comments.threads.tree import SORTS
from reader.articles.models import Article
from tests.comments.threads.lifts import naive_lifts, stored_lifts
from tests.factories import make_article, make_comment, make_user


def reachable(article, sort):
    """Follow every link of a thread as a stranger; return the rows in the order they are met."""
    rows = []

    def meet(branches, parent_pk):
        for branch in branches:
            assert branch.comment.parent_id == parent_pk
            rows.append(branch.comment)
            meet(branch.replies, branch.comment.pk)
            cursor, missing = branch.more_cursor, branch.more_count
            while missing:
                page = load_replies(
                    Comment.objects.get(pk=branch.comment.pk), sort=sort, after=cursor
                )
                missing -= len(page.branches)
                meet(page.branches, branch.comment.pk)
                assert (page.next_cursor is None) == (missing == 0)
                cursor = page.next_cursor

    cursor = None
    while True:
        page = load_thread(article, sort=sort, after=cursor)
        meet(page.branches, None)
        cursor = page.next_cursor
        if cursor is None:
            return rows


class Conversation(RuleBasedStateMachine):
    """
    People post, vote, withdraw and decide in any order; two threads side by side.

    Examples share a transaction, so each looks at its own articles only.
    """

    articles = ()
    posted = 0

    @initialize()
    def begin(self):
        self.articles = [make_article(), make_article()]
        self.ada = make_user("Ada")
        self.voters = [make_user() for _ in range(3)]

    def pick(self, number):
        comments = list(Comment.objects.filter(article__in=self.articles).order_by("pk"))
        return comments[number % len(comments)] if comments else None

    @rule(which=st.integers(0, 1), times=st.integers(1, 4), held=st.booleans())
    def post(self, which, times, held):
        for _ in range(times):
            self.posted += 1
            text = f"Number {self.posted}"
            post_comment(self.articles[which], text=text, author=self.ada, held=held)

    @rule(number=st.integers(0, 1000), times=st.integers(1, 5), held=st.booleans())
    def answer(self, number, times, held):
        parent = self.pick(number)
        for _ in range(times if parent else 0):
            self.posted += 1
            text = f"Number {self.posted}"
            try:
                post_comment(parent.article, text=text, parent=parent, author=self.ada, held=held)
            except CommentRefused as refusal:
                assert refusal.code == "gone"
                assert not parent.is_published

    @rule(number=st.integers(0, 1000), to=st.sampled_from(sorted(Comment.Status)))
    def decide(self, number, to):
        comment = self.pick(number)
        if comment is not None:
            try:
                change_comment_status(comment, to=to)
            except CommentChanged:
                assert to not in NEXT[comment.status]

    @rule(number=st.integers(0, 1000))
    def withdraw(self, number):
        comment = self.pick(number)
        if comment is not None:
            try:
                withdraw_comment(comment, by=Writer(self.ada))
            except CommentRefused as refusal:
                assert refusal.code == "gone"

    @rule(number=st.integers(0, 1000), voter=st.integers(0, 2), value=st.integers(-1, 1))
    def vote(self, number, voter, value):
        comment = self.pick(number)
        if comment is not None and comment.is_published:
            vote_comment(comment, by=Writer(self.voters[voter]), value=value)

    @invariant()
    def every_count_is_true(self):
        for article in self.articles:
            assert find_lies(article.pk) == []

    def teardown(self):
        for article in self.articles:
            article.refresh_from_db()
            assert stored_lifts(article) == naive_lifts(article)
            published = set(Comment.objects.filter(article=article, status="published"))
            for sort in SORTS:
                rows = reachable(article, sort)
                pks = [row.pk for row in rows]
                assert len(pks) == len(set(pks))
                assert {row.pk for row in rows if not row.is_placeholder} == {
                    comment.pk for comment in published
                }
            assert load_thread(article).count == len(published)
            assert article.comment_count == len(published)


class ConversationTests(TestCase, Conversation.TestCase):
    settings = hypothesis_settings(max_examples=25, stateful_step_count=25, deadline=None)


def check(*arguments):
    said = StringIO()
    call_command("check_counts", *arguments, stdout=said)
    return said.getvalue()


def break_counts(comment):
    Comment.objects.filter(pk=comment.pk).update(reply_count=7, up=3, best=12)
    Article.objects.filter(pk=comment.article_id).update(comment_count=99)


@pytest.mark.django_db
def test_the_command_names_every_count_that_lies_and_fails():
    comment = make_comment()
    make_comment()
    assert check() == "2 threads checked, every count is true.\n"
    break_counts(comment)
    said = StringIO()
    with pytest.raises(CommandError, match="4 counts are wrong in 1 thread"):
        call_command("check_counts", stdout=said)
    lies = said.getvalue().splitlines()
    assert f"reply_count of comment {comment.pk} is 7, counted 0" in lies
    assert f"up of comment {comment.pk} is 3, counted 0" in lies
    assert f"comment_count of article {comment.article_id} is 99, counted 1" in lies


@pytest.mark.django_db
def test_the_command_repairs_what_it_finds():
    comment = make_comment()
    vote_comment(comment, by=Writer(make_user()), value=1)
    best = Comment.objects.get(pk=comment.pk).best
    break_counts(comment)
    assert "1 thread repaired" in check("--repair")
    assert find_lies(comment.article_id) == []
    assert Comment.objects.get(pk=comment.pk).best == best
    assert check() == "1 thread checked, every count is true.\n"
