"""What open pages ask while others write: a number, and how many comments are new."""

import pytest
from django.test import Client
from django.urls import reverse

from comments.threads.people import Writer
from comments.threads.services import close_thread, withdraw_comment
from reader.articles.models import Article
from tests.comments.threads.pages import HTMX, shown_ids, soup_of, thread_url, words
from tests.factories import make_article, make_comment, make_thread, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def version_url(article):
    return reverse("threads:thread_version", args=[article.pk])


def new_url(article, since):
    return f"{reverse('threads:thread_arrivals', args=[article.pk])}?since={since}"


def test_the_version_is_the_number_of_the_comment_published_last(client, article):
    assert client.get(version_url(article)).content == b"0"

    make_comment(article)
    held = make_comment(article, held=True)
    assert client.get(version_url(article)).content == b"1"
    make_comment(article)
    answer = client.get(version_url(article))
    assert answer.content == b"2"
    assert held.arrival is None
    assert answer["Content-Type"] == "text/plain"


def test_one_copy_of_the_version_serves_everybody(article, django_assert_num_queries):
    client = Client()
    client.force_login(make_user())
    make_comment(article)

    with django_assert_num_queries(1):
        answer = client.get(version_url(article), headers={"Accept-Language": "ar"})

    assert answer["Cache-Control"] == "public, max-age=5"
    assert not answer.has_header("Vary")
    assert not answer.cookies
    assert len(answer.content) < 10


def test_who_knows_the_version_is_told_so_without_a_body(client, article):
    make_comment(article)
    etag = client.get(version_url(article))["ETag"]

    again = client.get(version_url(article), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=5"
    make_comment(article)
    moved = client.get(version_url(article), headers={"If-None-Match": etag})
    assert (moved.status_code, moved.content) == (200, b"2")


def test_behind_the_gate_nothing_is_told(client):
    hidden = make_article(status=Article.Status.DRAFT)
    make_thread(hidden, [None, None])

    for address in (version_url(hidden), new_url(hidden, 0)):
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"2" not in client.get(version_url(hidden)).content


def test_the_pill_counts_what_is_there_and_leads_to_it(client, article):
    make_comment(article)
    for _ in range(3):
        late = make_comment(article)
    gone = make_comment(article, guest_key="k")
    withdraw_comment(gone, by=Writer(guest_key="k"))
    make_comment(article, held=True)

    pill = soup_of(client.get(new_url(article, 1), headers=HTMX))

    assert words(pill.select_one(".pill a")) == "3 new comments"
    way = pill.select_one(".pill a")
    assert way["href"] == way["hx-get"] == f"{thread_url(article)}?only=new&since=1"
    shown = soup_of(client.get(way["href"]))
    assert len(shown_ids(shown)) == 3
    assert f"comment-{late.pk}" in shown_ids(shown)


@pytest.mark.parametrize(
    ("language", "one", "two", "many"),
    [
        ("en", "1 new comment", "2 new comments", "11 new comments"),
        ("es", "1 comentario nuevo", "2 comentarios nuevos", "11 comentarios nuevos"),
        ("ar", "تعليق جديد واحد", "تعليقان جديدان", "11 تعليقًا جديدًا"),
    ],
)
def test_the_pill_counts_in_the_language_of_the_reader(client, article, language, one, two, many):
    make_thread(article, [None] * 11)

    def said(since):
        answer = client.get(new_url(article, since), headers={"Accept-Language": language})
        return words(soup_of(answer).select_one(".pill a"))

    assert (said(10), said(9), said(0)) == (one, two, many)


def test_when_nothing_is_new_there_is_no_pill(client, article):
    make_comment(article)

    answer = client.get(new_url(article, 1), headers=HTMX)
    assert (answer.status_code, answer.content) == (204, b"")


def test_what_one_wrote_oneself_is_no_news(client, article):
    ada = make_user()
    make_comment(article, author=ada)
    client.force_login(ada)
    assert client.get(new_url(article, 0), headers=HTMX).status_code == 204

    guest = Client()
    guest.post(thread_url(article), {"text": "From a guest.", "name": "Jo"})
    pill = soup_of(guest.get(new_url(article, 0), headers=HTMX))
    assert words(pill.select_one("a")) == "1 new comment"


@pytest.mark.parametrize("since", ["", "x", "-1", "1" * 7, "٣"])
def test_what_is_no_number_is_not_looked_up(client, article, since, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(new_url(article, since), headers=HTMX)
    assert answer.status_code == 404


def test_strangers_cost_one_question(client, article, django_assert_num_queries):
    make_thread(article, [None] * 40)
    with django_assert_num_queries(1):
        client.get(new_url(article, 35), headers=HTMX)


def test_the_number_comes_with_the_page_and_with_the_answer_to_a_post(client, article):
    make_comment(article)
    page = soup_of(client.get(article.get_absolute_url())).select_one("#comments")
    assert (page["data-arrival"], page["data-live"]) == ("1", thread_url(article))

    answer = client.post(thread_url(article), {"text": "Mine."}, headers=HTMX)
    assert soup_of(answer).select_one("#comments")["data-arrival"] == "2"


def test_a_closed_thread_is_not_asked_again_and_again(client, article):
    make_comment(article)
    close_thread(article)
    section = soup_of(client.get(article.get_absolute_url())).select_one("#comments")
    assert "data-live" not in section.attrs


def test_the_way_of_the_pill_puts_the_focus_on_the_first_new_comment(client, article):
    parent = make_comment(article)
    reply = make_comment(parent=parent)

    address = f"{thread_url(article)}?only=new&since=1"
    section = soup_of(client.get(address, headers={**HTMX, "HX-Trigger": "pill"}))

    assert [each["id"] for each in section.select("[autofocus]")] == [f"comment-{reply.pk}"]
    assert shown_ids(section) == [f"comment-{parent.pk}", f"comment-{reply.pk}"]
    nothing = f"{thread_url(article)}?only=new&since=2"
    empty = soup_of(client.get(nothing, headers={**HTMX, "HX-Trigger": "pill"}))
    assert [each["id"] for each in empty.select("[autofocus]")] == ["comments-title"]
