"""What editors decide about stories, and how it is undone."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from reader.accounts.roles import AUTHOR, CHIEF, EDITOR, MODERATOR
from reader.articles.services import delete_articles
from reader.stories.models import Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.services import (
    StoryRefused,
    begin_story,
    begin_story_with,
    join_story,
    lock_story,
    merge_stories,
    move_article,
    move_articles,
    place_automatic,
    rename_story,
    split_story,
    undo_story_change,
    unlock_story,
)
from tests.factories import make_article, make_user
from tests.reader.stories import decisions_now, stories_now


class CuratingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [make_article(f"Number {n}", hours_ago=20 - n) for n in range(8)]
        cls.ids = [article.pk for article in cls.articles]
        cls.a, cls.b, cls.c, cls.d, cls.e, cls.f, cls.g, cls.h = cls.ids
        cls.first = Story.objects.get(pk=begin_story(cls.ids[:3]))
        cls.second = Story.objects.get(pk=begin_story(cls.ids[3:6]))
        cls.editor = make_user("Ed", is_staff=True)
        cls.editor.groups.add(Group.objects.get(name=EDITOR))


class MergeTests(CuratingTestCase):
    def test_all_articles_go_over_and_the_old_address_leads_there(self):
        merge_stories(self.second, into=self.first, by=self.editor, reason="  One\n flood ")

        assert stories_now() == [set(self.ids[:6])]
        self.first.refresh_from_db()
        self.second.refresh_from_db()
        assert (self.second.merged_into, self.second.article_count) == (self.first, 0)
        assert (self.first.article_count, self.first.last_at) == (6, self.articles[5].listed_at)
        member = StoryMember.objects.get(article=self.d)
        assert (member.placed_by_editor, member.made_by, member.reason) == (
            True,
            self.editor,
            "One flood",
        )

    def test_stories_that_led_to_the_merged_one_lead_on_at_once(self):
        third = Story.objects.get(pk=begin_story(self.ids[6:]))
        merge_stories(third, into=self.second, by=None)
        merge_stories(self.second, into=self.first, by=None)

        third.refresh_from_db()
        assert third.merged_into == self.first

    def test_what_was_taken_out_of_either_stays_out(self):
        move_article(self.articles[0], story=None, by=None)
        move_article(self.articles[3], story=None, by=None)

        merge_stories(self.second, into=self.first, by=None)
        joined = [join_story(self.a, self.first.pk), join_story(self.d, self.first.pk)]

        assert joined == [False, False]

    def test_one_that_is_merged_or_the_same_or_gone_is_refused(self):
        gone = Story.objects.create()
        Story.objects.filter(pk=gone.pk).delete()
        merge_stories(self.second, into=self.first, by=None)

        for story, into, words in (
            (self.second, self.first, "was merged into another"),
            (self.first, self.second, "was merged into another"),
            (self.first, self.first, "two different"),
            (self.first, gone, "gone"),
        ):
            with pytest.raises(StoryRefused, match=words):
                merge_stories(story, into=into, by=None)

    def test_undoing_brings_both_back_exactly(self):
        third = Story.objects.get(pk=begin_story(self.ids[6:]))
        merge_stories(third, into=self.second, by=None)
        move_article(self.articles[0], story=None, by=self.editor, reason="No")
        rename_story(self.second, title="The flood", by=None)
        before = decisions_now()
        change = merge_stories(self.second, into=self.first, by=None)
        assert decisions_now() != before

        undo_story_change(change, by=self.editor)

        assert decisions_now() == before
        change.refresh_from_db()
        assert change.undone_by == self.editor

    def test_what_joined_meanwhile_stays_when_it_is_undone(self):
        change = merge_stories(self.second, into=self.first, by=None)
        join_story(self.g, self.first.pk)

        undo_story_change(change, by=None)

        assert stories_now() == [{self.a, self.b, self.c, self.g}, {self.d, self.e, self.f}]

    def test_what_was_deleted_meanwhile_is_not_missed(self):
        change = merge_stories(self.second, into=self.first, by=self.editor)
        self.editor.delete()
        delete_articles(self.articles[3:4])

        undo_story_change(change, by=None)

        assert stories_now() == [{self.a, self.b, self.c}, {self.e, self.f}]


class SplitTests(CuratingTestCase):
    def test_the_chosen_articles_are_a_story_of_their_own(self):
        new = split_story(self.first, article_ids=[self.b, self.c], by=self.editor)

        assert stories_now() == [{self.a}, {self.b, self.c}, {self.d, self.e, self.f}]
        assert (new.article_count, new.slug) == (2, "number-1")

    def test_the_machine_brings_the_halves_together_no_more(self):
        new = split_story(self.first, article_ids=[self.b, self.c], by=None)

        place_automatic([[self.a, self.b, self.c, self.g], [self.d, self.e, self.f]])
        steps = [join_story(self.a, new.pk), join_story(self.b, self.first.pk)]

        assert steps == [False, False]
        assert StoryMember.objects.of([self.a, self.b, self.c]) == {
            self.a: self.first.pk,
            self.b: new.pk,
            self.c: new.pk,
        }

    def test_nothing_everything_and_what_is_elsewhere_is_refused(self):
        for ids in ([], [self.d], [self.a, self.d], [self.a, self.b, self.c]):
            with pytest.raises(StoryRefused):
                split_story(self.first, article_ids=ids, by=None)
        assert StoryChange.objects.count() == 0

    def test_undoing_brings_all_back_and_the_new_address_leads_there(self):
        before = stories_now(), list(StoryExclusion.objects.all())
        new = split_story(self.first, article_ids=[self.b], by=None)
        join_story(self.g, new.pk)

        undo_story_change(StoryChange.objects.get(), by=None)

        after = stories_now(), list(StoryExclusion.objects.all())
        assert after[1] == before[1]
        assert after[0] == [{self.a, self.b, self.c, self.g}, {self.d, self.e, self.f}]
        new.refresh_from_db()
        assert new.merged_into == self.first
        assert not StoryMember.objects.get(article=self.b).placed_by_editor


class MoveTests(CuratingTestCase):
    def test_an_article_goes_where_the_editor_puts_it_and_not_back(self):
        move_article(self.articles[0], story=self.second, by=self.editor, reason="Really this")

        assert stories_now() == [{self.a, self.d, self.e, self.f}, {self.b, self.c}]
        member = StoryMember.objects.get(article=self.a)
        assert (member.placed_by_editor, member.made_by, member.reason) == (
            True,
            self.editor,
            "Really this",
        )
        exclusion = StoryExclusion.objects.get()
        assert (exclusion.story, exclusion.article_id) == (self.first, self.a)

    def test_putting_it_back_ends_the_exclusion(self):
        move_article(self.articles[0], story=None, by=None)
        move_article(self.articles[0], story=self.first, by=None)

        assert list(StoryExclusion.objects.all()) == []
        assert stories_now() == [{self.a, self.b, self.c}, {self.d, self.e, self.f}]

    def test_into_none_from_none_and_into_a_merged_one_are_refused(self):
        with pytest.raises(StoryRefused, match="in no story"):
            move_article(self.articles[7], story=None, by=None)
        merge_stories(self.second, into=self.first, by=None)
        with pytest.raises(StoryRefused, match="merged"):
            move_article(self.articles[7], story=self.second, by=None)

    def test_undoing_each_in_turn_is_as_if_nothing_had_been(self):
        before = decisions_now()
        changes = [
            move_article(self.articles[0], story=self.second, by=None),
            move_article(self.articles[1], story=None, by=None),
            move_article(self.articles[6], story=self.second, by=None),
            move_article(self.articles[0], story=None, by=None),
        ]

        for change in reversed(changes):
            undo_story_change(change, by=None)

        assert decisions_now() == before

    def test_several_are_one_change_and_one_undo(self):
        before = decisions_now()
        chosen = [self.articles[n] for n in (0, 1, 3, 6)]

        change = move_articles(chosen, story=self.second, by=self.editor, reason="This flood")

        assert stories_now() == [{self.a, self.b, self.d, self.e, self.f, self.g}, {self.c}]
        assert (change.words, change.reason) == ("Put 4 articles into “Number 3”", "This flood")
        assert StoryChange.objects.count() == 1
        out = set(StoryExclusion.objects.values_list("story", "article"))
        assert out == {(self.first.pk, self.a), (self.first.pk, self.b)}
        undo_story_change(change, by=self.editor)
        assert decisions_now() == before

    def test_several_of_different_stories_are_taken_out_at_once(self):
        before = decisions_now()

        change = move_articles([self.articles[0], self.articles[3]], story=None, by=None)

        assert stories_now() == [{self.b, self.c}, {self.e, self.f}]
        assert change.words == "Took 2 articles out of “Number 0” and “Number 3”"
        undo_story_change(change, by=None)
        assert decisions_now() == before

    def test_when_one_of_several_is_gone_none_is_moved(self):
        before = decisions_now()
        delete_articles(self.articles[7:])

        with pytest.raises(StoryRefused, match="One of these articles is gone"):
            move_articles([self.articles[0], self.articles[7]], story=self.second, by=None)

        assert decisions_now() == before

    def test_only_the_last_change_of_a_story_can_be_undone_and_only_once(self):
        early = move_article(self.articles[0], story=self.second, by=None)
        late = rename_story(self.first, title="The flood", by=None)

        with pytest.raises(StoryRefused, match="later changes"):
            undo_story_change(early, by=None)
        undo_story_change(late, by=None)
        with pytest.raises(StoryRefused, match="undone already"):
            undo_story_change(late, by=None)
        undo_story_change(early, by=None)
        assert stories_now() == [{self.a, self.b, self.c}, {self.d, self.e, self.f}]


class BeginTests(CuratingTestCase):
    def test_a_story_is_begun_with_articles_of_another_one_and_of_none(self):
        change = begin_story_with(
            [self.articles[0], self.articles[6]], by=self.editor, reason="Two"
        )

        assert stories_now() == [{self.a, self.g}, {self.b, self.c}, {self.d, self.e, self.f}]
        assert (change.words, change.made_by) == ("Began a story with 2 articles", self.editor)
        place_automatic([[self.a, self.b, self.c], [self.d, self.e, self.f]])
        assert stories_now()[0] == {self.a, self.g}

    def test_undoing_brings_all_back_and_the_new_address_leads_there(self):
        before = stories_now(), list(StoryExclusion.objects.all())
        change = begin_story_with([self.articles[0], self.articles[6]], by=None)
        new = StoryMember.objects.get(article=self.g).story

        undo_story_change(change, by=None)

        assert (stories_now(), list(StoryExclusion.objects.all())) == before
        assert Story.objects.at(new.pk) == self.first

    def test_one_that_came_from_nowhere_keeps_what_joined_it_meanwhile(self):
        extra = make_article()
        change = begin_story_with(self.articles[6:], by=None)
        new = StoryMember.objects.get(article=self.g).story
        join_story(extra.pk, new.pk)

        undo_story_change(change, by=None)

        assert StoryMember.objects.of([self.g, self.h, extra.pk]) == {extra.pk: new.pk}

    def test_it_takes_two_different_articles(self):
        with pytest.raises(StoryRefused, match="two different articles"):
            begin_story_with([self.articles[0], self.articles[0]], by=None)


class UndoTests(CuratingTestCase):
    def test_what_led_to_a_split_off_story_leads_on_when_the_split_is_undone(self):
        new = split_story(self.first, article_ids=[self.b, self.c], by=None)
        old = Story.objects.get(pk=begin_story([self.g, self.h]))
        Story.objects.filter(pk=old.pk).update(merged_into=new, article_count=0)
        StoryMember.objects.filter(story=old).delete()

        undo_story_change(StoryChange.objects.get(), by=None)

        assert Story.objects.at(old.pk) == self.first
        assert Story.objects.at(new.pk) == self.first

    def test_a_later_decision_about_the_same_article_is_not_undone_along(self):
        taken_out = move_article(self.articles[0], story=None, by=None)
        move_article(self.articles[0], story=self.second, by=None)

        with pytest.raises(StoryRefused):
            undo_story_change(taken_out, by=None)

        assert StoryMember.objects.get(article=self.a).story == self.second


class NameAndLockTests(CuratingTestCase):
    def test_a_title_is_kept_with_its_address_and_taken_back(self):
        change = rename_story(self.first, title="  The  flood ", by=None)

        self.first.refresh_from_db()
        assert (self.first.title, self.first.slug) == ("The flood", "the-flood")
        undo_story_change(change, by=None)
        self.first.refresh_from_db()
        assert (self.first.title, self.first.slug) == ("", "number-0")

    def test_a_title_that_is_too_long_is_refused(self):
        with pytest.raises(StoryRefused, match="at most 200"):
            rename_story(self.first, title="x" * 201, by=None)
        with pytest.raises(StoryRefused, match="at most 200"):
            rename_story(self.first, title="Flood", by=None, reason="x" * 201)
        self.first.refresh_from_db()
        assert self.first.title == ""

    def test_a_lock_is_set_and_opened_once(self):
        change = lock_story(self.first, by=None)
        with pytest.raises(StoryRefused, match="locked already"):
            lock_story(self.first, by=None)
        undo_story_change(change, by=None)
        with pytest.raises(StoryRefused, match="not locked"):
            unlock_story(self.first, by=None)
        lock_story(self.first, by=None)
        unlock_story(self.first, by=None)
        assert join_story(self.g, self.first.pk) is True

    def test_editors_and_chiefs_may_and_nobody_else(self):
        for role, may in ((EDITOR, True), (CHIEF, True), (AUTHOR, False), (MODERATOR, False)):
            person = make_user(is_staff=True)
            person.groups.add(Group.objects.get(name=role))
            assert person.has_perm("stories.change_story") is may
            if may:
                change = rename_story(self.first, title=role, by=person)
                undo_story_change(change, by=person)
                continue
            for refused in (
                lambda by=person: rename_story(self.first, title="x", by=by),
                lambda by=person: lock_story(self.first, by=by),
                lambda by=person: unlock_story(self.first, by=by),
                lambda by=person: merge_stories(self.first, into=self.second, by=by),
                lambda by=person: split_story(self.first, article_ids=[self.a], by=by),
                lambda by=person: move_article(self.articles[0], story=None, by=by),
                lambda by=person: begin_story_with(self.articles[:2], by=by),
                lambda by=person: undo_story_change(StoryChange.objects.latest("pk"), by=by),
            ):
                with pytest.raises(StoryRefused, match="Only editors"):
                    refused()


class ConstraintTests(CuratingTestCase):
    def refuse(self, name, write):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()

    def test_the_database_keeps_what_the_code_relies_on(self):
        story = Story.objects.filter(pk=self.first.pk)
        self.refuse(
            "merged_into_another", lambda: story.update(merged_into=self.first, article_count=0)
        )
        self.refuse("merged_has_no_articles", lambda: story.update(merged_into=self.second))
        self.refuse("first_before_last", lambda: story.update(first_at=self.articles[7].listed_at))
        StoryExclusion.objects.create(story=self.first, article_id=self.g)
        self.refuse(
            "story_id.*article_id|once",
            lambda: StoryExclusion.objects.create(story=self.first, article_id=self.g),
        )
        self.refuse(
            "article_id|pkey",
            lambda: StoryMember.objects.create(
                story=self.second, article_id=self.a, listed_at=self.articles[0].listed_at
            ),
        )
        self.refuse("kind_known", lambda: StoryChange.objects.create(kind="odd", words="x"))


class ManyTests(TestCase):
    def test_the_statements_do_not_grow_with_the_articles_moved(self):
        counts = []
        for size in (2, 60):
            articles = [make_article() for _ in range(size + 1)]
            story = Story.objects.get(pk=begin_story([article.pk for article in articles]))
            other = Story.objects.create(title="Another")
            with CaptureQueriesContext(connection) as into:
                move_articles(articles[1:], story=other, by=None)
            with CaptureQueriesContext(connection) as out:
                move_articles(articles[1:], story=None, by=None)
            counts.append((len(into), len(out)))
            assert not any("body_text" in query["sql"] for query in into)
            assert story.members.count() == 1

        assert counts[0] == counts[1]

    def test_a_change_of_a_thousand_articles_is_undone(self):
        ids = [make_article().pk for _ in range(3)]
        story = Story.objects.get(pk=begin_story(ids))
        change = move_article(story.members.first().article, story=None, by=None)
        gone = range(max(ids) + 1, max(ids) + 1201)
        change.before["members"] |= dict.fromkeys(map(str, gone))
        change.save()

        undo_story_change(change, by=None)

        assert stories_now() == [set(ids)]

    def test_a_later_change_of_any_of_its_articles_is_found(self):
        articles = [make_article() for _ in range(4)]
        first = begin_story([article.pk for article in articles[:2]])
        last = move_article(articles[0], story=None, by=None)
        last.before["members"] = dict.fromkeys(map(str, range(10**6, 10**6 + 600)))
        last.before["members"][str(articles[2].pk)] = None
        last.save()
        begin_story_with(articles[2:], by=None)

        with pytest.raises(StoryRefused, match="later changes"):
            undo_story_change(last, by=None)
        assert StoryMember.objects.of([articles[1].pk]) == {articles[1].pk: first}
