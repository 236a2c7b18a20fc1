"""What pages tell search engines, feed readers and whoever is sent a link."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from django.utils import timezone

from reader.articles.metadata import open_graph_locale
from reader.articles.models import Article
from tests.factories import make_article, make_comment, make_publisher, make_section, make_user
from tests.reader.articles.test_feeds import HOSTILE

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
ORIGINAL = "https://gazette.example/1?a=1&b=2"


def soup_of(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def told(soup, name):
    """Return what the page's meta elements say under a name or property, in order."""
    found = soup.find_all("meta", {"property": name}) + soup.find_all("meta", {"name": name})
    return [element["content"] for element in found]


def linked_data(soup):
    scripts = soup.select('script[type="application/ld+json"]')
    return {facts["@type"]: facts for facts in (json.loads(script.string) for script in scripts)}


def make_known_article(**fields):
    """Make an article of which everything is known."""
    return make_article(
        "Ferries & fares",
        text="Fares rise again.",
        publisher=make_publisher("The Gazette"),
        section=make_section("Transport"),
        authors=["Ada Byron"],
        language="pt-BR",
        keywords=["Ferry Strike"],
        original_url=ORIGINAL,
        **fields,
    )


def test_the_one_address_of_an_article_is_its_publisher_s_and_ours_when_there_is_none(client):
    theirs, ours = make_known_article(), make_article()

    for article, expected in ((theirs, ORIGINAL), (ours, f"{SITE}{ours.get_absolute_url()}")):
        soup = soup_of(client, article.get_absolute_url())
        assert [link["href"] for link in soup.select("link[rel=canonical]")] == [expected]
        # Whoever is sent the link shall come here.
        assert told(soup, "og:url") == [f"{SITE}{article.get_absolute_url()}"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_an_address_that_is_not_of_the_web_is_nobody_s(client, address):
    article = make_article()
    Article.objects.update(original_url=address)

    soup = soup_of(client, article.get_absolute_url())

    assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE}{article.get_absolute_url()}"
    assert "isBasedOn" not in linked_data(soup)["NewsArticle"]


def test_a_link_to_an_article_looks_like_the_article(client):
    article = make_known_article()

    soup = soup_of(client, article.get_absolute_url())

    assert {name: told(soup, name) for name in ("og:type", "og:title", "og:site_name")} == {
        "og:type": ["article"],
        "og:title": ["Ferries & fares"],
        "og:site_name": ["Foldline"],
    }
    assert told(soup, "description") == told(soup, "og:description") == ["Fares rise again."]
    assert told(soup, "og:locale") == ["pt_BR"]
    moment = article.published_at.isoformat(timespec="seconds")
    assert told(soup, "article:published_time") == [moment]
    assert told(soup, "article:section") == ["Transport"]
    assert told(soup, "article:tag") == ["FerryStrike"]
    assert told(soup, "twitter:card") == ["summary"]
    assert told(soup, "og:image") == []


