"""Every comment once, below what it answers, in every order, while others post, vote and decide."""

from collections import Counter

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comments.threads import thread_sql
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.ranking import best_key
from comments.threads.reading import load_replies, load_thread
from comments.threads.refusals import CommentChanged, CommentRefused
from comments.threads.services import (
    change_comment_status,
    post_comment,
    vote_comment,
    withdraw_comment,
)
from comments.threads.tree import MAX_DEPTH, SORTS, seqs_in
from tests.factories import make_article, make_comment, make_thread, make_user

pytestmark = pytest.mark.django_db

FOUND, QUESTIONS = ("new", "picks"), ("answered", "unanswered")
FILTERS = (*FOUND, *QUESTIONS)


class Walk:
    """Somebody who follows every link of a thread from one page on, in an order of their own."""

    def __init__(self, article, *, sort="best", only="", since=None):
        self.article, self.sort, self.only, self.since = article, sort, only, since
        self.links = [(None, None)]
        self.met, self.moved = [], set()
        self.last_root = None
        self.at_start = {row.pk: row for row in rows_of(article) if self.wants(row)}

    def wants(self, row):
        """Tell what this walk has to come by; a reply goes with its first comment."""
        match self.only:
            case "new":
                return row.status == "published" and row.arrival > self.since
            case "picks":
                return row.status == "published" and row.is_picked
            case "answered" | "unanswered":
                first = Comment.objects.get(article=self.article, seq=seqs_in(row.path)[0])
                return row.in_tree and first.is_answered == (self.only == "answered")
        return row.in_tree

    def place(self, row):
        """Give what the walk follows; whoever changes it may move the comment across a cursor."""
        match self.only:
            case "new":
                return row.status == "published"
            case "picks":
                return row.status == "published" and row.is_picked
            case "answered" | "unanswered":
                return row.in_tree, row.best, row.is_answered
        return row.in_tree, row.best if self.sort == "best" else row.seq

    def note(self, before, after):
        for pk, row in after.items():
            if pk in before and self.place(before[pk]) != self.place(row):
                self.moved.add(row.seq)

    def follow(self, number=0):
        parent, cursor = self.links.pop(number % len(self.links))
        if parent is None:
            page = load_thread(
                self.article, sort=self.sort, only=self.only, since=self.since, after=cursor
            )
            self.keeps_order(page.branches)
        else:
            sort = "best" if self.only else self.sort
            page = load_replies(parent, sort=sort, after=cursor)
        self.meet(page.branches, parent and parent.pk)
        if page.next_cursor is not None:
            self.links.append((parent, page.next_cursor))

    def keeps_order(self, branches):
        """Compare with the page before, too: what begins a thread never goes back."""
        if self.only in FOUND:
            return
        order = SORTS["best" if self.only else self.sort]
        for branch in branches:
            position = order.position(branch.comment)
            assert self.last_root is None or position > self.last_root
            self.last_root = position

    def meet(self, branches, parent_pk):
        reply_key = SORTS["best" if self.only else self.sort].reply_key
        if parent_pk is not None and self.only not in FOUND:
            keys = [getattr(branch.comment, reply_key) for branch in branches]
            assert keys == sorted(set(keys))
        for branch in branches:
            comment = branch.comment
            assert comment.parent_id == parent_pk
            if not comment.is_context:
                self.met.append(comment)
            if self.only in FOUND:
                assert branch.more_count == 0
                assert branch.replies or not comment.is_context
            if branch.more_count:
                self.links.append((comment, branch.more_cursor))
            self.meet(branch.replies, comment.pk)

    def finish(self):
        while self.links:
            self.follow()
        times = Counter(comment.pk for comment in self.met)
        paths = {row.pk: seqs_in(row.path) for row in rows_of(self.article)}
        stood = {pk for pk, seqs in paths.items() if not self.has_moved(seqs)}
        assert {pk for pk in stood if times[pk] > 1} == set(), "repeated"
        assert {pk for pk in stood & self.at_start.keys() if not times[pk]} == set(), "lost"
        if not self.only and not self.moved:
            self.parents_come_first()

    def has_moved(self, seqs):
        return bool(self.moved & set(seqs[-1:] if self.only in FOUND else seqs))

    def parents_come_first(self):
        seen = set()
        for comment in self.met:
            assert comment.parent_id is None or comment.parent_id in seen
            seen.add(comment.pk)


