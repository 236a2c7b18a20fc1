"""Reading a thread: orders, what follows, single comments, what hostile words look like."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.moderation.services import remove_comment
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.services import edit_comment, vote_comment, withdraw_comment
from comments.threads.tree import path_below
from tests.comments.threads.pages import HTMX, shown_ids, soup_of, thread_url, url_of, words
from tests.factories import make_article, make_comment, make_moderator, make_older, make_user

pytestmark = pytest.mark.django_db


def ids_of(*comments):
    return [f"comment-{comment.pk}" for comment in comments]


def followed(client, address, **options):
    """Read a list to its end by its «more» links; return all comments in order."""
    ids = []
    while address:
        soup = soup_of(client.get(address, **options))
        ids += shown_ids(soup)
        link = next(
            (a for a in soup.select(".thread__more a") if words(a).startswith("More")), None
        )
        address = link["href"] if link else None
    return ids


@pytest.fixture
def article():
    return make_article("Ferry late again")


def test_orders_are_links_and_each_is_another_order(client, article):
    old, middle, new = (make_comment(article) for _ in range(3))
    vote_comment(middle, by=Writer(make_user()), value=1)

    page = soup_of(client.get(thread_url(article)))
    orders = {words(a): a for a in page.select(".sorts a")}

    assert shown_ids(page)[0] == f"comment-{middle.pk}"
    assert orders["Best"]["aria-current"] == "true"
    assert all(a["href"] == a["hx-get"] for a in orders.values())
    for headers in ({}, HTMX):
        newest = soup_of(client.get(orders["Newest"]["href"], headers=headers))
        oldest = soup_of(client.get(orders["Oldest"]["href"], headers=headers))
        assert shown_ids(newest) == ids_of(new, middle, old)
        assert shown_ids(oldest) == ids_of(old, middle, new)
        assert (newest.select_one("html") is None) == bool(headers)


@pytest.mark.parametrize(
    "query", ["sort=worst", "after=x", "after=-1", "after=%00", "sort=newest&after=1%27--"]
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_addresses_that_are_not_ours_lead_nowhere(client, article, query, headers):
    comment = make_comment(article)

    for address in (thread_url(article), url_of("replies", comment)):
        assert client.get(f"{address}?{query}", headers=headers).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("sort", ["best", "newest", "oldest"])
def test_following_on_reaches_every_comment_once(client, article, headers, sort):
    comments = [make_comment(article) for _ in range(45)]

    ids = followed(client, f"{thread_url(article)}?sort={sort}", headers=headers)

    assert sorted(ids) == sorted(ids_of(*comments))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_replies_that_were_left_out_are_a_link_that_brings_them(client, article, headers):
    parent = make_comment(article, author=make_user("Theo"))
    replies = [make_comment(parent=parent) for _ in range(8)]

    page = soup_of(client.get(thread_url(article)))
    link = page.select_one(".branch__replies > .thread__more a")
    left_out = 8 - len(page.select(".branch__replies article"))
    rest = soup_of(client.get(link["href"], headers=headers))

    assert words(link) == f"{left_out} more replies to Theo"
    assert link["href"] == link["hx-get"]
    shown = set(shown_ids(page)) | set(shown_ids(rest))
    assert shown == set(ids_of(parent, *replies))
    if headers:
        assert rest.select_one("article").has_attr("autofocus")
        assert [child.name for child in rest.find_all(recursive=False)] == ["li"] * left_out
    else:
        assert shown_ids(rest)[0] == f"comment-{parent.pk}"


def test_replies_below_the_third_indent_stay_there_and_name_whom_they_answer(client, article):
    comment = None
    chain = []
    for number in range(6):
        author = make_user(f"Writer {number}")
        comment = make_comment(None if comment else article, parent=comment, author=author)
        chain.append(comment)

    soup = soup_of(client.get(url_of("detail", chain[-1])))

    indents = [len(soup.select_one(f"#{name}").find_parents("ol")) for name in ids_of(*chain)]
    assert indents == [1, 2, 3, 4, 4, 4]
    title = soup.select_one(f"#comment-{chain[5].pk} h3")
    assert words(title).startswith("Writer 5 replied to Writer 4")
    assert soup.select_one(title.select_one(".comment__to a")["href"]) is not None


def test_a_permalink_shows_what_the_comment_answers_and_what_answers_it(client, article):
    root = make_comment(article)
    make_comment(parent=root, text="Another branch.")
    middle = make_comment(parent=root)
    leaf = make_comment(parent=middle)

    soup = soup_of(client.get(url_of("detail", middle)))

    assert shown_ids(soup) == ids_of(root, middle, leaf)
    assert "comment--here" in soup.select_one(f"#comment-{middle.pk}")["class"]
    assert soup.select_one(".thread__whole a")["href"] == f"{article.get_absolute_url()}#comments"
    assert soup.h1.a["href"] == article.get_absolute_url()


def test_placeholders_say_what_happened_and_hide_the_words(client, article):
    ada = make_user("Ada Secret")
    withdrawn = make_comment(article, author=ada, text="Withdrawn words")
    removed = make_comment(article, author=ada, text="Removed words")
    for comment in (withdrawn, removed):
        make_comment(parent=comment, text="An answer")
    withdraw_comment(withdrawn, by=Writer(ada))
    remove_comment(removed, moderator=make_moderator(), reason="Insult")

    for address in (thread_url(article), url_of("detail", withdrawn), url_of("detail", removed)):
        html = client.get(address).content.decode()
        assert "Withdrawn words" not in html
        assert "Removed words" not in html
        assert "Ada Secret" not in html
    soup = soup_of(client.get(thread_url(article)))
    assert words(soup.select_one(f"#comment-{removed.pk}")) == (
        "This comment was removed by a moderator."
    )
    assert "withdrawn by its author." in words(soup.select_one(f"#comment-{withdrawn.pk}")).lower()
    assert words(soup.select_one("[data-comment-count]")) == "2"


@pytest.mark.parametrize("name", ["detail", "edit", "delete", "reply", "replies", "history"])
def test_what_was_removed_without_a_trace_is_not_found(client, article, name):
    comment = make_comment(article, text="Gone words")
    remove_comment(comment, moderator=make_moderator(), reason="Spam")

    assert client.get(url_of(name, comment)).status_code == 404
    assert soup_of(client.get(thread_url(article))).select("article.comment") == []


@pytest.mark.parametrize("name", ["detail", "reply", "replies", "history"])
def test_comments_of_an_article_that_is_withdrawn_are_not_found(client, article, name):
    comment = make_comment(article)
    type(article).objects.filter(pk=article.pk).update(status="withdrawn", shown_from=None)

    assert client.get(url_of(name, comment)).status_code == 404


def test_a_number_that_no_comment_has_is_not_found(client):
    for number in ("1", "999999999999999999"):
        assert client.get(f"/comments/{number}/").status_code == 404
    assert client.get(f"/comments/{'9' * 30}/").status_code == 404


def test_the_history_shows_earlier_words_newest_first(client, article):
    ada = make_user("Ada")
    comment = make_older(make_comment(article, author=ada, text="First <b>words</b>"))
    edit_comment(comment, text="Second words", by=Writer(ada))

    soup = soup_of(client.get(thread_url(article)))
    link = soup.select_one(f"#comment-{comment.pk} .comment__edited")
    history = soup_of(client.get(link["href"]))

    assert words(link) == "edited now"
    texts = [item.get_text() for item in history.select(".history__text")]
    assert texts == ["Second words", "First <b>words</b>"]


def test_an_article_called_comments_keeps_a_page_of_its_own(client):
    article = make_article("Comments")

    page = soup_of(client.get(article.get_absolute_url()))

    assert article.get_absolute_url() != thread_url(article)
    assert words(page.select_one(".article h1")) == "Comments"


def test_words_run_in_their_own_direction(client, article):
    make_comment(article, text="مرحبا بالعالم", guest_name="ليلى", guest_key="k")

    soup = soup_of(client.get(thread_url(article)))

    assert soup.select_one(".comment__body")["dir"] == "auto"
    assert soup.select_one(".comment__author bdi").get_text() == "ليلى"


def fill(article, count):
    """Write many comments at once, two replies to each fourth."""
    now = timezone.now()
    thread = Thread.objects.create(article=article, last_seq=count, last_arrival=count)
    parents = []
    rows = []
    for number in range(1, count + 1):
        parent = parents[-1] if number % 4 in (2, 3) and parents else None
        row = Comment(
            article=article,
            parent=parent,
            depth=1 if parent else 0,
            seq=number,
            path=path_below(parent.path if parent else "", number),
            arrival=number,
            best=number,
            body_src=f"Comment {number}",
            body_html=f"<p>Comment {number}</p>",
            created_at=now,
            pk=article.pk * 100_000 + number,
        )
        if parent:
            parent.reply_count += 1
            parent.desc_count += 1
        else:
            parents.append(row)
        rows.append(row)
    Comment.objects.bulk_create([row for row in rows if not row.parent_id])
    Comment.objects.bulk_create([row for row in rows if row.parent_id])
    type(article).objects.filter(pk=article.pk).update(comment_count=count)
    return thread


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("count", [0, 3, 1000])
def test_the_door_costs_one_query_however_long_the_thread(article, count, signed_in):
    if count:
        fill(article, count)
    request = RequestFactory().get("/")
    request.user = make_user() if signed_in else AnonymousUser()
    request.htmx = False
    template = Template("{% load threads %}{% thread article %}")
    context = {"article": article, "request": request, "user": request.user}
    template.render(Context(context))  # the first visit leaves a mark

    with CaptureQueriesContext(connection) as queries:
        html = template.render(Context(context))

    assert len(queries) == 1
    soup = BeautifulSoup(html, "html.parser")
    assert words(soup.select_one("[data-comment-count]")) == str(count)
    assert len(soup.select(".thread__list > .branch")) == {0: 0, 3: 1, 1000: 20}[count]


def test_a_reader_who_only_reads_gets_no_cookie(client, article):
    comment = make_comment(article)

    for address in (
        thread_url(article),
        url_of("detail", comment),
        url_of("reply", comment),
        f"/comments/{comment.pk}/report/",
    ):
        response = client.get(address)
        assert response.cookies == {}
        assert "csrfmiddlewaretoken" not in response.content.decode()
