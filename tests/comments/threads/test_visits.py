"""What is new to whom: exact for years and on every device, and no write without need."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from comments.threads import section
from comments.threads.models import VISIT, Comment, ReadMark, Thread
from comments.threads.reading import load_thread
from comments.threads.refusals import CommentChanged
from comments.threads.services import (
    change_comment_status,
    mark_read,
    post_comment,
    visit_thread,
)
from tests.comments.threads.pages import both_ways, said, shown_ids, soup_of, thread_url, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def found(branches):
    for branch in branches:
        if not branch.comment.is_context:
            yield branch.comment.pk
        yield from found(branch.replies)


def news(article, reader):
    """Give what the filter finds, over all its pages."""
    pks, after = [], None
    while True:
        page = load_thread(article, only="new", after=after, viewer=reader)
        pks += found(page.branches)
        after = page.next_cursor
        if after is None:
            return pks


class Visits(RuleBasedStateMachine):
    """
    Two people read one thread on several devices, which are all the same to the site.

    The model keeps for each what they were shown at all, and what of it in visits that are over.
    """

    article = None
    posted = 0

    @initialize()
    def begin(self):
        self.article = make_article()
        self.people = [make_user("Ada"), make_user("Bo")]
        self.now = timezone.now()
        self.shown = [None, None]
        self.over = [set(), set()]
        self.visited = [None, None]

    def arrived(self):
        comments = Comment.objects.filter(article=self.article, arrival__isnull=False)
        return set(comments.values_list("pk", flat=True))

    def new_to(self, who):
        """Say what the model holds for new if they looked now."""
        if self.shown[who] is None:
            return set()
        is_over = self.now - self.visited[who] >= VISIT
        read = self.shown[who] if is_over else self.over[who]
        published = Comment.objects.filter(article=self.article, status="published")
        others = published.exclude(author=self.people[who])
        return set(others.values_list("pk", flat=True)) - read

    @rule(who=st.integers(0, 1), held=st.booleans(), times=st.integers(1, 3))
    def post(self, who, held, times):
        for _ in range(times):
            self.posted += 1
            words = f"Number {self.posted}"
            post_comment(self.article, text=words, author=self.people[who], held=held)

    @rule(number=st.integers(0, 99), to=st.sampled_from(["published", "removed", "held"]))
    def decide(self, number, to):
        comments = Comment.objects.filter(article=self.article).order_by("pk")
        if comments:
            try:
                change_comment_status(comments[number % len(comments)], to=to)
            except CommentChanged:
                return

    @rule(minutes=st.sampled_from([1, 29, 30, 31, 60 * 24 * 400]))
    def wait(self, minutes):
        """Let time pass: what was noted then is longer ago now."""
        passed = timedelta(minutes=minutes)
        self.visited = [at and at - passed for at in self.visited]
        for mark in ReadMark.objects.filter(article=self.article):
            ReadMark.objects.filter(pk=mark.pk).update(visited_at=mark.visited_at - passed)

    @rule(who=st.integers(0, 1))
    def visit(self, who):
        page = load_thread(self.article, viewer=self.people[who])
        if page.moves_mark:
            reader = self.people[who]
            visit_thread(self.article, reader=reader, last_arrival=page.last_arrival)
        arrived = self.arrived()
        if self.shown[who] is None:
            self.over[who] = arrived
        elif self.now - self.visited[who] >= VISIT:
            self.over[who] = self.shown[who]
        elif self.shown[who] == arrived:
            return  # shows nothing more, and does not make the visit last longer
        self.shown[who], self.visited[who] = arrived, self.now

    @rule(who=st.integers(0, 1))
    def read_all(self, who):
        thread = Thread.objects.filter(pk=self.article.pk).first()
        up_to = thread.last_arrival if thread else 0
        mark_read(self.article, reader=self.people[who], up_to=up_to)
        self.shown[who] = self.over[who] = self.arrived()
        self.visited[who] = self.visited[who] or self.now

    @invariant()
    def the_same_is_new_everywhere(self):
        if self.article is None:
            return
        for who, reader in enumerate(self.people):
            new = self.new_to(who)
            pks = news(self.article, reader)
            assert (set(pks), len(pks)) == (new, len(new))
            page = load_thread(self.article, viewer=reader)
            assert page.new_count == len(new)
            marked = {branch.comment.pk for branch in page.branches if branch.comment.is_new}
            assert marked == new & {branch.comment.pk for branch in page.branches}
            counts = ReadMark.objects.new_counts(
                reader, [self.article], visit=timezone.now() - VISIT
            )
            assert counts == ({self.article.pk: len(new)} if new else {})


def test_what_is_new_is_exact_whoever_reads_on_whatever_device(full):
    examples, steps = (100, 40) if full else (8, 20)
    run_state_machine_as_test(
        Visits,
        settings=hypothesis_settings(
            max_examples=examples, stateful_step_count=steps, deadline=None
        ),
    )


def mark_of(reader):
    mark = ReadMark.objects.filter(reader=reader).first()
    return mark and (mark.seen, mark.latest)


def came_back(reader):
    ReadMark.objects.filter(reader=reader).update(visited_at=timezone.now() - VISIT)


def new_words(page):
    return [
        words(mark.find_parent("article").select_one(".comment__body"))
        for mark in page.select(".comment__mark--new")
    ]


@pytest.fixture
def ada(client):
    ada = make_user("Ada")
    client.force_login(ada)
    return ada


@pytest.mark.parametrize("address", ["article", "thread"])
def test_what_came_since_the_last_visit_says_so_until_the_next(client, ada, address):
    article = make_article()
    make_comment(article, text="Old.")
    url = article.get_absolute_url() if address == "article" else thread_url(article)
    assert new_words(soup_of(client.get(url))) == []  # nothing is new to who was never here
    came_back(ada)
    make_comment(article, text="Fresh.")
    make_comment(article, text="Mine.", author=ada)
    for _ in range(2):
        assert new_words(soup_of(client.get(url))) == ["Fresh."]
    came_back(ada)
    assert new_words(soup_of(client.get(url))) == []


def test_nobody_is_told_that_something_is_new_without_an_account(client):
    article = make_article()
    client.get(thread_url(article))
    make_comment(article)
    assert new_words(soup_of(client.get(thread_url(article)))) == []
    assert not ReadMark.objects.exists()


def test_looking_again_writes_nothing(client, ada):
    article = make_article()
    make_comment(article)
    client.get(thread_url(article))
    came_back(ada)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(thread_url(article))
        assert [sql["sql"] for sql in queries if "UPDATE" in sql["sql"]] == []
        assert [sql["sql"] for sql in queries if "INSERT" in sql["sql"]] == []
    make_comment(article)
    client.get(thread_url(article))
    assert mark_of(ada) == (1, 2)


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_a_page_that_a_browser_fetches_ahead_is_no_visit(client, ada, headers):
    article = make_article()
    make_comment(article)
    assert client.get(thread_url(article), headers=headers).status_code == 200
    client.head(thread_url(article))
    assert mark_of(ada) is None
    client.get(thread_url(article))
    assert mark_of(ada) == (1, 1)


def test_a_page_is_shown_though_the_visit_cannot_be_noted(client, ada, monkeypatch, caplog):
    article = make_article()
    make_comment(article, text="Read me.")

    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(section, "visit_thread", fail)
    assert "Read me." in client.get(thread_url(article)).content.decode()
    assert "was not noted" in caplog.text


@both_ways
def test_all_is_read_when_the_reader_says_so(client, ada, headers):
    article = make_article()
    client.get(thread_url(article))
    came_back(ada)
    make_comment(article)
    form = soup_of(client.get(thread_url(article))).select_one(".filters form")
    make_comment(article, text="Came while the page was being read.")
    fields = {field["name"]: field["value"] for field in form.select("input[value]")}

    response = client.post(form["action"], fields, headers=headers)

    if headers:
        assert said(response) == "All comments are marked as read."
        assert new_words(soup_of(response)) == ["Came while the page was being read."]
    else:
        assert response.status_code == 303
        page = soup_of(client.get(response["Location"]))
        assert new_words(page) == ["Came while the page was being read."]
    assert mark_of(ada) == (1, 2)


def test_nobody_marks_more_as_read_than_there_is(client, ada):
    article = make_article()
    make_comment(article)
    client.post(f"{thread_url(article)}read/", {"up_to": "999999"})
    assert mark_of(ada) == (1, 1)
    assert client.post(f"{thread_url(article)}read/", {"up_to": "x"}).status_code == 400
    client.logout()
    response = client.post(f"{thread_url(article)}read/", {"up_to": "1"})
    assert response["Location"].startswith("/account/login/?next=")


def test_a_list_of_articles_is_counted_in_one_query(django_assert_num_queries):
    reader = make_user()
    articles = [make_article() for _ in range(5)]
    for number, article in enumerate(articles[:4]):
        visit_thread(article, reader=reader, last_arrival=0)
        for _ in range(number):
            make_comment(article)
    make_comment(articles[1], author=reader)
    make_comment(articles[4])  # never visited
    with django_assert_num_queries(1):
        counts = ReadMark.objects.new_counts(reader, articles, visit=timezone.now() - VISIT)
    assert counts == {articles[n].pk: n for n in (1, 2, 3)}


def test_a_list_of_articles_leads_to_what_is_new_in_them(client, ada):
    read, unread = make_article("Read"), make_article("Unread")
    for article in (read, unread):
        make_comment(article)
    visit_thread(read, reader=ada, last_arrival=1)
    with CaptureQueriesContext(connection) as before:
        assert not soup_of(client.get("/")).select(".article-item__new")
    make_comment(read)
    make_comment(read)
    with CaptureQueriesContext(connection) as after:
        (link,) = soup_of(client.get("/")).select(".article-item__new")
    assert words(link) == "2 new"
    assert len(shown_ids(soup_of(client.get(link["href"])))) == 2
    assert len(after) <= len(before)
    client.logout()
    assert not soup_of(client.get("/")).select(".article-item__new")
