"""A search as a feed."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from reader.search.finding import FEED_SIZE
from tests.factories import make_article, make_publisher
from tests.reader.articles.test_feeds import entries_of, text_of, titles_of


class SearchFeedTests(TestCase):
    def test_the_newest_articles_that_fit_are_in_it(self):
        gazette = make_publisher("Gazette")
        make_article("Old ferry", text="ferry ferry", publisher=gazette, hours_ago=9)
        make_article("New", text="A ferry.", hours_ago=1)
        make_article("Train")

        every = self.client.get("/search/feed.atom", {"q": "ferry"})
        one = self.client.get("/search/feed.atom", {"q": "ferry", "publisher": gazette.slug})

        assert [text_of(entry, "title") for entry in entries_of(every)] == ["New", "Old ferry"]
        assert [text_of(entry, "title") for entry in entries_of(one)] == ["Old ferry"]

    def test_it_goes_on_where_its_first_page_ends_in_the_same_statements(self):
        gazette = make_publisher()
        costs = []
        for size in (2, FEED_SIZE):
            for number in range(size):
                make_article(
                    f"Ferry {size}.{number}", text="Port", publisher=gazette, keywords=["Harbour"]
                )
            with CaptureQueriesContext(connection) as queries:
                first = self.client.get("/search/feed.json", {"q": "ferry", "time": "week"})
            costs.append(len(queries))

        second = self.client.get(first.json()["next_url"])

        assert len(set(costs)) == 1, costs
        assert "q=ferry&time=week&after=" in first.json()["next_url"]
        assert titles_of(first)[0] == "Ferry 30.29"
        assert titles_of(second) == ["Ferry 2.1", "Ferry 2.0"]
        for feed in (first.json(), second.json()):
            assert feed["home_page_url"] == "http://testserver/search/?q=ferry&time=week"
        for after in ("x", "-1", "9" * 30):
            path = f"/search/feed.json?q=ferry&after={after}"
            assert self.client.get(path).status_code == 404

    def test_without_words_it_is_empty_and_still_a_feed(self):
        make_article("Ferry")

        assert entries_of(self.client.get("/search/feed.atom")) == []
        assert self.client.get("/search/feed.json").json()["items"] == []

    def test_a_page_of_results_names_its_feed(self):
        make_article("Ferry")

        response = self.client.get("/search/", {"q": "night ferry", "order": "newest"})

        self.assertContains(response, 'href="/search/feed.atom?q=night+ferry"')
