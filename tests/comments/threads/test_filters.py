"""What may be picked out of a thread, and the marks that say why a comment stands out."""

import pytest

from comments.badges.models import Badge
from comments.threads.models import Comment, ReadMark, Thread
from comments.threads.people import Writer
from comments.threads.reading import load_thread
from comments.threads.services import vote_comment, withdraw_comment
from tests.comments.threads.pages import HTMX, shown_ids, soup_of, thread_url, words
from tests.factories import make_article, make_comment, make_publisher, make_thread, make_user

pytestmark = pytest.mark.django_db


def pick(comment):
    Comment.objects.filter(pk=comment.pk).update(is_picked=True)


def ask(article, *answered):
    Thread.objects.filter(pk=article.pk).update(mode="questions")
    Comment.objects.filter(pk__in=[comment.pk for comment in answered]).update(is_answered=True)


def get(client, article, query, **options):
    return soup_of(client.get(f"{thread_url(article)}{query}", **options))


def filters(page):
    return {words(a): a for a in page.select(".filters a")}


def context_ids(page):
    return [article["id"] for article in page.select(".comment--context")]


@pytest.fixture
def article():
    return make_article()


def test_a_thread_without_anything_to_pick_out_offers_nothing(client, article):
    make_comment(article)
    assert filters(get(client, article, "")) == {}


def test_picks_stand_below_what_they_answer_and_lead_back_to_all(client, article):
    root, other = make_comment(article), make_comment(article)
    reply = make_comment(parent=make_comment(parent=root))
    pick(reply)
    for headers in ({}, HTMX):
        links = filters(get(client, article, "", headers=headers))
        assert list(links) == ["All comments", "1 editor’s pick"]
        assert links["All comments"]["aria-current"] == "true"
        link = links["1 editor’s pick"]
        assert link["href"] == link["hx-get"]

        page = soup_of(client.get(link["href"], headers=headers))

        above = [f"comment-{root.pk}", f"comment-{reply.parent_id}"]
        assert shown_ids(page) == [*above, f"comment-{reply.pk}"]
        assert context_ids(page) == above
        assert [words(mark) for mark in page.select(".comment__mark--pick")] == ["Editor’s pick"]
        assert filters(page)["1 editor’s pick"]["aria-current"] == "true"
        assert not page.select(".sorts[aria-label='Order of the comments']")
        everything = soup_of(client.get(filters(page)["All comments"]["href"]))
        assert f"comment-{other.pk}" in shown_ids(everything)


def test_only_new_shows_what_came_with_what_it_needs(client, article):
    ada = make_user("Ada")
    client.force_login(ada)
    old, silent = make_comment(article), make_comment(article)
    ReadMark.objects.create(reader=ada, article=article, seen=2, latest=2)
    fresh = make_comment(parent=old)
    make_comment(article, author=ada)
    page = get(client, article, "?only=new")
    assert shown_ids(page) == [f"comment-{old.pk}", f"comment-{fresh.pk}"]
    assert context_ids(page) == [f"comment-{old.pk}"]
    assert "1 new" in filters(page)
    assert f"comment-{silent.pk}" not in shown_ids(page)


def test_new_since_a_number_is_for_everybody_and_pages_by_arrival(client, article):
    make_thread(article, [None] * 5 + [1] * 43)
    addresses, pks = [f"{thread_url(article)}?only=new&since=3"], []
    while addresses:
        page = soup_of(client.get(addresses.pop(), headers=HTMX))
        pks += [pk for pk in shown_ids(page) if pk not in context_ids(page)]
        assert page.select_one("#comments")  # the section as a whole: parents come again
        links = page.select(".thread__more a")
        assert all(link["hx-target"] == "#comments" for link in links)
        addresses = [link["href"] for link in links]
    since = Comment.objects.filter(article=article, arrival__gt=3).order_by("arrival")
    assert sorted(pks) == sorted(f"comment-{comment.pk}" for comment in since)
    assert len(pks) == 45


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?only=new", "Nothing new since your last visit."),
        ("?only=new&since=1", "Nothing new has come."),
        ("?only=picks", "The editors have not picked a comment yet."),
        ("?only=answered", "No question is answered yet."),
    ],
)
def test_a_filter_that_finds_nothing_says_so_and_leads_back(client, article, query, sentence):
    make_comment(article)
    ask(article)
    page = get(client, article, query)
    assert words(page.select_one(".thread__none")) == sentence
    assert "All comments" in filters(page)
    assert not page.select(".invitation")
    assert page.select_one("#form-new")


def test_questions_are_told_apart_by_their_answers(client, article):
    asked, open_one = make_comment(article), make_comment(article)
    # Was answered in turn, but nobody asked there.
    ask(article, asked, make_comment(parent=asked))
    page = get(client, article, "")
    assert list(filters(page)) == ["All comments", "1 unanswered", "1 answered"]
    assert [words(mark) for mark in page.select(".comment__mark--answered")] == ["Answered"]
    assert shown_ids(get(client, article, "?only=unanswered")) == [f"comment-{open_one.pk}"]
    assert shown_ids(get(client, article, "?only=answered"))[0] == f"comment-{asked.pk}"
    assert len(shown_ids(get(client, article, "?only=answered"))) == 2