def rows_of(article):
    return list(Comment.objects.filter(article=article).order_by("seq"))


def walks_of(article, since=0):
    yield from (Walk(article, sort=sort) for sort in SORTS)
    yield from (
        Walk(article, only=only, since=since if only == "new" else None) for only in FILTERS
    )


class Readers(RuleBasedStateMachine):
    """Several people read one thread, each in their own way, while others write in it."""

    article = None
    posted = 0

    @initialize()
    def begin(self):
        self.article = make_article()
        self.people = [make_user() for _ in range(3)]
        self.walks = []
        make_comment(self.article, author=self.people[0])
        Thread.objects.filter(pk=self.article.pk).update(mode="questions")
        self.before = self.rows()

    def rows(self):
        return {row.pk: row for row in rows_of(self.article)}

    def pick(self, number):
        rows = rows_of(self.article)
        return rows[number % len(rows)]

    def note(self):
        after = self.rows()
        for walk in self.walks:
            walk.note(self.before, after)
        self.before = after

    @rule(times=st.integers(1, 5))
    def post(self, times):
        for _ in range(times):
            self.posted += 1
            author = self.people[self.posted % 3]
            post_comment(self.article, text=f"Number {self.posted}", author=author)
        self.note()

    @rule(number=st.integers(0, 99), times=st.integers(1, 4), deep=st.booleans())
    def answer(self, number, times, deep):
        parent = self.pick(number)
        for _ in range(times):
            self.posted += 1
            author, text = self.people[self.posted % 3], f"Number {self.posted}"
            try:
                reply = post_comment(self.article, text=text, parent=parent, author=author).comment
            except CommentRefused:
                return
            parent = reply if deep else parent
        self.note()

    @rule(number=st.integers(0, 99), voter=st.integers(0, 2), value=st.integers(-1, 1))
    def vote(self, number, voter, value):
        comment = self.pick(number)
        try:
            vote_comment(comment, by=Writer(self.people[voter]), value=value)
        except CommentRefused:
            return
        self.note()

    @rule(number=st.integers(0, 99), to=st.sampled_from(["held", "published", "removed"]))
    def decide(self, number, to):
        try:
            change_comment_status(self.pick(number), to=to)
        except CommentChanged:
            return
        self.note()

    @rule(number=st.integers(0, 99))
    def withdraw(self, number):
        comment = self.pick(number)
        try:
            withdraw_comment(comment, by=Writer(comment.author))
        except CommentRefused:
            return
        self.note()

    @rule(number=st.integers(0, 99), fields=st.sampled_from(["is_picked", "is_answered"]))
    def mark(self, number, fields):
        comment = self.pick(number)
        Comment.objects.filter(pk=comment.pk).update(**{fields: not getattr(comment, fields)})
        self.note()

    @rule(sort=st.sampled_from(sorted(SORTS)))
    def begin_to_read(self, sort):
        self.walks.append(Walk(self.article, sort=sort))
        self.walks[-1].follow()

    @rule(only=st.sampled_from(FILTERS), back=st.integers(0, 8))
    def begin_to_look(self, only, back):
        thread = Thread.objects.get(pk=self.article.pk)
        since = max(0, thread.last_arrival - back) if only == "new" else None
        self.walks.append(Walk(self.article, only=only, since=since))
        self.walks[-1].follow()

    @precondition(lambda self: any(walk.links for walk in self.walks))
    @rule(number=st.integers(0, 99), link=st.integers(0, 99))
    def read_on(self, number, link):
        going = [walk for walk in self.walks if walk.links]
        going[number % len(going)].follow(link)

    def teardown(self):
        if self.article is None:
            return
        for walk in self.walks:
            walk.finish()
        for walk in walks_of(self.article):
            walk.finish()
            assert len(walk.met) == len(walk.at_start)
            if walk.only:
                page = load_thread(self.article, only=walk.only, since=walk.since)
                met = [c for c in walk.met if walk.only in FOUND or c.parent_id is None]
                assert getattr(page, COUNTS[walk.only]) == len(met)


COUNTS = {
    "new": "new_count",
    "picks": "pick_count",
    "answered": "answered_count",
    "unanswered": "unanswered_count",
}


