"""Stories at the desk."""

import re

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.test import TestCase
from django.urls import reverse

from reader.accounts.roles import AUTHOR, CHIEF, EDITOR
from reader.articles.services import edit_article, withdraw_article
from reader.deciding import OUTDATED
from reader.stories.forms import ChosenForm
from reader.stories.models import Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.services import begin_story, move_article, rename_story, undo_story_change
from tests.factories import make_article, make_publisher, make_user
from tests.reader.stories import stories_now

LIST = reverse("admin:stories_story_changelist")


def page_of(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def make_person(role):
    person = make_user(is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [make_article(f"Number {n}", hours_ago=20 - n) for n in range(7)]
        cls.ids = [article.pk for article in cls.articles]
        cls.a, cls.b, cls.c, cls.d, cls.e, cls.f, cls.g = cls.ids
        cls.first = Story.objects.get(pk=begin_story(cls.ids[:3]))
        cls.second = Story.objects.get(pk=begin_story(cls.ids[3:6]))
        cls.editor = make_person(EDITOR)

    def setUp(self):
        self.client.force_login(self.editor)

    def decide(self, story, do, **typed):
        response = self.client.post(page_of(story), {"do": do, **typed})
        if response.status_code == 303:
            return self.client.get(page_of(story))
        assert response.status_code == 422
        return response


class StoryPageTests(DeskTestCase):
    def test_it_shows_the_articles_and_whether_readers_see_them(self):
        withdraw_article(self.articles[0])

        page = self.client.get(page_of(self.first)).content.decode()

        assert re.findall(r">(Number \d)</a>", page) == ["Number 2", "Number 1", "Number 0"]
        assert (page.count("do not see it"), page.count(">see it<")) == (1, 2)
        self.assertIn(self.first.get_absolute_url(), page)

    def test_a_title_is_saved_and_on_the_page_at_once(self):
        response = self.decide(self.first, "rename", title="The flood", reason="Clearer")

        self.assertContains(response, "Renamed to “The flood”")
        self.first.refresh_from_db()
        self.assertContains(self.client.get(self.first.get_absolute_url()), "The flood</h1>")
        change = StoryChange.objects.get()
        assert (change.made_by, change.reason) == (self.editor, "Clearer")

    def test_a_lock_is_set_and_opened(self):
        self.assertContains(self.decide(self.first, "lock"), "Locked: only editors change it")
        self.assertContains(self.decide(self.first, "unlock"), "Not locked")

    def test_merging_takes_a_number_or_an_address(self):
        third = Story.objects.get(pk=begin_story([self.g, make_article().pk]))
        response = self.decide(third, "merge", into=f" #{self.first.pk} ")
        self.assertContains(response, "its address leads there")
        address = f"http://testserver{self.second.get_absolute_url()}?x=1#top"
        self.decide(self.first, "merge", into=address)

        third.refresh_from_db()
        self.first.refresh_from_db()
        assert (third.merged_into, self.first.merged_into) == (self.second, self.second)
        assert len(stories_now()) == 1

    def test_what_makes_no_sense_is_said_beside_the_field_and_nothing_changes(self):
        for do, typed, words in (
            ("merge", {"into": "999999"}, "There is no such story"),
            ("merge", {"into": "https://elsewhere.example/"}, "There is no such story"),
            ("merge", {"into": "http://[x"}, "There is no such story"),
            ("put_in", {"article": "http://[x"}, "There is no such article"),
            ("put_in", {"article": "#"}, "There is no such article"),
            ("merge", {"into": ""}, "This field is required"),
            ("merge", {"into": str(self.first.pk)}, "two different stories"),
            ("put_in", {"article": "nonsense"}, "There is no such article"),
            ("split", {}, "Tick the articles"),
            ("split", {"articles": self.ids[:3]}, "at least one article"),
            ("split", {"articles": [self.d]}, "decided otherwise"),
            ("move", {"articles": [self.a]}, "Say to which story"),
            ("rename", {"title": "x" * 201}, "at most 200"),
            ("unlock", {}, "not locked"),
            ("undo:1", {}, "decided otherwise"),
            ("put_back:999999", {}, "decided otherwise"),
            (f"undo:{'9' * 5000}", {}, "decided otherwise"),
            (f"put_back:{'9' * 5000}", {}, "decided otherwise"),
            ("nonsense", {}, "decided otherwise"),
        ):
            with self.subTest(do=do, typed=typed):
                self.assertContains(self.decide(self.first, do, **typed), words, status_code=422)
        assert StoryChange.objects.count() == 0

    def test_articles_are_split_off_moved_and_taken_out(self):
        self.decide(self.first, "split", articles=[self.b, self.c], reason="Another river")
        assert stories_now() == [{self.a}, {self.b, self.c}, {self.d, self.e, self.f}]

        self.decide(self.second, "move", articles=[self.d, self.e], to=str(self.first.pk))
        assert stories_now() == [{self.a, self.d, self.e}, {self.b, self.c}, {self.f}]

        response = self.decide(self.first, "take_out", articles=[self.d], reason="Not this")
        assert stories_now() == [{self.a, self.e}, {self.b, self.c}, {self.f}]
        self.assertContains(response, "Taken out")
        self.assertContains(response, "Not this")

    def test_what_a_colleague_moved_meanwhile_stays_where_it_was_put(self):
        for do, typed in (("take_out", {}), ("move", {"to": str(self.second.pk)})):
            with self.subTest(do=do):
                data = QueryDict(mutable=True)
                data.update(typed)
                data.setlist("articles", [str(self.b), str(self.c)])
                stale = ChosenForm(data, story=self.first)
                assert stale.is_valid()
                third = move_article(self.articles[1], story=self.second, by=None)
                before = stories_now()

                assert stale.carry_out(do, by=self.editor) == ""

                assert stale.non_field_errors() == [OUTDATED]
                assert stories_now() == before
                page = self.decide(self.first, do, articles=[self.b], **typed)
                self.assertContains(page, OUTDATED, status_code=422)
                undo_story_change(third, by=None)

    def test_enter_in_the_form_of_several_presses_no_button(self):
        page = BeautifulSoup(self.client.get(page_of(self.first)).content, "html.parser")
        button = page.select_one(".story-desk__articles button")
        assert button.has_attr("disabled")
        assert button.has_attr("hidden")

    def test_the_last_change_keeps_its_direction_to_itself(self):
        rename_story(self.first, title="النهر يفيض", by=self.editor)

        page = BeautifulSoup(self.client.get(page_of(self.first)).content, "html.parser")

        words = [part.get_text() for part in page.select(".decisions__last bdi")]
        assert words == ["Renamed to “النهر يفيض”", str(self.editor)]

    def test_what_was_done_with_several_is_undone_with_one_press(self):
        response = self.decide(self.first, "take_out", articles=[self.a, self.b])
        self.assertContains(response, "Took 2 articles out of")

        self.decide(self.first, f"undo:{StoryChange.objects.get().pk}")

        assert stories_now() == [{self.a, self.b, self.c}, {self.d, self.e, self.f}]

    def test_an_article_is_put_in_and_one_taken_out_is_put_back(self):
        self.decide(self.first, "put_in", article=self.articles[6].get_absolute_url(), reason="Too")
        member = StoryMember.objects.get(article=self.g)
        assert (member.story, member.made_by, member.reason) == (self.first, self.editor, "Too")

        self.decide(self.first, "take_out", articles=[self.a])
        self.decide(self.first, f"put_back:{self.a}")
        assert stories_now()[0] == {self.a, self.b, self.c, self.g}
        assert list(StoryExclusion.objects.all()) == []

    def test_the_last_change_is_undone_and_the_log_tells_both(self):
        self.decide(self.second, "merge", into=str(self.first.pk))
        change = StoryChange.objects.get()

        response = self.decide(self.first, f"undo:{change.pk}")

        assert stories_now() == [{self.a, self.b, self.c}, {self.d, self.e, self.f}]
        self.assertContains(response, "decisions__undone")
        self.assertContains(response, "or all of it was undone")

    def test_a_change_of_another_story_is_not_undone_from_here(self):
        change = rename_story(self.second, title="The flood", by=None)

        self.decide(self.first, f"undo:{change.pk}")

        self.second.refresh_from_db()
        assert self.second.title == "The flood"

    def test_hostile_words_stay_words(self):
        words = "<script>alert(1)</script>"
        response = self.decide(self.first, "rename", title=words, reason=words)

        self.assertNotContains(response, words)
        self.first.refresh_from_db()
        self.assertNotContains(self.client.get(self.first.get_absolute_url()), words)

    def test_a_chief_may_and_an_author_may_not_even_look(self):
        self.client.force_login(make_person(CHIEF))
        self.decide(self.first, "lock")
        self.client.force_login(make_person(AUTHOR))

        assert self.client.get(LIST).status_code == 403
        assert self.client.get(page_of(self.first)).status_code == 403
        assert self.client.post(page_of(self.first), {"do": "unlock"}).status_code == 403
        self.first.refresh_from_db()
        assert self.first.is_locked

    def test_it_costs_the_same_statements_however_much_there_is(self):
        for size in (2, 9):
            story = Story.objects.get(
                pk=begin_story([make_article(publisher=make_publisher()).pk for _ in range(size)])
            )
            for _ in range(size):
                extra = make_article(publisher=make_publisher())
                move_article(extra, story=story, by=make_person(EDITOR))
                move_article(extra, story=None, by=make_person(EDITOR))
            with self.assertNumQueries(8):
                self.client.get(page_of(story))


class StoryListTests(DeskTestCase):
    def test_the_latest_stand_first_and_are_found_by_their_words(self):
        rename_story(self.first, title="The flood", by=None)

        page = self.client.get(LIST).content.decode()
        found = self.client.get(LIST, {"q": "flood"}).content.decode()

        assert page.index("Number 3") < page.index("The flood")
        assert "The flood" in found
        assert "Number 3" not in found

    def test_several_are_merged_into_one(self):
        third = Story.objects.get(pk=begin_story([self.g, make_article().pk]))
        chosen = [self.first.pk, self.second.pk, third.pk]
        asked = {"action": "merge", "_selected_action": chosen}

        self.assertContains(self.client.post(LIST, asked), "Number 0")
        response = self.client.post(
            LIST, {**asked, "into": self.first.pk, "reason": "One flood"}, follow=True
        )

        self.assertContains(response, "Merged “Number 3” into “Number 0”")
        assert len(stories_now()) == 1
        assert set(StoryChange.objects.values_list("reason", flat=True)) == {"One flood"}

    def test_they_are_named_by_what_readers_may_see(self):
        edit_article(self.articles[0], title="Number nil?", by=None)

        asked = self.client.post(
            LIST, {"action": "merge", "_selected_action": [self.first.pk, self.second.pk]}
        )

        page = BeautifulSoup(asked.content, "html.parser")
        labels = [label.get_text(strip=True) for label in page.select("label:has(input)")]
        assert labels == ["Number nil?", "Number 3"]

    def test_one_alone_is_not_merged(self):
        asked = {"action": "merge", "_selected_action": [self.first.pk]}
        self.assertContains(self.client.post(LIST, asked, follow=True), "Choose two or more")

    def test_nothing_is_added_or_deleted_there(self):
        assert self.client.get(f"{LIST}add/").status_code == 404
        deletion = reverse("admin:stories_story_delete", args=[self.first.pk])
        assert self.client.post(deletion, {"post": "yes"}).status_code == 403
        assert Story.objects.count() == 2

    def test_it_costs_the_same_statements_however_many_there_are(self):
        for size in (1, 6):
            for _ in range(size):
                begin_story([make_article().pk, make_article().pk])
            with self.assertNumQueries(6):
                self.client.get(LIST)