@pytest.mark.parametrize(
    "query",
    [
        "?only=old", "?only=new&since=x", "?only=new&since=-1", "?only=new&since=1234567",
        "?only=answered", "?only=picks&after=x",
    ],
)  # fmt: skip
def test_what_is_no_filter_is_not_found(client, article, query):
    make_comment(article)
    assert client.get(f"{thread_url(article)}{query}").status_code == 404


def test_a_filter_goes_on_where_it_is(client, article):
    comments = make_thread(article, [None] * 25)
    for comment in comments:
        pick(comment)
    page = get(client, article, "?only=picks")
    more = page.select_one(".thread__more a")["href"]
    second = soup_of(client.get(more))
    assert len(shown_ids(page)) + len(shown_ids(second)) == 25
    assert words(second.select_one(".thread__first a")) == "Back to the first comments"
    assert second.select_one(".thread__first a")["href"].endswith("?only=picks")


def test_a_withdrawn_pick_is_no_pick(client, article):
    ada = make_user()
    comment = make_comment(article, author=ada)
    make_comment(parent=comment)
    pick(comment)
    withdraw_comment(comment, by=Writer(ada))
    page = load_thread(article)
    assert page.pick_count == 0
    assert not page.branches[0].comment.is_picked
    assert load_thread(article, only="picks").branches == []


def test_a_badge_stands_where_it_holds_and_the_first_of_several_is_shown(client):
    gazette, herald = make_publisher(), make_publisher()
    here, there = make_article(publisher=gazette), make_article(publisher=herald)
    ada = make_user("Ada")
    for article in (here, there):
        make_comment(article, author=ada)
    Badge.objects.create(person=ada, kind="staff", publisher=gazette)
    assert badges(client, here) == ["Staff of the publisher"]
    assert badges(client, there) == []
    Badge.objects.create(person=ada, kind="moderator")
    assert badges(client, here) == ["Staff of the publisher"]
    assert badges(client, there) == ["Moderator"]
    Badge.objects.create(person=ada, kind="expert", article=there, words="Tides & <ferries>")
    assert badges(client, there) == ["Expert · Tides & <ferries>"]
    Badge.objects.create(person=ada, kind="author", article=here)
    assert badges(client, here) == ["Author of the article"]


def test_no_publishers_staff_has_a_badge_where_the_publisher_is_unknown(client):
    ada = make_user("Ada")
    Badge.objects.create(person=ada, kind="staff", publisher=make_publisher())
    article = make_article(publisher=None)
    make_comment(article, author=ada)

    assert badges(client, article) == []


def badges(client, article):
    page = soup_of(client.get(thread_url(article)))
    return [words(mark) for mark in page.select(".comment__mark--badge")]


def test_what_is_gone_wears_no_badge(article):
    ada = make_user()
    comment = make_comment(article, author=ada)
    make_comment(parent=comment)
    Badge.objects.create(person=ada, kind="moderator")
    withdraw_comment(comment, by=Writer(ada))
    assert load_thread(article).branches[0].comment.badge_kind == ""


def test_a_comment_says_which_reply_brought_it_up(client, article):
    weak, middling = make_comment(article), make_comment(article)
    strong = make_comment(parent=weak)
    for _ in range(20):
        vote_comment(strong, by=Writer(make_user()), value=1)
    vote_comment(middling, by=Writer(make_user()), value=1)
    page = get(client, article, "")
    assert shown_ids(page)[0] == f"comment-{weak.pk}"
    (link,) = page.select(".comment__lifted")
    assert words(link) == "Higher up because of a reply"
    assert link["href"] == f"/comments/{strong.pk}/"
    assert not get(client, article, "?sort=oldest").select(".comment__lifted")


@pytest.mark.parametrize("count", [0, 50, 5_000, pytest.param(50_000, marks=pytest.mark.full)])
def test_one_statement_loads_a_page_of_a_thread_of_any_size(
    article, count, django_assert_num_queries
):
    ada = make_user()
    if count:
        # A third of them answers the first, as in the longest threads there are.
        comments = make_thread(article, [None if n % 3 else 1 for n in range(1, count + 1)])
        ReadMark.objects.create(reader=ada, article=article, seen=count // 2, latest=count // 2)
        Comment.objects.filter(pk=comments[-1].pk).update(is_picked=True)
        ask(article, comments[1])
    for asked in [
        {}, {"sort": "newest"}, {"sort": "oldest", "after": "9"}, {"only": "new"},
        {"only": "picks"}, {"only": "answered"}, {"only": "unanswered"},
    ]:  # fmt: skip
        with django_assert_num_queries(1):
            page = load_thread(article, viewer=ada, guest_key="k", **asked)
        assert page.count == count
        assert bool(page.branches) == bool(count)