@pytest.fixture
def small_pages(monkeypatch):
    """Make pages so small that a few comments fill many, and a bushy one blows the fuse."""
    sizes = {"PAGE_SIZE": 3, "REPLIES": 2, "REPLIES_BELOW": 1, "LEVELS_BELOW": 3, "FUSE": 24}
    cached = [thread_sql.page_statement, thread_sql.found_statement]
    for name, size in sizes.items():
        monkeypatch.setattr(thread_sql, name, size)
    for statement in cached:
        statement.cache_clear()
    yield
    for statement in cached:
        statement.cache_clear()


def test_whoever_reads_while_others_write_loses_and_repeats_nothing(small_pages, full):
    examples, steps = (120, 50) if full else (10, 40)
    run_state_machine_as_test(
        Readers,
        settings=hypothesis_settings(
            max_examples=examples, stateful_step_count=steps, deadline=None
        ),
    )


def check_every_walk(article):
    for walk in walks_of(article):
        walk.finish()
        assert len(walk.met) == len(walk.at_start)


def test_siblings_with_the_same_votes_keep_their_own_replies():
    """Two bytes of score and one of the id made siblings collide: Lobsters #1195, #1236, #1313."""
    article = make_article()
    # 520 first comments of one score: every lowest byte of an id comes twice; each has a reply.
    make_thread(article, [None] * 520 + list(range(1, 521)))
    comments = rows_of(article)
    assert len({comment.rank for comment in comments}) == 1
    assert len({comment.pk % 256 for comment in comments[:520]}) == 256
    check_every_walk(article)


def test_a_score_below_zero_is_no_nonsense_that_parts_a_reply_from_its_parent():
    article = make_article()
    comments = [make_comment(article) for _ in range(25)]
    voters = [make_user() for _ in range(3)]
    for number, comment in enumerate(comments):
        make_comment(parent=comment)
        for voter in voters[: number % 4]:
            vote_comment(comment, by=Writer(voter), value=-1)
    check_every_walk(article)


def test_what_goes_away_at_the_cursor_takes_nothing_along():
    article, ada = make_article(), make_user()
    comments = [make_comment(article, author=ada) for _ in range(50)]
    for sort in SORTS:
        walk = Walk(article, sort=sort)
        walk.follow()
        last = walk.met[-1]
        withdrawn = next(comment for comment in comments if comment.pk == last.pk)
        before = {row.pk: row for row in rows_of(article)}
        withdraw_comment(withdrawn, by=Writer(ada))
        walk.note(before, {row.pk: row for row in rows_of(article)})
        walk.finish()
        assert len({comment.pk for comment in walk.met}) == len(walk.met) == len(walk.at_start)


def test_replies_far_below_the_last_indent_stand_below_their_true_parents():
    article = make_article()
    # A chain to the deepest level there is, and a second answer at every level of it.
    chain = [None, *range(1, MAX_DEPTH + 1)]
    make_thread(article, [*chain, *range(1, MAX_DEPTH + 1)])
    check_every_walk(article)
    deepest = max(rows_of(article), key=lambda row: row.depth)
    assert deepest.depth == MAX_DEPTH


def test_no_limit_cuts_a_long_branch_without_saying_so():
    """Lemmy #4543: after 300 comments the rest was not there."""
    article = make_article()
    make_thread(article, [None, *[1] * 150, *range(2, 152), *[152] * 150])
    check_every_walk(article)


@pytest.mark.parametrize("sort", SORTS)
def test_the_second_page_is_not_the_first_again(sort):
    """Lemmy #5861, and what offsets do when somebody posts in between."""
    article = make_article()
    make_thread(article, [None] * 45)
    first = load_thread(article, sort=sort)
    for _ in range(5):
        make_comment(article)
    second = load_thread(article, sort=sort, after=first.next_cursor)
    pages = [{branch.comment.pk for branch in page.branches} for page in (first, second)]
    assert [len(page) for page in pages] == [20, 20]
    assert not pages[0] & pages[1]


def test_the_best_has_no_ties():
    keys = {best_key(pk, rank) for pk in range(1, 600) for rank in (0, 1, 2**20 - 1)}
    assert len(keys) == 3 * 599
