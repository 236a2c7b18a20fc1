"""The comments tab of the search page, and its feeds."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from comments.finding import finding
from comments.threads.services import change_comment_status
from reader.search.models import SavedSearch, SearchEntry
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(client, query, **headers):
    response = client.get(f"/search/?{query}", headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def summary(soup):
    return " ".join(soup.select_one("#found h2").get_text().split())


def notices(soup):
    return [" ".join(note.get_text().split()) for note in soup.select(".notice")]


def test_a_tab_leads_from_the_articles_to_the_comments_with_its_count(client):
    make_article("A ferry")
    make_comment(text="A ferry")
    make_comment(text="Ferries")

    tab = page(client, "q=ferry").select(".tabs a")[1]

    assert tab.get_text(" ", strip=True) == "Comments 2"
    assert tab["href"] == "/search/?q=ferry&tab=comments"
    assert summary(page(client, "q=ferry&tab=comments")) == "2 comments for “ferry”"


def test_a_comment_shows_who_said_what_when_and_where(client):
    ada = make_user("Ada Quill")
    article = make_article("The harbour")
    comment = make_comment(article, text="So **the ferry** <sleeps>.", author=ada)

    found = page(client, "q=ferry&tab=comments").select_one("ol.river article")

    author, time = found.select("h3 a")
    assert (author.get_text(), author["href"]) == ("Ada Quill", ada.get_absolute_url())
    assert time["href"] == comment.get_absolute_url()
    assert time.select_one("time")["datetime"]
    assert found.select_one(".comment__body").get_text().strip() == "So the ferry <sleeps>."
    assert [mark.get_text() for mark in found.select("mark")] == ["ferry"]
    assert found.select_one(".meta a")["href"] == article.get_absolute_url()


def test_whose_account_is_suspended_has_no_page_to_lead_to(client):
    ada = make_user("Ada Quill", is_active=False)
    make_comment(text="A ferry", author=ada)

    found = page(client, "q=ferry&tab=comments")

    assert "Ada Quill" in found.select_one("h3").get_text()
    assert [a.get_text() for a in found.select("h3 .comment__author a, h3 a.comment__author")] == []


def test_hostile_words_stay_words(client):
    make_comment(text='<script>alert("ferry")</script>', guest_name="<b>Bo</b>")

    found = page(client, "q=ferry&tab=comments").select_one("ol.river")

    assert found.select("script, b") == []
    assert "<b>Bo</b>" in found.get_text()


def test_what_nobody_may_read_is_neither_listed_nor_counted(client):
    make_comment(text="A ferry", held=True)
    change_comment_status(make_comment(text="A ferry"), to="removed")

    assert summary(page(client, "q=ferry&tab=comments")) == "No comment has “ferry” in it."
    assert page(client, "q=ferry").select(".tabs a")[1].get_text(" ", strip=True) == "Comments 0"


@pytest.mark.parametrize("order", ["", "&order=newest"])
def test_more_comments_follow_by_key_with_and_without_scripts(client, monkeypatch, order):
    monkeypatch.setattr(finding, "RESULTS_SIZE", 2)
    posted = [make_comment(text="A ferry").pk for _ in range(5)]
    seen, address = [], f"q=ferry&tab=comments{order}"
    while address:
        soup = page(client, address)
        part = page(client, address, **HTMX)
        links = [a["href"] for a in soup.select("ol.river a.comment__time")]
        assert [a["href"] for a in part.select("ol.river a.comment__time")] == links
        seen += [int(link.split("/")[2]) for link in links]
        more = soup.select_one(".pager a")
        assert more is None or more["href"] == more["hx-get"]
        address = more["href"].partition("?")[2] if more else ""

    assert seen == posted[::-1]


def test_a_cursor_that_this_site_never_made_leads_nowhere(client):
    for place in ("/search/?q=a&tab=comments&after=x", "/search/comments/feed.atom?q=a&after=-1"):
        assert client.get(place).status_code == 404


def test_what_says_nothing_about_comments_is_said(client):
    make_comment(text="A ferry")
    soup = page(client, "q=ferry+hashtag:harbour&tab=comments")

    assert any("Comments have no hashtags" in note for note in notices(soup))
    assert len(soup.select("ol.river > li")) == 1


def test_in_comments_leads_from_the_articles_to_the_tab(client):
    make_comment(text="A ferry")
    soup = page(client, "q=ferry+in:comments")

    link = soup.select_one(".notice a")
    assert link.get_text() == "Comments"
    assert not any("No section" in note for note in notices(soup))
    there = page(client, link["href"].partition("?")[2])
    assert len(there.select("ol.river > li")) == 1
    assert there.select(".notice a") == []


def test_the_tab_speaks_arabic(client):
    make_comment(make_article(language="ar"), text="العبّارة تأخرت")
    with override("ar"):
        client.cookies["language"] = "ar"
        soup = page(client, "q=عبارة&tab=comments", **{"Accept-Language": "ar"})

    assert [mark.get_text() for mark in soup.select("mark")] == ["العبّارة"]
    assert soup.select_one(".comment__body")["dir"] == "auto"


def counted(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if not query["sql"].startswith("EXPLAIN")])


@pytest.mark.parametrize(
    "address",
    ["/search/?q=ferry&tab=comments", "/search/?q=ferry", "/search/comments/feed.atom?q=ferry"],
)
def test_many_comments_cost_no_more_statements_than_one(client, address):
    make_comment(make_article("A ferry"), text="A ferry", author=make_user())
    client.get(address)
    one = counted(client, address)
    for _ in range(6):
        make_comment(text="A ferry", author=make_user())

    assert counted(client, address) == one


def test_an_anonymous_reader_gets_no_cookie(client):
    make_comment(text="A ferry")
    assert not client.get("/search/?q=ferry&tab=comments").cookies


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_search_of_comments_is_a_feed(client, form, monkeypatch):
    monkeypatch.setattr(finding, "FEED_SIZE", 2)
    make_comment(text="A train")
    comments = [make_comment(text="A ferry", guest_name="Ada") for _ in range(3)]
    address = client.get("/search/?q=ferry&tab=comments").content.decode()
    assert f"/search/comments/feed.{form}?q=ferry" in address

    feed = client.get(f"/search/comments/feed.{form}?q=ferry")
    links = [comment.get_absolute_url() for comment in comments]

    assert feed.status_code == 200
    text = feed.content.decode()
    assert links[2] in text and links[1] in text
    assert links[0] not in text
    again = client.get(
        f"/search/comments/feed.{form}?q=ferry", headers={"If-None-Match": feed["ETag"]}
    )
    assert again.status_code == 304
    if form == "json":
        said = json.loads(text)
        assert said["title"].startswith("Comments: “ferry”")
        rest = client.get(said["next_url"]).json()
        assert [item["url"] for item in rest["items"]] == [f"http://testserver{links[0]}"]


def test_a_feed_of_nothing_is_an_empty_feed(client):
    make_comment(text="A ferry")
    assert client.get("/search/comments/feed.json?q=hashtag:x").json()["items"] == []
    assert client.get("/search/comments/feed.json").json()["items"] == []


def test_a_search_of_the_comments_is_saved_beside_that_of_the_articles(client):
    ada = make_user("Ada Quill")
    client.force_login(ada)
    make_article("A ferry")
    make_comment(text="Ferries")
    address = "/search/?q=ferry&tab=comments"
    for tab in ("", "&tab=comments"):
        form = page(client, f"q=ferry{tab}&order=newest").select_one(".found__save")
        client.post(form["action"], {"query": form.select_one("[name=query]")["value"]})
    assert page(client, "q=ferry&tab=comments").select(".found__save") == []
    SavedSearch.objects.update(looked_at=timezone.now() - timedelta(hours=1))
    SearchEntry.objects.update(found_at=None)

    def kept():
        soup = BeautifulSoup(client.get("/search/saved/").content, "html.parser")
        return [
            (
                each.h2.get_text(strip=True),
                each.select_one(".meta").get_text(),
                each.select_one("a[href*=feed]")["href"],
                each.h2.a["href"],
            )
            for each in soup.select(".saved li")
        ]

    comments, articles = kept()

    assert articles[:3] == ("“ferry”", "nothing new", "/search/feed.atom?q=ferry")
    assert comments[:3] == (
        "Comments · “ferry”",
        "1 new",
        "/search/comments/feed.atom?q=ferry",
    )
    assert client.get(comments[3])["Location"] == f"{address}&order=newest"
    # Places are counted in seconds: what was said in the second of the look is still new.
    looked_at = SavedSearch.objects.order_by("-looked_at")[0].looked_at
    SavedSearch.objects.update(looked_at=looked_at + timedelta(seconds=1))
    assert kept()[0][1] == "nothing new"
    assert client.get(comments[2]).status_code == 200
