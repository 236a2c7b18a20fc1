from datetime import timedelta

from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.related.models import RelatedLink
from reader.related.services import pin_related, relate_all
from tests.factories import make_article, make_publisher, make_section
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, BRIDGE, FERRY


def rendered(article):
    html = Template("{% load related %}{% related article %}").render(Context({"article": article}))
    return BeautifulSoup(html, "html.parser")


def titles(article):
    return [item.h3.get_text(strip=True) for item in rendered(article).select(".related li")]


class SidebarTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publisher = make_publisher("Ellery Echo")
        cls.ferry = make_articles(FERRY[:1]) + make_articles(FERRY[1:], publisher=cls.publisher)
        cls.bridge = make_articles(BRIDGE)
        relate_all(say=quiet)

    def test_an_item_says_who_when_what_and_why(self):
        [item] = [
            item
            for item in rendered(self.ferry[0]).select(".related li")
            if item.h3.get_text(strip=True) == FERRY[1][0]
        ]

        link = RelatedLink.objects.get(article=self.ferry[0], other=self.ferry[1])
        self.assertEqual(item.select_one(".publisher").get_text(strip=True), "Ellery Echo")
        self.assertEqual(item.time.get_text(strip=True), "1 hour ago")
        self.assertEqual(item.a["href"], self.publisher.get_absolute_url())
        self.assertEqual(item.h3.a["href"], self.ferry[1].get_absolute_url())
        self.assertEqual(
            item.select_one(".related__excerpt").get_text(strip=True), self.ferry[1].excerpt
        )
        self.assertEqual(item.select_one(".related__why").get_text(strip=True), link.why)

    def test_an_unknown_publisher_and_date_are_admitted(self):
        unknown = make_article(
            "Found in a drawer", text="A letter.", published_at=None, publisher=None
        )
        RelatedLink.objects.all().delete()
        pin_related(self.ferry[0], unknown, by=None)
        unknown.__class__.objects.filter(pk=unknown.pk).update(published_at=None)

        meta = rendered(self.ferry[0]).select_one(".related li .meta").get_text(" ", strip=True)
        self.assertEqual(meta, "Publisher unknown date unknown")

    def test_it_costs_one_query_whether_one_or_five_are_shown(self):
        pinned = make_articles([*ALONE, *BRIDGE, *FERRY], publisher=make_publisher())
        pin_related(self.bridge[0], pinned[0], by=None)
        for other in pinned:
            pin_related(self.ferry[0], other, by=None)

        for article in (self.bridge[0], self.ferry[0]):
            with self.assertNumQueries(1):
                rendered(article)
        self.assertEqual(len(titles(self.ferry[0])), 5)

    def test_what_is_hidden_vanishes_from_both_sides_before_anything_is_related_again(self):
        hidden = self.ferry[1]
        self.assertIn(FERRY[1][0], titles(self.ferry[0]))
        later = timezone.now() + timedelta(days=1)

        for hide in (
            articles.withdraw_article,
            articles.unpublish_article,
            lambda article: articles.publish_article(article, embargo_until=later),
            lambda article: articles.publish_article(article, at=later),
        ):
            articles.publish_article(hidden, at=timezone.now())
            hide(hidden)
            with self.subTest(hide=hide):
                self.assertNotIn(FERRY[1][0], titles(self.ferry[0]))
                self.assertEqual(titles(hidden), [])

    def test_a_pin_of_an_embargoed_article_waits_for_its_moment(self):
        later = timezone.now() + timedelta(days=1)
        secret = make_article("Secret", text="Not yet.", embargo_until=later)
        pin_related(self.ferry[0], secret, by=None)
        self.assertNotIn("Secret", titles(self.ferry[0]))

        articles.publish_article(secret)

        self.assertEqual(titles(self.ferry[0])[0], "Secret")

    def test_a_title_in_another_language_says_so(self):
        arabic = make_article("جسر جديد", text="افتتح الجسر", language="ar")
        pin_related(self.ferry[0], arabic, by=None)

        heading = rendered(self.ferry[0]).select_one(".related li h3")
        self.assertEqual((heading["lang"], heading["dir"]), ("ar", "auto"))

    def test_hostile_words_are_shown_and_not_obeyed(self):
        hostile = make_article("<script>alert(1)</script>", text="<b>x</b>")
        pin_related(self.ferry[0], hostile, by=None, reason="<img src=x onerror=alert(1)>")

        page = rendered(self.ferry[0])
        self.assertEqual(page.find_all(["script", "img", "b"]), [])
        self.assertIn("<script>alert(1)</script>", titles(self.ferry[0]))

    def test_an_empty_list_says_so_and_leads_on(self):
        section = make_section("Harbour")
        for article, words, address in [
            (make_article("A", text="x"), "the latest articles", "/"),
            (
                make_article("B", text="y", section=section),
                "Harbour",
                section.get_absolute_url(),
            ),
        ]:
            page = rendered(article)
            self.assertEqual(
                " ".join(page.select_one(".empty").get_text().split()),
                f"Nothing related yet. Browse {words}.",
            )
            self.assertEqual(page.select_one(".empty a")["href"], address)
            self.assertEqual(page.select(".related"), [])

    def test_each_heading_names_its_section(self):
        pin_related(self.ferry[0], self.bridge[0], by=None)
        page = rendered(self.ferry[0])

        named = {section["aria-labelledby"]: section.h2 for section in page.find_all("section")}
        self.assertEqual(page.h2.get_text(), "Picked by the editors")
        self.assertEqual(list(named), [h2["id"] for h2 in named.values()])
