"""What the pages of articles say: also when much is not known, foreign, or hostile."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from reader.articles.models import Article, Section
from reader.articles.querysets import ArticleQuerySet
from reader.articles.services import adjust_comment_count, withdraw_article
from reader.articles.views import BLOCK_SIZE, FRONT_SIZE
from tests.factories import make_article, make_publisher, make_section

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def soup_of(client, address, **options):
    return BeautifulSoup(client.get(address, **options).content, "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_an_article_tells_who_said_it_when_and_how_long_it_takes(client):
    article = make_article(
        "Ferry late again",
        text="word " * 700,
        publisher=make_publisher("The Harbour Post"),
        section=make_section("Transport"),
        published_at=timezone.now() - timedelta(hours=2),
        standfirst="Nobody knows why.",
        authors=["Ada Quill", "Ben Ink"],
        original_url="https://harbour.example/ferry",
    )

    soup = soup_of(client, article.get_absolute_url())

    meta = soup.select_one(".article__head .meta")
    assert words(meta) == "The Harbour Post 2 hours ago 3 minute read Transport"
    assert words(soup.h1) == "Ferry late again"
    assert words(soup.select_one(".article__standfirst")) == "Nobody knows why."
    assert words(soup.select(".article__head .meta")[1]) == "By Ada Quill, Ben Ink"
    assert [a["href"] for a in soup.select(".article__jumps a")] == ["#comments", "#related"]
    original = soup.select_one(".article__original a")
    assert original["href"] == "https://harbour.example/ferry"
    assert words(original) == "Read the original at The Harbour Post"
    assert {"noopener", "external"} <= set(original["rel"])


def test_an_article_without_text_promises_no_reading_time(client):
    article = make_article("Just a headline", text="")

    soup = soup_of(client, article.get_absolute_url())

    assert "read" not in words(soup.select_one(".article__head .meta"))


@pytest.mark.parametrize(("source", "notices"), [("sample edition", 1), ("a feed", 0)])
def test_only_what_is_invented_is_called_a_sample(client, source, notices):
    make_article("Invented", source="sample edition", record_id="sample-01")
    article = make_article("Read me", source=source)

    soup = soup_of(client, article.get_absolute_url())

    assert len(soup.select(".masthead .notice")) == notices


def test_what_is_not_known_is_said_and_not_made_up(client):
    article = make_article(text="A text that came alone.")
    Article.objects.filter(pk=article.pk).update(title="", published_at=None)

    soup = soup_of(client, article.get_absolute_url())

    assert words(soup.select_one(".article__head .meta")) == (
        "Publisher unknown date unknown 1 minute read"
    )
    assert words(soup.h1) == "A text that came alone."
    assert soup.select(".article__original") == []
    facts = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert not {"publisher", "datePublished", "author", "isBasedOn"} & facts.keys()


@pytest.mark.parametrize(
    ("language", "lang"),
    [("ar", "ar"), ("zh-Hant", "zh-Hant"), ("en", None), ("", None), ('x" onload="', None)],
)
def test_foreign_text_says_its_language_and_every_text_finds_its_direction(client, language, lang):
    article = make_article("عنوان", standfirst="مقدمة")
    Article.objects.update(language=language)

    page, front = soup_of(client, article.get_absolute_url()), soup_of(client, "/")

    for element in (page.h1, page.select_one(".prose"), front.select_one("h3")):
        assert (element.get("lang"), element["dir"]) == (lang, "auto")


def test_the_description_for_machines_cannot_end_its_script(client):
    title = "</script><script>alert(1)</script> & <!-- "
    article = make_article(title, publisher=make_publisher("Post & Co"))

    html = client.get(article.get_absolute_url()).content.decode()

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    facts = json.loads(block)
    assert facts["headline"] == title
    assert facts["publisher"]["name"] == "Post & Co"
    assert "alert(1)</script>" not in html


def test_the_description_for_machines_gives_a_date_where_only_a_date_is_known(client):
    noon = datetime(2026, 10, 3, 12, tzinfo=UTC)
    for is_date, expected in ((True, "2026-10-03"), (False, "2026-10-03T12:00:00+00:00")):
        article = make_article(published_at=noon, published_is_date=is_date)
        soup = soup_of(client, article.get_absolute_url())
        facts = json.loads(soup.select_one('script[type="application/ld+json"]').string)
        assert facts["datePublished"] == expected
        assert facts["url"] == f"http://testserver{article.get_absolute_url()}"


def test_the_front_page_leads_with_the_newest_and_repeats_it_nowhere_in_the_river(client):
    make_article("Older", hours_ago=5)
    make_article("Newest", hours_ago=1)

    soup = soup_of(client, "/")

    assert words(soup.select_one(".article-item--lead h3")) == "Newest"
    assert [words(h) for h in soup.select(".columns__main > .river h3")] == ["Older"]
    assert len(soup.find_all("h1")) == 1


def test_sections_go_on_where_the_river_of_the_front_page_ends(client):
    transport = make_section("Transport")
    for number in range(FRONT_SIZE + BLOCK_SIZE + 1):
        make_article(f"Number {number}", hours_ago=number + 1, section=transport)

    soup = soup_of(client, "/")

    river = [words(h) for h in soup.select(".columns__main h3")]
    block = [words(h) for h in soup.select(f"[aria-labelledby=section-{transport.pk}] h3")]
    shown = [f"Number {number}" for number in range(FRONT_SIZE + BLOCK_SIZE)]
    assert (river, block) == (shown[:FRONT_SIZE], shown[FRONT_SIZE:])


def test_an_empty_site_says_what_will_come(client):
    soup = soup_of(client, "/")

    assert words(soup.h1) == "No articles yet"
    assert soup.select(".columns__side") == []


def test_most_discussed_counts_comments_and_leads_to_them(client):
    article = make_article("Talked about")
    make_article("Silent", hours_ago=3)
    adjust_comment_count(article.pk, by=4)

    soup = soup_of(client, "/")

    (item,) = soup.select("section[aria-labelledby=discussed] li")
    assert words(item.h3) == "Talked about"
    link = item.select(".meta a")[-1]
    assert (words(link), link["href"]) == (
        "4 comments",
        f"{article.get_absolute_url()}#comments",
    )


def test_more_articles_is_a_link_whose_htmx_answer_continues_the_list_and_takes_the_focus(client):
    for number in range(32):
        make_article(f"Number {number}", hours_ago=number + 1)
    link = soup_of(client, "/").select_one(".pager a")
    assert link["href"] == link["hx-get"]

    page = client.get(f"/{link['href']}")
    part = client.get(f"/{link['href']}", headers=HTMX)

    shown = [
        [words(h) for h in BeautifulSoup(a.content, "html.parser").select(".river h3")]
        for a in (page, part)
    ]
    assert shown[0] == shown[1] == [f"Number {number}" for number in range(FRONT_SIZE, 32)]
    assert "HX-Request" in page["Vary"]
    assert part.content.lstrip().startswith(b'<ol class="river">')
    assert b"<html" not in part.content
    assert part.content.count(b" autofocus") == 1
    assert b" autofocus" not in page.content


def test_a_section_and_a_publisher_list_their_own(client):
    section, publisher = make_section("Transport"), make_publisher("The Harbour Post")
    make_article("In the section", section=section)
    make_article("By the publisher", publisher=publisher)

    for place, expected in ((section, "In the section"), (publisher, "By the publisher")):
        soup = soup_of(client, place.get_absolute_url())
        assert words(soup.h1) == str(place)
        assert [words(h) for h in soup.select("h3")] == [expected]
        assert soup.select_one("link[rel=canonical]")["href"] == (
            f"http://testserver{place.get_absolute_url()}"
        )


def test_a_section_without_articles_says_so(client):
    soup = soup_of(client, make_section("Tides").get_absolute_url())

    assert words(soup.select_one(".empty")) == "Nothing in Tides yet."


def test_the_masthead_marks_the_section_one_is_in(client):
    here, _other = make_section("Transport"), make_section("Weather")
    Section.objects.update(place=1)
    cache.clear()

    soup = soup_of(client, here.get_absolute_url())

    assert [words(a) for a in soup.select(".masthead a[aria-current=page]")] == ["Transport"]


def test_a_withdrawn_article_is_gone_and_shows_nothing_of_itself(client):
    article = make_article("Never happened", text="Secret words.")
    withdraw_article(article)

    response = client.get(article.get_absolute_url())

    assert response.status_code == 410
    html = response.content.decode()
    assert "This article was withdrawn" in html
    assert "Secret words" not in html
    assert "Never happened" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_page_that_is_not_there_offers_the_search_and_the_latest_five(client):
    for number in range(6):
        make_article(f"Number {number}", hours_ago=number + 1)

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    soup = BeautifulSoup(response.content, "html.parser")
    assert words(soup.h1) == "That page is not here"
    assert soup.select_one("main search input[name=q]") is not None
    assert [words(h) for h in soup.select("main h3")] == [f"Number {n}" for n in range(5)]


def test_a_page_that_is_not_there_says_so_without_a_database(client, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError("away")

    cache.clear()
    monkeypatch.setattr(ArticleQuerySet, "_fetch_all", away)
    monkeypatch.setattr(Section.objects.none().__class__, "_fetch_all", away)

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "That page is not here" in response.content.decode()


def test_the_page_for_our_own_faults_needs_nothing(client):
    client.raise_request_exception = False
    from reader.views import server_error  # noqa: PLC0415

    html = server_error(None).content.decode()

    assert "Something broke here" in html
    assert reverse("articles:front") in html
    assert "{{" not in html
    assert "{%" not in html
