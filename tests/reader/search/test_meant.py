"""Typos forgiven: the page searches for what was meant and says so, or offers it."""

from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse

from reader.search.vocabulary import count_words
from tests.factories import make_article, make_publisher

URL = reverse("search:search_page")


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def words_of(element):
    return " ".join(element.get_text().split())


class MeantTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.gazette = make_publisher("Gazette")
        for n in range(21):
            make_article(f"Ferry {n}", text="The ferry sleeps.", publisher=cls.gazette)
        make_article("Fery <b>tale</b>", text="Once.", publisher=make_publisher("Herald"))
        count_words()

    def test_nothing_found_searches_at_once_for_what_was_meant_and_says_so(self):
        soup = soup_of(self.client.get(URL, {"q": "ferrry", "order": "newest"}))

        assert words_of(soup.find(id="found-head")) == "21 articles for “ferry”"
        said = soup.select_one(".spelling")
        assert words_of(said) == (
            "No article has “ferrry” in it. These have “ferry”. Search for exactly “ferrry”"
        )
        assert len(soup.select("ol.river li")) == 20
        assert soup.select_one("ol.river mark").get_text() == "Ferry"
        assert soup.select_one("#main input[name=q]")["value"] == "ferrry"
        more = soup_of(self.client.get(urljoin(URL, soup.select_one(".pager a")["href"])))
        assert len(more.select("ol.river li")) == 1

    def test_a_link_searches_for_exactly_what_was_typed(self):
        soup = soup_of(self.client.get(URL, {"q": "ferrry"}))

        exact = soup_of(self.client.get(urljoin(URL, soup.select_one(".spelling a")["href"])))

        assert words_of(exact.find(id="found-head")) == "No article has “ferrry” in it."
        offered = exact.select_one(".spelling")
        assert words_of(offered) == "Did you mean ferry (21)?"
        found = soup_of(self.client.get(urljoin(URL, offered.a["href"])))
        assert words_of(found.find(id="found-head")) == "21 articles for “ferry”"

    def test_few_found_offers_what_is_far_commoner(self):
        soup = soup_of(self.client.get(URL, {"q": "fery"}))

        assert words_of(soup.find(id="found-head")) == "1 article for “fery”"
        assert words_of(soup.select_one(".spelling")) == "Did you mean ferry (21)?"

    def test_what_is_meant_is_counted_within_the_filters(self):
        query = {"q": "ferrry", "publisher": "herald"}

        soup = soup_of(self.client.get(URL, query))

        # The Herald has no ferry.
        assert words_of(soup.find(id="found-head")) == "No article has “ferrry” in it."
        assert soup.select_one(".spelling") is None

    def test_what_was_typed_stays_text(self):
        soup = soup_of(self.client.get(URL, {"q": 'ferrry "<b>x" <i>'}))

        assert soup.select_one(".found__head i, .found__head b") is None
