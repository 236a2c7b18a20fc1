"""The panel below an article."""

from bs4 import BeautifulSoup
from django.db import connection
from django.template import engines
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from reader.articles.models import Article
from reader.glance.models import hash_of
from tests.factories import make_article
from tests.reader.glance.test_keypoints import ARTICLE, FACT, LEAD

DOOR = "{% load glance %}{% glance article %}"


def panel_of(article):
    article = Article.objects.for_page().get(pk=article.pk)
    markup = engines["django"].from_string(DOOR).render({"article": article})
    return BeautifulSoup(markup, "html.parser")


def words(element):
    return " ".join(element.get_text().split())


class PanelTests(TestCase):
    def test_it_shows_the_sentences_word_for_word_and_says_who_picked_them(self):
        panel = panel_of(make_article(text=ARTICLE))

        points = [point.get_text() for point in panel.select("li")]
        assert points[:2] == [LEAD, FACT]
        assert all(point in ARTICLE for point in points)
        assert words(panel.select_one("section > p")) == (
            "Sentences picked by a computer from the text above, word for word. How"
        )

    def test_it_is_a_section_named_by_its_heading(self):
        section = panel_of(make_article(text=ARTICLE)).section

        heading = section.find(id=section["aria-labelledby"])
        assert (heading.name, words(heading)) == ("h2", "At a glance")

    def test_what_the_article_says_keeps_its_language_and_direction(self):
        article = make_article(text=ARTICLE, language="ar")
        panel = panel_of(article)

        assert panel.ul["dir"] == "rtl"
        assert {(point["lang"], point["dir"]) for point in panel.select("li")} == {("ar", "auto")}

    def test_markup_in_the_text_is_shown_and_not_obeyed(self):
        hostile = LEAD.replace("workshop", "<script>alert(1)</script> workshop & dock")
        article = make_article(text=ARTICLE)
        text = ARTICLE.replace(LEAD, hostile)
        Article.objects.filter(pk=article.pk).update(body_text=text)
        article.refresh_from_db()
        _show(article, [[0, len(hostile)]])

        panel = panel_of(article)

        assert panel.select("script") == []
        assert panel.li.get_text() == hostile

    def test_a_short_article_says_how_long_it_takes_instead(self):
        panel = panel_of(make_article(text=LEAD))

        assert panel.select("li") == []
        assert words(panel.p) == ("No key points for this one. The article itself takes 1 minute.")

    def test_a_text_changed_behind_its_back_is_never_shown_in_wrong_pieces(self):
        article = make_article(text=ARTICLE)
        Article.objects.filter(pk=article.pk).update(body_text="X" + ARTICLE)

        assert "No key points for this one." in words(panel_of(article))

    def test_an_article_without_text_says_only_that(self):
        panel = panel_of(make_article(title="A thread", text=""))

        assert words(panel.p) == "No key points for this one."

    def test_it_costs_one_query_with_points_and_without(self):
        for article in (make_article(text=ARTICLE), make_article(text=LEAD)):
            article = Article.objects.for_page().get(pk=article.pk)
            template = engines["django"].from_string(DOOR)
            with self.assertNumQueries(1):
                template.render({"article": article})


class ArticlePageTests(TestCase):
    def test_the_panel_stands_between_hashtags_and_comments(self):
        article = make_article(text=ARTICLE)

        page = self.client.get(article.get_absolute_url())

        page = BeautifulSoup(page.content, "html.parser")
        names = [section["class"][0] for section in page.select("main section[class]")]
        assert names.index("hashtags") < names.index("glance") < names.index("thread")
        assert page.select_one(".prose p").get_text() == page.select_one(".glance li").get_text()

    def test_it_asks_the_database_once_however_many_points_there_are(self):
        for text in (ARTICLE, LEAD):
            address = make_article(text=text).get_absolute_url()
            with CaptureQueriesContext(connection) as queries:
                self.client.get(address)
            assert sum("glance_keypoints" in query["sql"] for query in queries) == 1


def _show(article, spans):
    points = article.key_points
    points.spans, points.content_hash = spans, hash_of(article.body_text)
    points.save()
