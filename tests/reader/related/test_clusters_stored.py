"""Stories worked out and handed to the room that keeps them."""

import json
import random
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.related.models import ArticleTerms
from reader.related.services import relate_all, relate_articles, storying
from reader.related.services.storying import cluster_stories, cluster_waiting, place_articles
from reader.stories.models import Story, StoryMember
from reader.stories.services import lock_story, move_article, place_automatic
from tests.factories import make_article
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, BRIDGE, FERRY
from tests.reader.stories import stories_now

LATE = ("Islanders bake again", f"{FERRY[0][1]} {FERRY[2][1]} The bakery opened on Friday.")


def numbers(some):
    return {article.pk for article in some}


def relate_and_place(*some):
    relate_articles([article.pk for article in some])
    return place_articles([article.pk for article in some])


class PassTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE)
        cls.alone = make_articles(ALONE)
        relate_all(say=quiet)

    def test_articles_about_one_event_are_put_into_one_story(self):
        done = cluster_stories(say=quiet)

        self.assertCountEqual(stories_now(), [numbers(self.ferry), numbers(self.bridge)])
        self.assertEqual((done.articles, done.stories, done.in_stories, done.changed), (7, 2, 5, 5))

    def test_a_second_pass_changes_nothing(self):
        cluster_stories(say=quiet)
        before = list(Story.objects.order_by("pk").values())

        self.assertEqual(cluster_stories(say=quiet).changed, 0)
        self.assertEqual(list(Story.objects.order_by("pk").values()), before)

    def test_texts_that_wait_to_be_read_again_keep_their_story(self):
        cluster_stories(say=quiet)
        before = list(Story.objects.order_by("pk").values()), stories_now()
        for old in (numbers(self.ferry), numbers(self.bridge[:1])):
            ArticleTerms.objects.filter(article__in=old).update(method=1)
            cluster_stories(say=quiet)
            self.assertEqual((list(Story.objects.order_by("pk").values()), stories_now()), before)

        relate_all(say=quiet)
        cluster_stories(say=quiet)

        self.assertEqual((list(Story.objects.order_by("pk").values()), stories_now()), before)

    def test_what_readers_may_not_see_is_in_no_story(self):
        articles.withdraw_article(self.bridge[0])
        articles.publish_article(self.ferry[0], embargo_until=timezone.now() + timedelta(days=1))

        cluster_stories(say=quiet)

        self.assertEqual(stories_now(), [numbers(self.ferry[1:])])

    def test_what_an_editor_took_out_is_not_put_back_not_even_with_others_of_the_story(self):
        cluster_stories(say=quiet)
        move_article(self.ferry[0], story=None, by=None)

        for cluster in (cluster_stories, cluster_waiting):
            cluster(say=quiet)
        place_articles([self.ferry[0].pk])

        self.assertCountEqual(stories_now(), [numbers(self.ferry[1:]), numbers(self.bridge)])

    def test_what_an_editor_put_together_stays_and_takes_up_what_fits(self):
        cluster_stories(say=quiet)
        story = Story.objects.get(members__article=self.bridge[0])
        move_article(self.alone[0], story=story, by=None)

        cluster_stories(say=quiet)

        member = StoryMember.objects.get(article=self.alone[0])
        self.assertEqual((member.story, member.placed_by_editor), (story, True))

    def test_a_locked_story_neither_gains_nor_loses(self):
        place_automatic([[self.ferry[0].pk, self.bridge[0].pk]])
        lock_story(Story.objects.get(), by=None)

        cluster_stories(say=quiet)
        place_articles(ArticleTerms.objects.values_list("pk", flat=True))

        self.assertCountEqual(
            stories_now(), [{self.ferry[0].pk, self.bridge[0].pk}, numbers(self.ferry[1:])]
        )

    def test_passes_without_end_leave_what_editors_decided_as_it_was(self):
        cluster_stories(say=quiet)
        move_article(self.ferry[0], story=None, by=None, reason="Another strike")
        lock_story(Story.objects.get(members__article=self.bridge[0]), by=None)
        before = list(StoryMember.objects.order_by("pk").values())

        for _ in range(20):
            cluster_stories(say=quiet)

        self.assertEqual(list(StoryMember.objects.order_by("pk").values()), before)


class OneArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE[:1])
        cls.alone = make_articles(ALONE)
        relate_all(say=quiet)
        cluster_stories(say=quiet)

    def test_a_new_article_joins_the_story_that_is_there(self):
        story = Story.objects.get()
        late = make_article(*LATE[:1], text=LATE[1])

        self.assertEqual(relate_and_place(late), 1)
        self.assertEqual(StoryMember.objects.get(article=late).story, story)

    def test_a_new_article_begins_a_story_with_one_that_was_alone(self):
        late = make_article(BRIDGE[1][0], text=BRIDGE[1][1])

        relate_and_place(late)

        self.assertCountEqual(stories_now(), [numbers(self.ferry), numbers([*self.bridge, late])])

    def test_an_article_about_nothing_else_is_in_no_story(self):
        late = make_article("Beekeepers count", text="Hives hum in the orchard after the rain.")

        self.assertEqual(relate_and_place(late), 0)
        self.assertEqual(stories_now(), [numbers(self.ferry)])

    def test_an_article_that_is_withdrawn_counts_no_more_until_it_comes_back(self):
        articles.withdraw_article(self.ferry[0])
        articles.withdraw_article(self.ferry[1])
        relate_and_place(*self.ferry[:2])
        self.assertFalse(Story.objects.shown().exists())

        articles.publish_article(self.ferry[0])
        relate_and_place(self.ferry[0])

        self.assertTrue(Story.objects.shown().exists())
        self.assertEqual(stories_now(), [numbers(self.ferry)])

    def test_an_article_that_became_another_leaves(self):
        articles.edit_article(
            self.ferry[0], by=None, title="Beekeepers", body_html="<p>Hives hum after rain.</p>"
        )

        relate_and_place(self.ferry[0])

        self.assertEqual(stories_now(), [numbers(self.ferry[1:])])

    def test_a_changed_headline_moves_nothing(self):
        articles.edit_article(self.ferry[0], by=None, title="Ferry crews in Port Ellery stop work")

        self.assertEqual(relate_and_place(self.ferry[0]), 0)
        self.assertEqual(stories_now(), [numbers(self.ferry)])

    def test_nothing_joins_a_locked_story(self):
        lock_story(Story.objects.get(), by=None)
        late = make_article(LATE[0], text=LATE[1])

        relate_and_place(late)

        self.assertEqual(stories_now(), [numbers(self.ferry)])

    def test_it_happens_by_itself_after_the_commit(self):
        with self.captureOnCommitCallbacks(execute=True):
            late = make_article(LATE[0], text=LATE[1])

        self.assertEqual(stories_now(), [numbers([*self.ferry, late])])

    def test_after_an_import_few_are_placed_one_by_one(self):
        late = make_article(LATE[0], text=LATE[1])
        relate_articles([late.pk])
        said = []

        cluster_waiting(say=said.append)

        self.assertEqual(stories_now(), [numbers([*self.ferry, late])])
        self.assertEqual(said, ["1 articles changed their story"])

    def test_now_and_then_a_pass_over_all_mends_what_the_order_of_arrival_did(self):
        place_automatic([numbers([self.ferry[0], self.alone[0]])])
        with patch.object(storying, "DRIFTED", 2):
            for title, text in [LATE, BRIDGE[1]]:
                with self.captureOnCommitCallbacks(execute=True):
                    made = make_article(title, text=text)

        self.assertIn(numbers([self.bridge[0], made]), stories_now())
        self.assertFalse(StoryMember.objects.filter(article=self.alone[0]).exists())

    def test_one_by_one_in_any_order_comes_to_what_a_pass_over_all_comes_to(self):
        made = [*self.ferry, *self.bridge, *make_articles(BRIDGE[1:]), *self.alone]
        relate_all(say=quiet)
        cluster_stories(say=quiet)
        wanted = stories_now()
        for seed in range(4):
            place_automatic([])
            order = random.Random(seed).sample(made, len(made))

            for article in order:
                place_articles([article.pk])

            self.assertCountEqual(stories_now(), wanted)


class CommandTests(TestCase):
    def run_command(self):
        out = StringIO()
        call_command("cluster_stories", stdout=out)
        return out.getvalue().splitlines()

    def test_it_says_what_it_did_and_can_be_run_twice(self):
        make_articles([*FERRY, *BRIDGE, *ALONE])

        first, second = self.run_command(), self.run_command()

        self.assertIn("2 stories found among 7 articles", first)
        self.assertRegex(
            first[-1], r"^Put 5 of 7 articles into 2 stories in \d+\.\d s; 5 changed place\.$"
        )
        self.assertRegex(second[-1], r"0 changed place\.$")

    def test_what_it_found_can_be_exported(self):
        made = make_articles([*FERRY, *ALONE])
        self.run_command()
        out = StringIO()

        call_command("export_stories", stdout=out)

        [record] = [json.loads(line) for line in out.getvalue().splitlines()]
        self.assertEqual(
            {article["id"] for article in record["articles"]},
            {article.public_id for article in made[:3]},
        )
