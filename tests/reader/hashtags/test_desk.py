"""Hashtags at the desk: look at what a decision would change, confirm it, undo it."""

import re
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.test import TestCase, override_settings
from django.urls import reverse

from reader.accounts.roles import AUTHOR, CHIEF, EDITOR, MODERATOR
from reader.deciding import OUTDATED
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from tests.factories import make_article, make_publisher, make_user

LIST = reverse("admin:hashtags_hashtag_changelist")
LOG = reverse("admin:hashtags_hashtagchange_changelist")
WAITING = reverse("admin:hashtags_suggestion_changelist")


def page_of(hashtag):
    return reverse("admin:hashtags_hashtag_change", args=[hashtag.pk])


def make_person(role):
    person = make_user(is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_person(EDITOR)
        cls.gazette = make_publisher("Gazette")
        cls.articles = [
            make_article(
                f"The harbour {n}",
                text="Words.",
                hours_ago=24 * n + 1,
                keywords=["harbour"],
                publisher=cls.gazette if n % 2 else None,
            )
            for n in range(4)
        ]
        cls.harbour = Hashtag.objects.get(slug="harbour")
        cls.quay = services.create_hashtag(name="Quay", by=None)
        services.tag_article(cls.articles[0], name="Quay", by=None)

    def setUp(self):
        self.client.force_login(self.editor)

    def look(self, hashtag, do, **typed):
        return self.client.post(page_of(hashtag), {"do": f"look:{do}", **typed})

    def confirm(self, hashtag, do, **typed):
        """Press the second button of the page that the first one gave."""
        looked = self.look(hashtag, do, **typed)
        self.assertContains(looked, "It would do this:")
        seen = re.search(r'name="seen" value="([-\d]+)"', looked.content.decode())[1]
        answer = self.client.post(page_of(hashtag), {"do": do, "seen": seen, **typed})
        assert answer.status_code == 303, answer.content.decode()
        return self.client.get(page_of(hashtag))


class HashtagPageTests(DeskTestCase):
    def test_a_look_says_what_a_merge_would_do_and_does_nothing(self):
        looked = self.look(self.quay, "merge", into="harbour")

        self.assertContains(
            looked,
            "It would do this: nothing to move; every article had both; 4 articles for readers"
            " afterwards.",
        )
        assert not HashtagChange.objects.exists()

    def test_each_decision_is_confirmed_logged_and_undone(self):
        for do, typed, words in (
            ("merge", {"into": "Quay"}, "Merged #harbour into #Quay"),
            ("alias", {"name": "Port"}, "#Port means #harbour"),
            ("alias", {"name": "quay"}, "Merged #Quay into #harbour"),
            ("rename", {"name": "Haven"}, "Renamed #harbour to #Haven"),
            ("split", {"into": "Docks", "words": "harbour 2"}, "Split #Docks off #harbour"),
            ("block", {}, "Blocked #harbour"),
        ):
            with self.subTest(do, **typed):
                before = list(Hashtag.objects.order_by("pk").values())
                page = self.confirm(self.harbour, do, reason="Because", **typed)
                self.assertContains(page, words)
                change = HashtagChange.objects.latest("pk")
                assert (change.made_by, change.reason) == (self.editor, "Because")

                self.client.post(page_of(self.harbour), {"do": f"undo:{change.pk}"})

                assert list(Hashtag.objects.order_by("pk").values()) == before
                self.assertContains(self.client.get(page_of(self.harbour)), "all of it was undone")

    def test_what_changed_since_the_look_is_not_done(self):
        looked = self.look(self.harbour, "merge", into="Quay")
        seen = looked.context["forms"]["merge"].seen
        services.tag_article(self.articles[1], name="Quay", by=None)

        answer = self.client.post(
            page_of(self.harbour), {"do": "merge", "seen": seen, "into": "Quay"}
        )

        self.assertContains(answer, "is not what you saw", status_code=422)
        self.assertContains(answer, "2 already had both", status_code=422)
        assert not HashtagChange.objects.exists()

    def test_a_button_pressed_twice_does_not_take_back_what_it_did(self):
        looked = self.look(self.harbour, "block").content.decode()
        typed = {"do": "block", "seen": re.search(r'name="seen" value="([-\d]+)"', looked)[1]}

        self.client.post(page_of(self.harbour), typed)
        again = self.client.post(page_of(self.harbour), typed)

        self.assertContains(again, "is not what you saw", status_code=422)
        assert Hashtag.objects.get(pk=self.harbour.pk).is_blocked

    def test_what_is_typed_otherwise_after_the_look_is_not_done(self):
        services.create_hashtag(name="Pier", by=None)
        looked = self.look(self.harbour, "merge", into="Quay").content.decode()
        typed = {"do": "merge", "seen": re.search(r'name="seen" value="([-\d]+)"', looked)[1]}

        answer = self.client.post(page_of(self.harbour), {**typed, "into": "Pier"})

        self.assertContains(answer, "is not what you saw", status_code=422)
        assert not HashtagChange.objects.exists()

    def test_articles_to_split_off_are_chosen_in_several_ways(self):
        numbers = f"{self.articles[0].pk}, {self.articles[3].pk}"
        day = f"{self.articles[2].listed_at:%Y-%m-%d}"
        for typed, moved in (
            ({"articles": numbers}, 2),
            ({"publisher": self.gazette.pk}, 2),
            ({"publisher": self.gazette.pk, "articles": numbers}, 1),
            ({"words": "HARBOUR"}, 4),
            ({"since": day}, 3),
            ({"until": day}, 1),
        ):
            with self.subTest(**typed):
                looked = self.look(self.harbour, "split", into="Docks", **typed)
                assert looked.context["forms"]["split"].outcome.moved == moved

    def test_a_block_names_other_names_only_where_there_are_some(self):
        self.assertContains(self.look(self.quay, "block"), "hide it on 1 article.")
        services.alias_hashtag("Kai", of=self.quay, by=None)
        self.assertContains(self.look(self.quay, "block"), "1 article, with 1 other name.")

    def test_what_makes_no_sense_gets_a_sentence(self):
        for do, typed, sentence in (
            ("merge", {"into": "Nowhere"}, "There is no hashtag #Nowhere."),
            ("merge", {"into": "harbour"}, "That is this one."),
            ("alias", {"name": "two words"}, "Write letters and digits only"),
            ("split", {"into": "Docks"}, "Say which articles."),
            ("split", {"into": "Docks", "articles": "1; drop"}, "Write the numbers of articles"),
            ("split", {"into": "Docks", "since": "yesterday"}, "Enter a valid date."),
        ):
            with self.subTest(do, **typed):
                looked = self.look(self.harbour, do, **typed)
                self.assertContains(looked, sentence, status_code=422)

    def test_an_alias_says_what_it_means_and_offers_nothing(self):
        services.merge_hashtags(self.quay, self.harbour, by=None)

        page = self.client.get(page_of(self.quay))

        self.assertContains(page, "An alias: it means")
        self.assertNotContains(page, "look:")
        self.assertContains(page, "undo:")

    def test_a_decision_about_what_became_an_alias_meanwhile_says_so_and_keeps_what_was_typed(self):
        looked = self.look(self.quay, "merge", into="harbour").content.decode()
        seen = re.search(r'name="seen" value="([-\d]+)"', looked)[1]
        services.merge_hashtags(self.quay, self.harbour, by=None)
        before = list(Hashtag.objects.order_by("pk").values())
        for do, typed in (
            ("merge", {"seen": seen, "into": "harbour"}),
            ("look:merge", {"into": "harbour"}),
            ("look:rename", {"name": "Pier", "reason": "It is a pier"}),
            ("block", {"seen": "0-0-0-0-0"}),
            ("look:block", {}),
            ("describe", {"description": "Where ships lie."}),
        ):
            with self.subTest(do):
                answer = self.client.post(page_of(self.quay), {"do": do, **typed})
                sentence = f"{OUTDATED} #Quay means #harbour now."
                self.assertContains(answer, sentence, count=1, status_code=422)
                for words in typed.values():
                    if words != seen and do != "block":
                        self.assertContains(answer, words, status_code=422)
                assert "saved" not in answer.content.decode()
                assert list(Hashtag.objects.order_by("pk").values()) == before

    def test_an_alias_is_not_described(self):
        services.merge_hashtags(self.quay, self.harbour, by=None)
        with self.assertRaisesMessage(services.HashtagRefused, "#Quay is an alias of #harbour"):
            services.describe_hashtag(self.quay, description="Nobody sees it", by=None)

    def test_only_editors_and_chiefs_decide(self):
        for role, status in ((EDITOR, 200), (CHIEF, 200), (AUTHOR, 403), (MODERATOR, 403)):
            self.client.force_login(make_person(role))
            for address in (page_of(self.harbour), LOG, WAITING, LIST):
                assert self.client.get(address).status_code == status, (role, address)
            looked = self.look(self.harbour, "block").content.decode()
            seen = re.search(r'name="seen" value="([-\d]+)"', looked)
            typed = {"do": "block", "seen": seen[1] if seen else "0-0-4-0"}
            self.client.post(page_of(self.harbour), typed)
            assert HashtagChange.objects.exists() == (status == 200), role
            HashtagChange.objects.all().delete()
            Hashtag.objects.update(is_blocked=False)


class LogTests(DeskTestCase):
    def test_changes_are_undone_from_the_log_the_last_first(self):
        services.rename_hashtag(self.quay, name="Pier", by=self.editor)
        services.merge_hashtags(self.quay, self.harbour, by=self.editor)
        first, second = HashtagChange.objects.order_by("pk")

        refused = self.client.post(
            LOG, {"action": "undo", "_selected_action": [first.pk]}, follow=True
        )
        self.assertContains(refused, "Undo first what came later: “Merged #Pier into #harbour”.")
        both = [first.pk, second.pk]
        self.client.post(LOG, {"action": "undo", "_selected_action": both}, follow=True)

        self.quay.refresh_from_db()
        assert (self.quay.name, self.quay.alias_of) == ("Quay", None)


class ReviewTests(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(override_settings(HASHTAG_SUGGESTIONS="review"))
        self.late = make_article("Late", text="Words.", keywords=["harbour", "Tides"])
        self.waiting = list(ArticleHashtag.objects.filter(state="waiting").order_by("place"))

    def shown(self):
        found = ArticleHashtag.objects.for_articles([self.late.pk])
        return [link.hashtag.name for link in found]

    def act(self, action, links):
        keys = [link.pk for link in links]
        choice = {"action": action, "_selected_action": keys}
        return self.client.post(WAITING, choice, follow=True)

    def test_a_suggestion_waits_and_nobody_sees_or_counts_it(self):
        assert len(self.waiting) == 2
        assert self.shown() == []
        assert services.wrong_counts() == {}
        self.assertContains(self.client.get(WAITING), "#Tides")
        self.harbour.refresh_from_db()
        assert self.harbour.article_count == 4

    def test_many_are_accepted_at_once_each_at_its_place(self):
        done = self.act("accept", self.waiting)

        self.assertContains(done, "2 accepted.")
        assert self.shown() == [link.hashtag.name for link in self.waiting]
        assert services.wrong_counts() == {}
        self.assertNotContains(self.client.get(WAITING), "#Tides")

    def test_what_a_colleague_decided_meanwhile_is_no_success(self):
        services.reject_suggestions([self.waiting[0].pk], by=None)
        self.assertContains(
            self.act("accept", self.waiting), "1 accepted. 1 was decided meanwhile."
        )

        done = self.act("reject", self.waiting)

        self.assertContains(done, "0 rejected. 2 were decided meanwhile.")
        assert [message.level_tag for message in done.context["messages"]] == ["warning"]

    def test_all_of_a_long_list_are_decided_some_hundred_at_a_time_from_the_top(self):
        with patch("reader.hashtags.admin.REVIEWED_AT_ONCE", 1):
            done = self.client.post(
                WAITING,
                {
                    "action": "accept",
                    "_selected_action": [self.waiting[1].pk],
                    "select_across": "1",
                },
                follow=True,
            )

        self.assertContains(done, "1 accepted, from the top of the list; choose again for more.")
        assert self.shown() == [self.waiting[0].hashtag.name]

    def test_what_is_rejected_stays_rejected(self):
        self.act("reject", self.waiting)
        services.suggest_hashtags([self.late.pk])

        assert self.shown() == []
        states = ArticleHashtag.objects.filter(article=self.late).values_list("state", flat=True)
        assert set(states) == {"rejected"}

    def test_it_waits_on_however_often_it_is_suggested(self):
        services.suggest_hashtags([self.late.pk])
        assert self.shown() == []
        with override_settings(HASHTAG_SUGGESTIONS="public"):
            services.suggest_hashtags([self.late.pk])
        assert len(self.shown()) == 2

    def test_what_readers_saw_before_stays_when_an_article_is_read_again(self):
        services.suggest_hashtags([self.articles[0].pk])

        assert ArticleHashtag.objects.filter(article=self.articles[0], state="shown").count() == 2