def test_the_description_for_machines_is_complete(client):
    article = make_known_article(licence="https://licences.example/by")
    address = f"{SITE}{article.get_absolute_url()}"

    facts = linked_data(soup_of(client, article.get_absolute_url()))["NewsArticle"]

    article.refresh_from_db()
    assert facts == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferries & fares",
        "description": "Fares rise again.",
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "inLanguage": "pt-BR",
        "datePublished": article.published_at.isoformat(timespec="seconds"),
        "dateModified": article.updated_at.isoformat(timespec="seconds"),
        "wordCount": 3,
        "commentCount": 0,
        "discussionUrl": f"{address}#comments",
        "articleSection": "Transport",
        "keywords": ["FerryStrike"],
        "author": [{"@type": "Person", "name": "Ada Byron"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Gazette"},
        "isBasedOn": ORIGINAL,
        "license": "https://licences.example/by",
        "isAccessibleForFree": True,
    }


def test_the_way_to_an_article_leads_through_its_section(client):
    article = make_known_article()

    crumbs = linked_data(soup_of(client, article.get_absolute_url()))["BreadcrumbList"]

    assert [
        (each["position"], each["name"], each["item"]) for each in crumbs["itemListElement"]
    ] == [
        (1, "Foldline", f"{SITE}/"),
        (2, "Transport", f"{SITE}{article.section.get_absolute_url()}"),
        (3, "Ferries & fares", f"{SITE}{article.get_absolute_url()}"),
    ]
    bare = make_article()
    assert linked_data(soup_of(client, bare.get_absolute_url())).keys() == {"NewsArticle"}


def test_a_headline_for_machines_has_110_characters_at_most(client):
    article = make_article("Word " * 60)

    soup = soup_of(client, article.get_absolute_url())

    headline = linked_data(soup)["NewsArticle"]["headline"]
    assert 100 <= len(headline) <= 110
    assert headline.endswith("…")
    assert told(soup, "og:title") == [headline]


def test_what_was_ready_before_it_came_out_did_not_change_before_it_came_out(client):
    article = make_article()
    Article.objects.update(updated_at=timezone.now() - timedelta(days=3))

    facts = linked_data(soup_of(client, article.get_absolute_url()))["NewsArticle"]

    assert facts["dateModified"] == facts["datePublished"]


def test_hostile_words_stay_words(client):
    for words in HOSTILE:
        article = make_article(
            words, text=f"{words} {words}", publisher=make_publisher(words), authors=[words]
        )
        html = client.get(article.get_absolute_url()).content.decode()
        soup = BeautifulSoup(html, "html.parser")

        facts = linked_data(soup)["NewsArticle"]
        assert facts["author"][0]["name"] == words.replace("\ufffe", "")
        assert told(soup, "og:title") == [facts["headline"]]
        assert len(soup.find_all("meta", {"name": "twitter:card"})) == 1
        assert [s for s in soup.find_all("script") if "alert" in s.text and not s.get("type")] == []
        assert not re.search(r"<meta[^>]*\son\w+=", html)


def test_every_kind_of_list_describes_itself_and_names_its_three_feeds(client):
    article = make_known_article()
    make_comment(article)
    places = {
        "/": "/feed",
        article.section.get_absolute_url(): f"{article.section.get_absolute_url()}feed",
        article.publisher.get_absolute_url(): f"{article.publisher.get_absolute_url()}feed",
        "/hashtags/ferrystrike/": "/hashtags/ferrystrike/feed",
        f"/articles/{article.pk}/comments/": f"/articles/{article.pk}/comments/feed",
        article.get_absolute_url(): f"/articles/{article.pk}/comments/feed",
    }
    for path, feed in places.items():
        soup = soup_of(client, path)
        links = {x["type"]: x["href"] for x in soup.select("link[rel=alternate]")}
        assert links == {
            "application/atom+xml": f"{feed}.atom",
            "application/rss+xml": f"{feed}.rss",
            "application/feed+json": f"{feed}.json",
        }
        titles = [link["title"] for link in soup.select("link[rel=alternate]")]
        assert [title.rpartition(" (")[2] for title in titles] == ["Atom)", "RSS)", "JSON Feed)"]
        for content_type, address in links.items():
            response = client.get(address)
            assert response.status_code == 200
            assert response["Content-Type"].startswith(content_type)
        for name in ("description", "og:title", "og:url", "og:description", "twitter:card"):
            assert len(told(soup, name)) == 1 and told(soup, name)[0], (path, name)
        assert len(soup.select("link[rel=canonical]")) == 1
        assert told(soup, "robots") == []


def test_a_search_names_the_feeds_of_what_was_asked(client):
    soup = soup_of(client, "/search/?q=night+ferry&order=newest&after=1")

    assert [link["href"] for link in soup.select("link[rel=alternate]")] == [
        f"/search/feed.{form}?q=night+ferry" for form in ("atom", "rss", "json")
    ]


def test_pages_that_are_no_place_to_arrive_at_ask_to_be_left_out(client):
    comment = make_comment(make_article(), author=make_user("Ada"))
    for path in (
        "/search/?q=ferry",
        comment.get_absolute_url(),
        comment.author.get_absolute_url(),
        "/account/login/",
    ):
        assert "noindex" in told(soup_of(client, path), "robots")[0], path


@override_settings(NOINDEX_REPUBLISHED=True)
def test_by_setting_pages_with_a_publisher_s_text_are_left_to_the_publisher(client):
    theirs, ours = make_known_article(), make_article()

    assert told(soup_of(client, theirs.get_absolute_url()), "robots") == ["noindex, follow"]
    assert told(soup_of(client, ours.get_absolute_url()), "robots") == []
    assert told(soup_of(client, "/"), "robots") == []


def test_without_the_setting_they_may_be_found(client):
    assert told(soup_of(client, make_known_article().get_absolute_url()), "robots") == []


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en_GB"), ("en-US", "en_US"), ("ar", "ar_AR"), ("zh", "zh_CN"), ("zh-Hant", "zh_TW"),
        ("pt-br", "pt_BR"), ("sr-Latn", "sr_RS"), ("es-419", "es_ES"), ("tlh", ""), ("", ""),
    ],
)  # fmt: skip
def test_open_graph_has_its_own_names_for_languages(tag, locale):
    assert open_graph_locale(tag) == locale
