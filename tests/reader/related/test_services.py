from django.test import TestCase

from reader.articles import services as articles
from reader.articles.models import Article
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.services import (
    relate_all,
    relate_articles,
    relate_waiting,
    survey_is_outgrown,
)
from reader.related.sidebar import sidebar_of
from reader.related.storage import profile_from
from tests.factories import make_article, make_publisher
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY


def make_articles(texts, **fields):
    return [make_article(title, text=text, **fields) for title, text in texts]


def stored_lists():
    """Give every automatic list as {article: {other: score}}, best first."""
    lists = {}
    for link in RelatedLink.objects.automatic().order_by("article", "-score", "other"):
        lists.setdefault(link.article_id, {})[link.other_id] = round(link.score, 3)
    return lists


def counted_terms():
    return {
        (row.language, row.term): row.articles
        for row in TermFrequency.objects.all()
        if row.articles
    }


def recounted_terms():
    counts = {}
    for row in ArticleTerms.objects.all():
        for term in [TermFrequency.ALL, *profile_from(row).keys.tolist()]:
            counts[row.language, term] = counts.get((row.language, term), 0) + 1
    return counts


def quiet(sentence):
    pass


class PassTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE)
        cls.others = make_articles([*ALONE, *ARABIC, *CHINESE])

    def test_every_article_leads_to_those_about_the_same_event(self):
        relate_all(say=quiet)

        first = self.ferry[0]
        links = sidebar_of(first).items
        self.assertEqual({link.other for link in links[:2]}, set(self.ferry[1:]))
        self.assertIn("Ellery", links[0].why_shown)

    def test_a_second_pass_changes_nothing(self):
        relate_all(say=quiet)
        before = stored_lists()

        relate_all(say=quiet)

        self.assertEqual(stored_lists(), before)
        self.assertEqual(counted_terms(), recounted_terms())

    def test_a_pass_says_how_far_it_is(self):
        said = []

        count = relate_all(say=said.append)

        self.assertEqual(count, 11)
        self.assertEqual(said, ["11 of 11 new texts read", "11 of 11 articles related"])
        self.assertEqual(Survey.objects.get().articles, 11)

    def test_one_by_one_articles_find_each_other_as_in_a_pass(self):
        for article in Article.objects.order_by("pk"):
            relate_articles([article.pk])

        lists = stored_lists()
        for event in (self.ferry, self.bridge):
            for article in event:
                rest = {other.pk for other in event} - {article.pk}
                self.assertEqual(set(list(lists[article.pk])[: len(rest)]), rest)
        self.assertEqual(counted_terms(), recounted_terms())

    def test_an_article_added_to_a_related_site_gets_the_list_of_a_pass(self):
        newest = self.ferry[2]
        articles.withdraw_article(newest)
        relate_all(say=quiet)
        articles.publish_article(newest)

        relate_articles([newest.pk])
        alone = stored_lists()
        relate_all(say=quiet)

        self.assertEqual(list(alone[newest.pk]), list(stored_lists()[newest.pk]))
        self.assertIn(newest.pk, alone[self.ferry[0].pk])

    def test_only_what_waits_is_related_and_a_second_time_nothing(self):
        relate_all(say=quiet)
        late = make_article(*BRIDGE[0][:1], text="The Lowmarsh bridge is open again.")
        said = []

        self.assertEqual(relate_waiting(say=quiet), 1)
        self.assertEqual(relate_waiting(say=said.append), 0)

        self.assertEqual(said, ["All articles are related already."])
        self.assertIn(self.bridge[0].pk, stored_lists()[late.pk])

    def test_a_site_that_has_grown_by_a_quarter_is_weighed_anew(self):
        relate_all(say=quiet)
        self.assertFalse(survey_is_outgrown())

        relate_articles(article.pk for article in make_articles([*FERRY]))

        self.assertTrue(survey_is_outgrown())


class ChangeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE)
        make_articles(ALONE)
        relate_all(say=quiet)

    def test_an_article_that_now_says_something_else_moves_to_other_lists(self):
        article = self.ferry[0]
        articles.edit_article(
            article,
            by=None,
            title="Lowmarsh bridge opens again",
            body_html="<p>Ilse Brandt, surveyor, let lorries over the Lowmarsh bridge.</p>",
        )

        relate_articles([article.pk])

        lists = stored_lists()
        self.assertNotIn(article.pk, lists[self.ferry[1].pk])
        self.assertIn(article.pk, lists[self.bridge[1].pk])
        self.assertEqual(counted_terms(), recounted_terms())

    def test_a_withdrawn_article_leaves_every_list_and_every_count(self):
        article = self.ferry[0]
        articles.withdraw_article(article)

        relate_articles([article.pk])

        self.assertFalse(RelatedLink.objects.filter(article=article).exists())
        self.assertFalse(RelatedLink.objects.filter(other=article).exists())
        self.assertFalse(TermPosting.objects.filter(article=article).exists())
        self.assertEqual(counted_terms(), recounted_terms())

    def test_a_deleted_article_takes_its_links_along(self):
        pk = self.ferry[0].pk
        self.ferry[0].delete()

        self.assertEqual(relate_articles([pk]), 0)
        self.assertNotIn(pk, stored_lists()[self.ferry[1].pk])

    def test_a_list_that_became_too_short_is_filled_again(self):
        RelatedLink.objects.filter(article=self.ferry[1]).exclude(other=self.ferry[0]).delete()
        articles.withdraw_article(self.ferry[0])

        relate_articles([self.ferry[0].pk])

        self.assertIn(self.ferry[2].pk, stored_lists()[self.ferry[1].pk])

    def test_a_list_that_an_edited_article_left_is_filled_again(self):
        RelatedLink.objects.filter(article=self.ferry[1]).exclude(other=self.ferry[0]).delete()
        articles.edit_article(
            self.ferry[0], by=None, title="Turnips", body_html="<p>Soup of sweet turnips.</p>"
        )

        relate_articles([self.ferry[0].pk])

        self.assertIn(self.ferry[2].pk, stored_lists()[self.ferry[1].pk])

    def test_an_article_just_withdrawn_takes_no_place_in_a_new_list(self):
        articles.withdraw_article(self.ferry[0])

        relate_articles([self.ferry[1].pk])

        self.assertNotIn(self.ferry[0].pk, stored_lists()[self.ferry[1].pk])

    def test_an_embargoed_article_is_related_only_once_it_may_be_seen(self):
        article = self.ferry[0]
        later = article.published_at.replace(year=article.published_at.year + 1)
        articles.publish_article(article, embargo_until=later)

        relate_articles([article.pk])

        self.assertNotIn(article.pk, stored_lists())
        self.assertFalse(ArticleTerms.objects.filter(pk=article.pk).exists())

    def test_a_change_is_noticed_and_related_after_the_commit(self):
        with self.captureOnCommitCallbacks(execute=True):
            late = make_article(*BRIDGE[1][:1], text="At Tanner Mill, Ilse Brandt met farmers.")

        self.assertIn(self.bridge[1].pk, stored_lists()[late.pk])

    def test_a_change_waits_when_the_worker_is_away(self):
        articles.edit_article(self.ferry[0], by=None, publisher=make_publisher())

        self.assertEqual(relate_waiting(say=quiet), 1)


class ChoiceTests(TestCase):
    def test_no_list_has_more_than_two_of_a_publisher_however_it_came_about(self):
        one, other = make_publisher(), make_publisher()
        texts = [
            (f"Walkout {n}", f"{FERRY[n % 3][1]} Bulletin number{n} tern{n} gull{n}.")
            for n in range(9)
        ]
        texts = [(title, text[n * 9 :]) for n, (title, text) in enumerate(texts)]
        made = make_articles(texts[:6], publisher=one) + make_articles(texts[6:], publisher=other)

        for relate in (relate_all, relate_waiting):
            relate(say=quiet)
            late = make_article("Late", text=FERRY[0][1][30:] + " Heron egret.", publisher=one)
            relate_articles([late.pk])
            made.append(late)

            for article in made:
                others = [link.other.publisher for link in article.related_links.automatic()]
                self.assertLessEqual(max(map(others.count, others), default=0), 2)

    def test_no_list_has_the_same_text_twice_or_the_page_itself_in_other_words(self):
        wire = f"{FERRY[0][1]}\n\n{FERRY[2][1]}"
        copies = [make_article(f"Copy {n}", text=f"{wire} Agency {n}.") for n in range(3)]
        teller = make_article("Another telling", text=FERRY[1][1])
        relate_all(say=quiet)
        late = make_article("Late copy", text=f"{wire} Agency late.")

        relate_articles([late.pk])

        lists = stored_lists()
        same = {article.pk for article in [*copies, late]}
        for article in same:
            self.assertEqual(set(lists.get(article, {})) & same, set())
        self.assertEqual(len(set(lists[teller.pk]) & same), 1)
