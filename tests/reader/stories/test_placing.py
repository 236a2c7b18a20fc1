"""Articles put into stories as a machine worked it out."""

from django.test import TestCase

from reader.articles.services import delete_articles, withdraw_article
from reader.stories.models import Story, StoryMember
from reader.stories.services import (
    begin_story,
    join_story,
    leave_story,
    lock_story,
    merge_stories,
    move_article,
    place_automatic,
    rename_story,
)
from tests.factories import make_article
from tests.reader.stories import stories_now


class PlaceAutomaticTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [make_article(hours_ago=hours) for hours in range(10, 0, -1)]
        cls.a, cls.b, cls.c, cls.d, cls.e, cls.f, *_ = [article.pk for article in cls.articles]

    def test_each_group_of_two_or_more_becomes_a_story(self):
        changed = place_automatic([[self.b, self.a, self.c], [self.d], [self.e, self.f]])

        self.assertEqual(stories_now(), [{self.a, self.b, self.c}, {self.e, self.f}])
        self.assertEqual(changed, 5)

    def test_the_same_partition_again_changes_nothing(self):
        place_automatic([[self.a, self.b], [self.c, self.d]])
        before = list(Story.objects.order_by("pk").values())

        changed = place_automatic([[self.d, self.c], [self.b, self.a]])

        self.assertEqual(changed, 0)
        self.assertEqual(list(Story.objects.order_by("pk").values()), before)

    def test_a_story_goes_on_in_the_group_that_shares_most_with_it(self):
        place_automatic([[self.a, self.b, self.c]])
        story = Story.objects.get()

        place_automatic([[self.a, self.d], [self.b, self.c, self.e]])

        members = set(story.members.values_list("article_id", flat=True))
        self.assertEqual(members, {self.b, self.c, self.e})
        self.assertEqual(len(stories_now()), 2)

    def test_a_story_knows_its_articles_its_span_and_its_address(self):
        place_automatic([[self.a, self.b]])

        story = Story.objects.get()
        self.assertEqual(story.article_count, 2)
        self.assertEqual(story.first_at, self.articles[0].listed_at)
        self.assertEqual(story.last_at, self.articles[1].listed_at)
        self.assertEqual(story.slug, self.articles[0].slug)

    def test_a_story_taken_up_by_a_larger_one_leads_there(self):
        place_automatic([[self.a, self.b, self.c], [self.d, self.e]])
        small = Story.objects.get(members__article=self.d)
        large = Story.objects.get(members__article=self.a)

        place_automatic([[self.a, self.b, self.c, self.d, self.e]])

        small.refresh_from_db()
        self.assertEqual(small.merged_into, large)
        self.assertEqual(stories_now(), [{self.a, self.b, self.c, self.d, self.e}])

    def test_a_story_of_which_one_article_is_left_ends(self):
        place_automatic([[self.a, self.b]])

        place_automatic([[self.a], [self.b, self.c, self.d]])
        place_automatic([])

        self.assertEqual(list(StoryMember.objects.all()), [])
        self.assertEqual(list(Story.objects.all()), [])

    def test_a_story_waits_for_an_article_that_is_withdrawn_for_a_while(self):
        place_automatic([[self.a, self.b], [self.c, self.d, self.e]])
        before = StoryMember.objects.of([self.a, self.b, self.c, self.d, self.e])
        for hidden in (self.articles[1], self.articles[2]):
            withdraw_article(hidden)

        place_automatic([[self.d, self.e], [self.a]])

        self.assertEqual(StoryMember.objects.of(before), before)
        delete_articles([self.articles[1]])
        place_automatic([[self.d, self.e], [self.a]])
        self.assertEqual(stories_now(), [{self.c, self.d, self.e}])

    def test_articles_that_are_gone_by_now_are_left_out(self):
        place_automatic([[self.a, self.b, 10**9], [self.c, 10**9 + 1]])

        self.assertEqual(stories_now(), [{self.a, self.b}])

    def test_a_locked_story_neither_gets_nor_loses_an_article(self):
        place_automatic([[self.a, self.b]])
        lock_story(Story.objects.get(), by=None)

        place_automatic([[self.a, self.b, self.c], [self.d, self.e]])
        place_automatic([[self.a, self.d], [self.b, self.e]])
        place_automatic([])

        self.assertEqual(stories_now(), [{self.a, self.b}])

    def test_what_an_editor_put_somewhere_stays_and_what_was_taken_out_stays_out(self):
        place_automatic([[self.a, self.b, self.c], [self.d, self.e, self.f]])
        first = Story.objects.get(members__article=self.a)
        second = Story.objects.get(members__article=self.d)
        move_article(self.articles[2], story=second, by=None, reason="It is about the other one")
        move_article(self.articles[5], story=None, by=None)

        place_automatic([[self.a, self.b, self.c], [self.d, self.e, self.f]])

        self.assertEqual(stories_now(), [{self.a, self.b}, {self.c, self.d, self.e}])
        self.assertEqual(
            {first.pk, second.pk}, set(StoryMember.objects.of([self.a, self.c]).values())
        )

    def test_a_merged_story_stays_one_and_gets_what_belongs_to_either_half(self):
        place_automatic([[self.a, self.b], [self.c, self.d]])
        first = Story.objects.get(members__article=self.a)
        second = Story.objects.get(members__article=self.c)
        merge_stories(second, into=first, by=None)

        place_automatic([[self.a, self.b, self.e], [self.c, self.d, self.f]])

        self.assertEqual(stories_now(), [{self.a, self.b, self.c, self.d, self.e, self.f}])

    def test_a_story_with_an_editors_title_goes_on_where_most_of_it_is(self):
        place_automatic([[self.a, self.b, self.c], [self.d, self.e]])
        titled = Story.objects.get(members__article=self.d)
        rename_story(titled, title="The flood", by=None)

        place_automatic([[self.a, self.b, self.c, self.d, self.e]])

        self.assertEqual(Story.objects.get(members__article=self.a), titled)

    def test_an_editors_story_that_no_group_takes_up_stays_together(self):
        place_automatic([[self.a, self.b]])
        rename_story(Story.objects.get(), title="The flood", by=None)

        place_automatic([])

        self.assertEqual(stories_now(), [{self.a, self.b}])


class OneStepTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [make_article(hours_ago=hours) for hours in range(6, 0, -1)]
        cls.a, cls.b, cls.c, cls.d, cls.e, cls.f = [article.pk for article in cls.articles]
        cls.story = Story.objects.get(pk=begin_story([cls.a, cls.b]))

    def test_an_article_joins_a_story(self):
        joined = join_story(self.c, self.story.pk)

        self.assertIs(joined, True)
        self.assertEqual(stories_now(), [{self.a, self.b, self.c}])
        self.story.refresh_from_db()
        self.assertEqual(self.story.article_count, 3)

    def test_joining_a_merged_story_leads_to_the_one_it_was_merged_into(self):
        other = Story.objects.get(pk=begin_story([self.c, self.d]))
        merge_stories(self.story, into=other, by=None)

        self.assertIs(join_story(self.e, self.story.pk), True)

        self.assertEqual(StoryMember.objects.of([self.e]), {self.e: other.pk})

    def test_nothing_joins_a_locked_story_or_one_it_was_taken_out_of_or_one_that_is_not_there(self):
        other = Story.objects.get(pk=begin_story([self.c, self.d]))
        move_article(self.articles[4], story=self.story, by=None)
        move_article(self.articles[4], story=None, by=None)
        lock_story(other, by=None)

        self.assertEqual(
            [
                join_story(self.e, self.story.pk),
                join_story(self.f, other.pk),
                join_story(self.c, self.story.pk),
                join_story(self.f, 10**9),
                join_story(10**9, self.story.pk),
            ],
            [False] * 5,
        )
        self.assertEqual(stories_now(), [{self.a, self.b}, {self.c, self.d}])

    def test_what_an_editor_placed_neither_joins_another_nor_leaves_nor_begins_one(self):
        begun = Story.objects.get(pk=begin_story([self.d, self.e]))
        move_article(self.articles[2], story=self.story, by=None)

        self.assertIs(join_story(self.c, begun.pk), False)
        self.assertIs(leave_story(self.c), False)
        self.assertIsNone(begin_story([self.c, self.f]))
        self.assertEqual(stories_now(), [{self.a, self.b, self.c}, {self.d, self.e}])

    def test_the_last_that_moves_on_lets_the_old_address_lead_after_it(self):
        other = begin_story([self.c, self.d])

        join_story(self.a, other)
        join_story(self.b, other)

        self.story.refresh_from_db()
        self.assertEqual(self.story.merged_into_id, other)

    def test_an_article_leaves_and_an_empty_story_ends(self):
        self.assertIs(leave_story(self.a), True)
        self.assertIs(leave_story(self.a), True)
        self.assertIs(leave_story(self.b), True)

        self.assertEqual(list(Story.objects.all()), [])

    def test_two_that_an_editor_parted_begin_no_story_together(self):
        move_article(self.articles[1], story=None, by=None)

        self.assertIsNone(begin_story([self.a, self.b]))

        self.assertEqual(stories_now(), [{self.a}])

    def test_a_story_needs_two_articles_that_are_there(self):
        self.assertIsNone(begin_story([self.c, self.c]))
        self.assertIsNone(begin_story([self.c, 10**9]))
        self.assertEqual(list(StoryMember.objects.of([self.c])), [])


class DeletedTests(TestCase):
    def test_deleting_articles_leaves_no_broken_story(self):
        articles = [make_article(f"Number {n}", hours_ago=9 - n) for n in range(4)]
        story = Story.objects.get(pk=begin_story([article.pk for article in articles]))
        with self.captureOnCommitCallbacks(execute=True):
            delete_articles(articles[:2])

        story.refresh_from_db()
        self.assertEqual((story.article_count, story.slug), (2, articles[2].slug))
        self.assertEqual(story.first_at, articles[2].listed_at)

        with self.captureOnCommitCallbacks(execute=True):
            delete_articles(articles[2:])
        self.assertEqual(list(Story.objects.all()), [])

    def test_a_withdrawn_article_names_the_story_no_longer(self):
        articles = [make_article(f"Number {n}", hours_ago=9 - n) for n in range(3)]
        story = Story.objects.get(pk=begin_story([article.pk for article in articles]))

        with self.captureOnCommitCallbacks(execute=True):
            withdraw_article(articles[0])

        story.refresh_from_db()
        self.assertEqual(story.slug, "number-1")
