"""What the worker does when one article is published or changed."""

from datetime import timedelta
from unittest import mock

import numpy as np
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.articles.services import withdraw_article
from reader.related.models import ArticleTerms, RelatedLink, TermFrequency
from reader.related.querysets import many
from reader.related.services import relate_all, storying
from reader.related.services.storying import cluster_stories, stories_have_drifted
from reader.related.tasks import cluster_everything, relate_changed
from reader.stories.models import Placement, StoryMember
from tests.factories import make_article
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY

LOOK = "WITH wanted"


class OneStepTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.bridge = make_articles(BRIDGE)
        make_articles([*FERRY, *ALONE, *ARABIC, *CHINESE])
        relate_all(say=quiet)
        cluster_stories(say=quiet)
        cls.late = make_article(
            "Lowmarsh bridge stays shut",
            text="Ilse Brandt found more rust in the ironwork of the Lowmarsh bridge. All winter "
            "lorries go by Tanner Mill, the surveyor says.",
        )

    def step(self, *articles):
        with CaptureQueriesContext(connection) as asked:
            relate_changed.enqueue([article.pk for article in articles])
        return [statement["sql"] for statement in asked.captured_queries]

    def test_an_article_is_looked_around_once_and_stands_in_lists_and_in_its_story(self):
        statements = self.step(self.late)

        self.assertEqual(len([sql for sql in statements if LOOK in sql]), 1)
        lists = RelatedLink.objects.filter(other=self.late).values_list("article", flat=True)
        self.assertTrue({article.pk for article in self.bridge} <= set(lists))
        story = StoryMember.objects.get(article=self.bridge[0]).story_id
        self.assertEqual(StoryMember.objects.get(article=self.late).story_id, story)

    def test_two_new_articles_about_one_event_find_each_other(self):
        text = (
            "Quarry workers at Greyhollow found a Roman kiln. Curator Odile Marsh dates the kiln."
        )
        two = [make_article(f"Greyhollow kiln {n}", text=f"{text} Part {n}.") for n in range(2)]

        self.step(*two)

        stories = StoryMember.objects.filter(article__in=two).values_list("story", flat=True)
        self.assertEqual(len(stories), 2)
        self.assertEqual(len(set(stories)), 1)

    def test_one_withdrawn_before_the_worker_comes_is_left_out(self):
        withdraw_article(self.late)

        self.step(self.late)

        self.assertFalse(RelatedLink.objects.filter(other=self.late).exists())
        self.assertFalse(StoryMember.objects.filter(article=self.late).exists())

    def test_what_may_be_seen_is_looked_up_for_the_few_that_are_named(self):
        few = ArticleTerms.objects.visible().filter(pk__in=many([1, 2], "default"))

        plan = few.values_list("pk").explain()

        # By its key, one by one; SQLite would else list the visible articles of the whole site.
        self.assertNotIn("articles_article_due", plan)

    def test_thousands_of_terms_are_one_value_of_one_statement(self):
        terms = TermFrequency.objects.filter(term__gt=0).values_list("term", flat=True)
        wanted = sorted({*terms, *range(1, 5_000)})
        with CaptureQueriesContext(connection) as asked:
            found = TermFrequency.objects.by_language(np.array(wanted, np.int64))

        self.assertEqual(len(asked.captured_queries), 1)
        known = found["en"]
        self.assertTrue((np.diff(known.keys) > 0).all())
        self.assertEqual(known.total, TermFrequency.objects.get(term=0, language="en").articles)


PASS = cluster_everything.module_path


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
class PassOverAllTests(TestCase):
    """Grouping all articles takes long, so it is a task of its own."""

    @classmethod
    def setUpTestData(cls):
        cls.made = make_articles([*FERRY, *BRIDGE])
        relate_all(say=quiet)

    def waiting(self):
        return list(DBTaskResult.objects.ready().values_list("task_path", flat=True))

    def test_it_is_asked_for_once_and_goes_after_whatever_else_waits(self):
        with mock.patch.object(storying, "DRIFTED", 1):
            relate_changed.func([self.made[0].pk])
            relate_changed.func([self.made[1].pk])
        relate_changed.enqueue([self.made[2].pk])

        self.assertEqual(
            self.waiting(), [relate_changed.module_path, cluster_everything.module_path]
        )

    def test_one_that_was_killed_long_ago_keeps_no_other_from_coming(self):
        for started, waiting in ((timedelta(minutes=5), []), (timedelta(hours=2), [PASS])):
            DBTaskResult.objects.all().delete()
            DBTaskResult.objects.create(
                task_path=PASS,
                backend_name="default",
                status="RUNNING",
                started_at=timezone.now() - started,
                args_kwargs={"args": [], "kwargs": {}},
                run_after=timezone.now(),
            )
            with (
                self.subTest(started=started),
                mock.patch.object(storying, "DRIFTED", 1),
            ):
                relate_changed.func([self.made[0].pk])
                self.assertEqual(self.waiting(), waiting)

    def test_it_does_nothing_where_somebody_did_it_meanwhile(self):
        with mock.patch.object(storying, "DRIFTED", 1):
            cluster_stories(say=quiet)
            before = Placement.objects.get().made_at
            cluster_everything.func()

        self.assertEqual(Placement.objects.get().made_at, before)

    def test_a_site_too_large_for_it_is_left_to_its_operator(self):
        with mock.patch.object(storying, "DRIFTED", 1):
            self.assertTrue(stories_have_drifted())
            with mock.patch.object(storying, "MOST_AT_ONCE", 4):
                self.assertFalse(stories_have_drifted())
