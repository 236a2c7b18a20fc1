"""A search as a feed."""

from django.test import TestCase

from tests.factories import make_article, make_publisher
from tests.reader.articles.test_feeds import entries_of, text_of


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

    def test_without_words_it_is_empty_and_still_a_feed(self):
        make_article("Ferry")

        assert entries_of(self.client.get("/search/feed.atom")) == []

    def test_a_page_of_results_names_its_feed(self):
        make_article("Ferry")

        response = self.client.get("/search/", {"q": "night ferry", "order": "newest"})

        self.assertContains(response, 'href="/search/feed.atom?q=night+ferry"')
