"""What readers are told when a search takes longer than anybody waits."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import TestCase
from django.utils import timezone

from comments.finding.services import rebuild_comment_index
from comments.threads.services import post_comment
from reader.articles import services as articles
from reader.articles.models import Article
from reader.hashtags import services as hashtags
from reader.search.engines import patience
from reader.search.models import SavedSearch
from reader.search.saving import save_search
from reader.search.services import rebuild_index
from reader.search.vocabulary import count_words
from tests.factories import make_article, make_user


def soup_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class ImpatienceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for n in range(2):
            make_article(f"Ferry {n}", text="The ferry sleeps.")
        count_words()

    def test_the_page_says_so_and_claims_no_count(self):
        for query in ("q=ferry", "q=frery", "q=ferry&tab=comments", "q=ferry&order=newest"):
            with patience(0):
                soup = soup_of(self.client.get(f"/search/?{query}"))

            assert soup.select_one("#found h2").get_text().strip() == "No answer in time.", query
            assert "takes too long" in soup.select_one("#found .notice").get_text()
            tabs = [link.get_text(" ", strip=True) for link in soup.select(".tabs a")]
            assert tabs == ["Articles", "Comments"]
            assert soup.select(".empty, .spelling, ol.river") == []

    def test_a_feed_asks_to_come_back_and_is_not_empty(self):
        for room in ("", "comments/"):
            address = f"/search/{room}feed.atom?q=ferry"
            with patience(0):
                answer = self.client.get(address)

            assert (answer.status_code, answer["Retry-After"]) == (503, "60")
            assert "takes too long" in answer.content.decode()
            assert "ETag" not in answer
            assert self.client.get(address).status_code == 200

    def test_suggestions_come_without_headlines(self):
        with patience(0):
            soup = soup_of(self.client.get("/search/suggest?q=fer"))

        kinds = [group["aria-labelledby"] for group in soup.select("[role=group]")]
        assert "suggestions-words" in kinds
        assert "suggestions-headlines" not in kinds

    def test_the_list_of_saved_searches_says_what_was_not_counted(self):
        ada = make_user("Ada Quill")
        for query in ("q=ferry", "q=ferry&tab=comments"):
            save_search(ada, query=query)
        SavedSearch.objects.update(looked_at=timezone.now() - timedelta(hours=1))
        self.client.force_login(ada)

        with patience(0):
            soup = soup_of(self.client.get("/search/saved/"))

        said = [each.select_one(".meta").get_text() for each in soup.select(".saved li")]
        assert said == ["What is new was not counted: that takes too long now."] * 2

    def test_no_change_of_anything_is_cut_off(self):
        ada = make_user("Ada Quill")
        ferry, other = Article.objects.order_by("pk")

        with patience(0):
            harbour, docks, ships = (
                hashtags.tag_article(ferry, name=name, by=None).hashtag
                for name in ("Harbour", "Docks", "Ships")
            )
            hashtags.tag_article(other, name="Harbour", by=None)
            hashtags.untag_article(ferry, hashtag=ships, by=None)
            merge = hashtags.merge_hashtags(docks, harbour, by=None)
            hashtags.undo_hashtag_change(merge, by=None)
            some = hashtags.Choice(article_ids=(ferry.pk,))
            hashtags.split_hashtag(harbour, some, into="Boats", by=None)
            articles.edit_article(ferry, by=None, title="Ferries")
            articles.unpublish_article(ferry)
            articles.publish_article(ferry)
            post_comment(ferry, text="So it does.", author=ada)
            rebuild_index(say=lambda _: None)
            rebuild_comment_index(say=lambda _: None)
            articles.delete_articles([other])

        question = {"q": "hashtag:boats hashtag:docks ferries -hashtag:ships"}
        soup = soup_of(self.client.get("/search/", question))
        assert [a.get_text().strip() for a in soup.select("ol.river h3 a")] == ["Ferries"]
