"""The blocks beside an article as a page has them: its story, what came before and since."""

from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone, translation

from reader.articles import services as articles
from reader.articles.models import Article
from reader.hashtags.services import merge_hashtags, tag_article
from reader.related.models import RelatedLink
from reader.related.services import ban_related, pin_related, relate_articles
from reader.related.sidebar import sidebar_of
from reader.related.sidebar_sql import LOOKED_AT
from reader.stories.models import Story
from reader.stories.services import begin_story, move_article
from tests.factories import make_article, make_publisher, make_section
from tests.reader.related.test_sidebar import rendered


def link(page, other, *, score=0.5, why="Both mention Port Ellery"):
    return RelatedLink.objects.create(
        article=page, other=other, kind="automatic", score=score, why=why
    )


def begin(*members):
    return Story.objects.get(pk=begin_story([article.pk for article in members]))


def block(page, name):
    section = page.select_one(f".related-block--{name}")
    return (
        [item.h3.get_text(strip=True) for item in section.select(".related li")] if section else []
    )


def told_by(number, *, hours_ago=1, words="", **fields):
    """Make an article of a publisher of its own, in words of its own."""
    own = " ".join(f"w{number}x{n}" for n in range(40))
    publisher = fields.pop("publisher", None) or make_publisher(f"Paper {number}")
    return make_article(
        f"Told {number}", text=words or own, hours_ago=hours_ago, publisher=publisher, **fields
    )


class BlockTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = told_by(0, hours_ago=10)
        cls.told = [told_by(n, hours_ago=n) for n in (1, 2, 3)]
        cls.before, cls.after = told_by(7, hours_ago=20), told_by(8, hours_ago=2)
        cls.everything = [cls.page, *cls.told, cls.before, cls.after]
        relate_articles([article.pk for article in cls.everything])
        RelatedLink.objects.all().delete()
        cls.story = begin(cls.page, *cls.told)
        link(cls.page, cls.before, score=0.4)
        link(cls.page, cls.after, score=0.3)

    def test_each_stands_where_it_belongs(self):
        page = rendered(self.page)

        self.assertEqual(block(page, "coverage"), ["Told 1", "Told 2", "Told 3"])
        self.assertEqual(block(page, "background"), ["Told 7"])
        self.assertEqual(block(page, "since"), ["Told 8"])
        self.assertEqual(block(page, "picks"), [])
        headings = [h2.get_text() for h2 in page.find_all("h2")]
        self.assertEqual(headings, ["Coverage of this story", "Background", "Since then"])

    def test_a_block_with_nothing_in_it_is_not_there(self):
        RelatedLink.objects.all().delete()
        self.assertEqual(
            [h2.get_text() for h2 in rendered(self.page).find_all("h2")],
            ["Coverage of this story"],
        )
        for member in self.told:
            articles.withdraw_article(member)
        self.assertEqual(
            [h2.get_text() for h2 in rendered(self.page).find_all("h2")], ["Related articles"]
        )

    def test_the_story_is_the_reason_and_how_many_tell_it_is_counted_through_the_gate(self):
        item = rendered(self.page).select_one(".related-block--coverage li")
        self.assertEqual(
            item.select_one(".related__why").get_text(),
            "Part of the same story, told by 4 publishers",
        )

        articles.withdraw_article(self.told[0])

        page = rendered(self.page)
        self.assertEqual(
            page.select_one(".related-block--coverage .related__why").get_text(),
            "Part of the same story, told by 3 publishers",
        )
        way = page.select_one(".related-block__all a")
        self.assertEqual(" ".join(way.get_text().split()), "All 3 articles")
        self.assertEqual(way["href"], self.story.get_absolute_url())
        self.assertEqual(self.client.get(way["href"]).status_code, 200)

    def test_what_both_mention_is_a_better_reason_than_the_story(self):
        link(self.page, self.told[1])

        items = sidebar_of(self.page).coverage
        self.assertEqual(
            [item.why_shown for item in items],
            [
                "Part of the same story, told by 4 publishers",
                "Both mention Port Ellery",
                "Part of the same story, told by 4 publishers",
            ],
        )

    def test_without_words_in_common_the_hashtag_that_both_have_is_the_reason(self):
        RelatedLink.objects.filter(other=self.before).update(why="")
        for name in ("Harbour", "Rope"):
            tag_article(self.page, name=name, by=None)
        tag_article(self.before, name="Rope", by=None)

        self.assertEqual(
            sidebar_of(self.page).background[0].why_shown, "Both have the hashtag #Rope"
        )

    def test_hashtags_that_were_merged_are_one_that_both_have(self):
        RelatedLink.objects.filter(other=self.before).update(why="")
        cord = tag_article(self.page, name="Cord", by=None).hashtag
        rope = tag_article(self.before, name="Rope", by=None).hashtag
        merge_hashtags(cord, rope, by=None)

        self.assertEqual(
            sidebar_of(self.page).background[0].why_shown, "Both have the hashtag #Rope"
        )

    def test_where_nothing_is_worth_naming_a_plainer_truth_is_told(self):
        RelatedLink.objects.filter(other=self.before).update(why="")
        section = make_section("Harbour")

        def told():
            page = Article.objects.get(pk=self.page.pk)
            return sidebar_of(page).background[0].why_shown

        self.assertEqual(told(), "Similar wording")
        Article.objects.filter(pk=self.before.pk).update(section=section)
        self.assertEqual(told(), "Similar wording")
        Article.objects.filter(pk=self.page.pk).update(section=section)
        self.assertEqual(told(), "From the same section")
        with translation.override("es"):
            self.assertEqual(told(), "De la misma sección")

    def test_an_article_of_the_story_is_in_no_other_block(self):
        for member in self.told:
            link(self.page, member, score=0.9)

        page = rendered(self.page)
        self.assertEqual(block(page, "background") + block(page, "since"), ["Told 7", "Told 8"])

    def test_the_pages_own_publisher_is_not_among_the_coverage(self):
        mine = told_by(9, publisher=self.page.publisher)
        move_article(mine, story=self.story, by=None)

        self.assertNotIn("Told 9", block(rendered(self.page), "coverage"))

    def test_a_copy_of_the_page_or_of_another_is_not_shown(self):
        copy = told_by(10, words=self.page.body_text)
        other_copy = told_by(11, words=self.told[0].body_text, hours_ago=5)
        for article in (copy, other_copy):
            relate_articles([article.pk])
            move_article(article, story=self.story, by=None)
        RelatedLink.objects.filter(other__in=[copy, other_copy]).delete()

        self.assertEqual(block(rendered(self.page), "coverage"), ["Told 1", "Told 2", "Told 3"])

    def test_one_publisher_with_many_articles_does_not_hide_the_others(self):
        busy = make_publisher("Busy")
        for n in range(100, 130):
            move_article(told_by(n, publisher=busy), story=self.story, by=None)

        shown = sidebar_of(self.page).coverage
        publishers = [item.other.publisher.name for item in shown]
        self.assertEqual(sorted(publishers), ["Busy", "Busy", "Paper 1", "Paper 2", "Paper 3"])

    def test_a_long_story_is_not_counted_to_the_end(self):
        crowd = Article.objects.bulk_create(
            Article(
                title=f"Crowd {n}", slug="x", status="published", published_at=timezone.now(),
                shown_from=timezone.now() - timedelta(hours=1),
            )
            for n in range(LOOKED_AT)
        )  # fmt: skip
        self.story.members.model.objects.bulk_create(
            self.story.members.model(article=each, story=self.story, listed_at=each.listed_at)
            for each in crowd
        )

        page = rendered(self.page)
        self.assertEqual(
            page.select_one(".related-block__all").get_text(strip=True), "All its articles"
        )
        self.assertEqual(
            page.select_one(".related-block--coverage .related__why").get_text(),
            "Part of the same story",
        )

    def test_a_pin_stands_in_a_block_of_its_own_and_in_no_other(self):
        pin_related(self.page, self.told[2], by=None, reason="The fullest account")

        page = rendered(self.page)
        self.assertEqual(page.h2.get_text(), "Picked by the editors")
        self.assertEqual(block(page, "picks"), ["Told 3"])
        self.assertEqual(block(page, "coverage"), ["Told 1", "Told 2"])

    def test_what_is_banned_is_in_no_block(self):
        for other in (self.told[0], self.before):
            ban_related(self.page, other, by=None)

        page = rendered(self.page)
        self.assertEqual(block(page, "coverage"), ["Told 2", "Told 3"])
        self.assertEqual(block(page, "background"), [])

    def test_what_is_hidden_is_in_no_block_on_either_side(self):
        later = timezone.now() + timedelta(days=1)
        hidden = self.told[0]
        for hide in (
            articles.withdraw_article,
            lambda article: articles.publish_article(article, embargo_until=later),
            lambda article: articles.publish_article(article, at=later),
        ):
            articles.publish_article(hidden, at=timezone.now())
            hide(hidden)
            with self.subTest(hide=hide):
                self.assertNotIn("Told 1", block(rendered(self.page), "coverage"))
                self.assertEqual(rendered(hidden).select(".related li"), [])

    def test_it_is_one_statement_whatever_stands_there(self):
        pin_related(self.page, told_by(20), by=None)
        lone = told_by(21)
        link(lone, self.page)

        for article in (self.page, lone):
            with self.assertNumQueries(1):
                rendered(article)

    def test_the_reasons_are_told_in_the_language_of_the_page(self):
        for language, words in (
            ("es", "Parte de la misma historia, contada por 4 medios"),
            ("ar", "جزء من القصة نفسها، يرويها 4 ناشرين"),
        ):
            with translation.override(language):
                self.assertEqual(sidebar_of(self.page).coverage[0].why_shown, words)


@pytest.mark.django_db
def test_a_changed_pin_is_on_the_next_copy_of_the_page_and_no_copy_may_be_kept(client):
    """Anonymous pages may be shared, so nothing may let a cache answer without asking."""
    page, other = make_article("The page"), make_article("Picked now")
    address = page.get_absolute_url()
    first = client.get(address)
    assert "Picked now" not in first.content.decode()

    pin_related(page, other, by=None)

    second = client.get(address)
    assert "Picked now" in second.content.decode()
    for answer in (first, second):
        assert not {"Expires", "Last-Modified", "ETag", "Age"} & set(answer.headers)
        assert "max-age" not in answer.get("Cache-Control", "")

    ban_related(page, other, by=None)
    assert "Picked now" not in client.get(address).content.decode()
