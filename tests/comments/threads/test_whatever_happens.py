"""Eight people do whatever can be done to three threads; afterwards every number is exact."""

from collections import Counter
from random import Random

import pytest
from django.db import transaction
from django.db.models import Max, Min

from comments.badges.models import Badge
from comments.moderation.services import (
    DecisionRefused,
    approve_comment,
    hold_comment,
    remove_comment,
    restore_comment,
)
from comments.threads.models import Comment, Thread, Vote
from comments.threads.people import Writer
from comments.threads.reading import load_thread
from comments.threads.refusals import CommentChanged, CommentRefused
from comments.threads.services import (
    close_thread,
    edit_comment,
    open_thread,
    post_comment,
    refresh_answers,
    undo_withdrawal,
    vote_comment,
    withdraw_comment,
)
from comments.threads.services.counting import find_lies
from comments.threads.tree import SORTS
from tests.at_once import at_once
from tests.comments.threads.lifts import naive_lifts, stored_lifts
from tests.comments.threads.test_counting import reachable
from tests.factories import make_article, make_comment, make_moderator, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8
# How often somebody does what, of a hundred times.
ACTS = {
    "vote": 25, "reply": 30, "post": 8, "edit": 8, "withdraw": 5, "undo": 4, "hold": 4,
    "approve": 4, "remove": 4, "restore": 4, "close": 1, "badge": 3,
}  # fmt: skip


class Person:
    """Somebody at random, who is author, reader, moderator and expert in turn."""

    def __init__(self, number, articles, pks):
        self.random = Random(number)
        self.user, self.moderator = make_user(), make_moderator()
        self.articles, self.pks, self.own = articles, pks, []
        self.done, self.refused = Counter(), Counter()

    def act(self, times):
        for _ in range(times):
            (name,) = self.random.choices(list(ACTS), weights=ACTS.values())
            try:
                getattr(self, name)()
            except (CommentRefused, CommentChanged, DecisionRefused):
                self.refused[name] += 1  # somebody was first, or it is not theirs
            else:
                self.done[name] += 1

    def pick(self, pks=None):
        # The latest come up more often, so that threads grow deep as well as wide.
        pks = pks or self.pks
        at = max(self.random.randrange(len(pks)) for _ in range(2))
        return Comment.objects.with_article_and_author().get(pk=pks[at])

    def pick_one_that_is(self, status, **fields):
        found = Comment.objects.filter(status=status, **fields).order_by("pk")
        return self.pick(list(found.values_list("pk", flat=True)))

    def add(self, article, parent=None):
        text = f"{self.user} says {self.random.random()}"
        comment = post_comment(article, text=text, author=self.user, parent=parent).comment
        self.pks.append(comment.pk)
        self.own.append(comment.pk)

    def post(self):
        self.add(self.random.choice(self.articles))

    def reply(self):
        parent = self.pick()
        self.add(parent.article, parent)

    def vote(self):
        vote_comment(self.pick(), by=Writer(self.user), value=self.random.choice([1, 1, -1, 0]))

    def edit(self):
        text = f"Better words {self.random.random()}"
        edit_comment(self.pick(self.own), text=text, by=Writer(self.user))

    def withdraw(self):
        withdraw_comment(self.pick(self.own), by=Writer(self.user))

    def undo(self):
        undo_withdrawal(self.pick_one_that_is("withdrawn", author=self.user), by=Writer(self.user))

    def hold(self):
        hold_comment(self.pick(), moderator=self.moderator)

    def approve(self):
        approve_comment(self.pick_one_that_is("held"), moderator=self.moderator)

    def remove(self):
        remove_comment(self.pick(), moderator=self.moderator, reason="Enough")

    def restore(self):
        restore_comment(self.pick_one_that_is("removed"), moderator=self.moderator)

    def close(self):
        article = self.random.choice(self.articles)
        close_thread(article)
        open_thread(article)

    @transaction.atomic
    def badge(self):
        """Become an expert on an article, or stop being one."""
        article = self.random.choice(self.articles)
        badges = Badge.objects.filter(person=self.user, kind="expert", article=article)
        if not badges.delete()[0]:
            Badge.objects.create(person=self.user, kind="expert", article=article)
        refresh_answers(article.pk)


def test_whatever_eight_people_do_at_once_every_number_stays_exact(full):
    articles = [make_article() for _ in range(3)]
    pks = [make_comment(article).pk for article in articles for _ in range(3)]
    people = [Person(number, articles, pks) for number in range(PEOPLE)]
    for person in people:
        person.add(articles[0])
    times = (10_000 if full else 640) // PEOPLE

    assert at_once([lambda person=person: person.act(times) for person in people]) == []

    done = sum((person.done for person in people), Counter())
    refused = sum((person.refused for person in people), Counter())
    assert done.total() + refused.total() == times * PEOPLE
    assert done.total() > times * PEOPLE / 2
    assert {name for name, count in done.items() if count} == set(ACTS)
    for article in articles:
        check(article)
    assert Vote.objects.count() == len(set(Vote.objects.values_list("comment", "voter")))
    assert Comment.objects.filter(lifted_by__isnull=False).exists()
    assert Comment.objects.filter(is_answered=True).exists()


def check(article):
    assert find_lies(article.pk) == []
    assert stored_lifts(article) == naive_lifts(article)

    comments = Comment.objects.filter(article=article)
    thread = Thread.objects.get(pk=article.pk)
    numbers = sorted(comments.values_list("seq", flat=True))
    assert numbers == list(range(1, thread.last_seq + 1))
    # Nothing is held before it was seen here, so that everything has arrived, once.
    arrivals = sorted(comments.values_list("arrival", flat=True))
    assert arrivals == list(range(1, thread.last_arrival + 1))

    least = comments.aggregate(*map(Min, ("up", "down", "reply_count", "desc_count", "rank")))
    assert min(least.values()) >= 0
    assert comments.aggregate(most=Max("rank"))["most"] < 2**20

    article.refresh_from_db()
    published = set(comments.filter(status="published").values_list("pk", flat=True))
    assert article.comment_count == load_thread(article).count == len(published)
    for sort in SORTS:
        rows = reachable(article, sort)
        assert len(rows) == len({row.pk for row in rows})
        assert {row.pk for row in rows if not row.is_placeholder} == published
