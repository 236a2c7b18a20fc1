"""Reading on from one article to the next within a hashtag."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.articles.services import withdraw_article
from reader.hashtags import services
from reader.hashtags.finding import neighbours_of
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.rivers import links_around
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def tag(article, *names):
    for name in names:
        services.tag_article(article, name=name, by=None)


def make_row(*titles, name="Ferry"):
    """Make articles an hour apart, oldest first, all under one hashtag."""
    articles = [
        make_article(title, hours_ago=50 - number, text="Words.")
        for number, title in enumerate(titles)
    ]
    for article in articles:
        tag(article, name)
    return articles


def ways(client, article):
    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")
    return {a["rel"][0]: a.get_text(strip=True) for a in page.select(".neighbours a")}


def test_an_article_leads_to_the_one_before_and_the_one_after_it(client):
    first, second, third = make_row("First", "Second", "Third")

    assert ways(client, first) == {"next": "Second"}
    assert ways(client, second) == {"prev": "First", "next": "Third"}
    assert ways(client, third) == {"prev": "Second"}


def test_articles_of_the_same_moment_follow_each_other_and_none_is_lost(client):
    at = timezone.now() - timedelta(hours=3)
    row = [make_article(f"Number {n}", published_at=at, text="Words.") for n in range(4)]
    for article in row:
        tag(article, "Ferry")

    here, walked = row[0], ["Number 0"]
    while "next" in (found := ways(client, here)):
        walked.append(found["next"])
        here = next(article for article in row if article.title == found["next"])

    assert walked == ["Number 0", "Number 1", "Number 2", "Number 3"]


def test_only_what_readers_may_see_is_led_to(client):
    _, withdrawn, here, _, after = make_row("Oldest", "Gone", "Here", "Later", "After")
    withdraw_article(withdrawn)
    later = ArticleHashtag.objects.get(article__title="Later")
    services.untag_article(later.article, hashtag=later.hashtag, by=None)

    assert ways(client, here) == {"prev": "Oldest", "next": "After"}
    assert ways(client, after)["prev"] == "Here"


def test_the_first_hashtag_with_other_articles_is_followed(client):
    make_row("Other", name="Harbour")
    here = make_article("Here", text="Words.")
    tag(here, "Lonely", "Harbour")

    page = client.get(here.get_absolute_url())

    assert ways(client, here) == {"prev": "Other"}
    assert b'aria-label="More under #Harbour"' in page.content


def test_an_article_alone_under_its_hashtags_leads_nowhere(client):
    alone = make_article("Alone", text="Words.")
    tag(alone, "Lonely")

    assert ways(client, alone) == {}


def test_it_costs_one_query_that_walks_no_further_than_a_step():
    row = make_row(*(f"Number {n}" for n in range(30)))
    here, ferry = row[15], Hashtag.objects.get(name="Ferry")

    with CaptureQueriesContext(connection) as queries:
        found = neighbours_of(here, [ferry])

    assert len(queries) == 1
    assert (found.hashtag, found.older, found.newer) == (ferry, row[14], row[16])
    plan = links_around(here, ferry).explain()
    if connection.vendor == "sqlite":
        assert plan.count("USING INDEX hashtags_articlehashtag_river") == 2, plan
        assert "SCAN hashtags_articlehashtag" not in plan
        assert "TEMP B-TREE" not in plan


def merge(hashtag, count):
    """Have many names merged into a hashtag, whose articles' links stay under them in turn."""
    names = Hashtag.objects.bulk_create(
        Hashtag(name=f"Name{n}", slug=f"name{n}", alias_of=hashtag) for n in range(count)
    )
    Hashtag.objects.filter(pk=hashtag.pk).update(gathers=[name.pk for name in names])
    links = list(ArticleHashtag.objects.filter(hashtag=hashtag).order_by("pk"))
    for number, link in enumerate(links[1:]):
        link.hashtag = names[number * 97 % count]
    ArticleHashtag.objects.bulk_update(links, ["hashtag"])
    return Hashtag.objects.get(pk=hashtag.pk)


@pytest.mark.parametrize("names", [2, 600])
def test_it_leads_on_whatever_was_merged_at_the_same_cost(client, names):
    row = make_row(*(f"Number {n}" for n in range(9)))
    ferry = merge(Hashtag.objects.get(name="Ferry"), names)

    for place, here in enumerate(row):
        with CaptureQueriesContext(connection) as queries:
            found = neighbours_of(here, [ferry])

        assert found.older == (row[place - 1] if place else None)
        assert found.newer == (row[place + 1] if place < 8 else None)
        assert len(queries) == 3
    assert ways(client, row[4]) == {"prev": "Number 3", "next": "Number 5"}
    assert client.get("/hashtags/ferry/").status_code == 200
