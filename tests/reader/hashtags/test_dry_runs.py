"""A dry run says what will be done, or refuses with the words with which it would be refused."""

import re
from itertools import permutations

import pytest
from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from reader.accounts.roles import EDITOR
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from reader.hashtags.outcomes import Outcome
from reader.hashtags.services import Choice, HashtagRefused
from tests.factories import make_article, make_user
from tests.reader.hashtags.test_governing import NAMES, make_site

LIST = reverse("admin:hashtags_hashtag_changelist")


def named(*names):
    return [Hashtag.objects.get(name=name) for name in names]


def refusal_of(act):
    with pytest.raises(HashtagRefused) as refused:
        act()
    return str(refused.value)


class TogetherTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_site()

    def test_several_merges_do_together_what_was_said_whatever_they_share(self):
        for names in list(permutations(NAMES))[::5]:
            with self.subTest(names):
                into, *sources = named(*names)
                before = list(ArticleHashtag.objects.order_by("pk").values())
                plan = services.plan_merges(sources, into)

                done = services.merge_all_hashtags(sources, into, by=None, seen=plan)

                assert done == plan
                assert (plan.shared, plan.articles) == (
                    ArticleHashtag.objects.filter(state="doubled").count(),
                    Hashtag.objects.get(pk=into.pk).article_count,
                )
                assert services.wrong_counts() == {}
                for change in HashtagChange.objects.filter(undone_at=None).order_by("-pk"):
                    services.undo_hashtag_change(change, by=None)
                assert list(ArticleHashtag.objects.order_by("pk").values()) == before

    def test_what_is_not_as_it_was_seen_is_not_done(self):
        ferry, ships, boats = named("Ferry", "Ships", "Boats")
        seen = Outcome(moved=99)
        for act in (
            lambda: services.merge_hashtags(ferry, ships, by=None, seen=seen),
            lambda: services.merge_all_hashtags([ferry, boats], ships, by=None, seen=seen),
            lambda: services.alias_hashtag("Boats", of=ferry, by=None, seen=seen),
            lambda: services.alias_hashtag("Punt", of=ferry, by=None, seen=seen),
            lambda: services.rename_hashtag(ferry, name="Punt", by=None, seen=seen),
            lambda: services.split_hashtag(
                ferry, Choice(words="Number"), into="Punt", by=None, seen=seen
            ),
            lambda: services.block_hashtag(ferry, by=None, seen=seen),
        ):
            assert "is not what you saw" in refusal_of(act)
        assert not HashtagChange.objects.exists()
        assert Hashtag.objects.filter(alias_of=None, is_blocked=False).count() == len(NAMES)

    def test_one_refusal_and_nothing_is_merged(self):
        ferry, ships, boats = named("Ferry", "Ships", "Boats")
        alias = services.alias_hashtag("Punt", of=boats, by=None)
        HashtagChange.objects.all().delete()

        words = refusal_of(lambda: services.merge_all_hashtags([ferry, alias], ships, by=None))

        assert words == refusal_of(lambda: services.plan_merges([ferry, alias], ships))
        assert not HashtagChange.objects.exists()

    def test_what_would_be_refused_is_refused_beforehand_in_the_same_words(self):
        ferry, ships, boats = named("Ferry", "Ships", "Boats")
        services.block_hashtag(boats, by=None)
        alias = services.alias_hashtag("Punt", of=ships, by=None)
        every, nobody = Choice(words="Number"), Choice(words="Zebra")
        for plan, act in (
            ((services.plan_merge, ferry, boats), services.merge_hashtags),
            ((services.plan_merge, ferry, ferry), services.merge_hashtags),
            ((services.plan_merge, alias, ferry), services.merge_hashtags),
            ((services.plan_merge, ferry, alias), services.merge_hashtags),
        ):
            planned, *given = plan
            assert refusal_of(lambda p=planned, g=given: p(*g)) == refusal_of(
                lambda a=act, g=given: a(*g, by=None)
            )
        for choice, into in (
            (every, "Boats"), (every, "Ferry"), (nobody, "Quay"), (Choice(), "Quay"),
        ):  # fmt: skip
            planned = refusal_of(lambda c=choice, i=into: services.plan_split(ferry, c, into=i))
            assert planned == refusal_of(
                lambda c=choice, i=into: services.split_hashtag(ferry, c, into=i, by=None)
            )
        assert refusal_of(lambda: services.plan_rename(ferry, name="Ships")) == refusal_of(
            lambda: services.rename_hashtag(ferry, name="Ships", by=None)
        )
        assert refusal_of(lambda: services.plan_alias("Punt", of=ferry)) == refusal_of(
            lambda: services.alias_hashtag("Punt", of=ferry, by=None)
        )


class ManyAtTheDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user(is_staff=True)
        cls.editor.groups.add(Group.objects.get(name=EDITOR))
        for number in range(3):
            article = make_article(f"Number {number}", text="Words.")
            for name in ("Ferry", "Ships", "Boats")[: number + 1]:
                services.tag_article(article, name=name, by=None)
        cls.chosen = named("Ferry", "Ships", "Boats")

    def setUp(self):
        self.client.force_login(self.editor)
        self.keys = [hashtag.pk for hashtag in self.chosen]

    def send(self, **typed):
        choice = {"action": "merge", "_selected_action": self.keys}
        return self.client.post(LIST, {**choice, "reason": "", **typed})

    def seen(self, page):
        return re.search(r'name="seen" value="([-\d]+)"', page.content.decode())[1]

    def test_what_all_of_it_would_do_is_said_once_and_done(self):
        assert 'value="Ferry"' in self.send().content.decode()
        looked = self.send(into="Ferry", look="yes")
        self.assertContains(
            looked, "nothing to move; every article had both; 3 articles for readers afterwards."
        )
        assert not HashtagChange.objects.exists()

        done = self.client.post(
            LIST,
            {
                "action": "merge", "_selected_action": self.keys, "into": "Ferry", "reason": "Same",
                "seen": self.seen(looked), "do": "merge",
            },
            follow=True,
        )  # fmt: skip

        self.assertContains(done, "#Ships, #Boats now mean #Ferry; nothing to move")
        assert set(HashtagChange.objects.values_list("kind", "reason")) == {("merged", "Same")}
        assert HashtagChange.objects.count() == 2

    def test_what_a_colleague_changed_since_the_look_is_looked_at_again(self):
        looked = self.send(into="Ferry", look="yes")
        services.tag_article(make_article(text="Words."), name="Boats", by=None)

        answer = self.send(into="Ferry", seen=self.seen(looked), do="merge")

        self.assertContains(answer, "is not what you saw", status_code=422)
        self.assertContains(answer, "1 article moved, 3 already had both", status_code=422)
        assert not HashtagChange.objects.exists()

    def test_what_is_typed_or_chosen_otherwise_after_the_look_is_not_done(self):
        looked = self.send(into="Ferry", look="yes")
        for other in ({"into": "Ships"}, {"_selected_action": self.keys[:2]}):
            answer = self.send(
                **{"into": "Ferry", "seen": self.seen(looked), "do": "merge"} | other
            )
            self.assertContains(answer, "is not what you saw", status_code=422)
        assert not HashtagChange.objects.exists()

    def test_a_blocked_target_is_refused_before_anything_is_promised(self):
        services.block_hashtag(self.chosen[2], by=None)

        answer = self.send(into="Boats", look="yes")

        self.assertContains(answer, "#Boats is blocked; its articles would", status_code=422)
        self.assertNotContains(answer, 'name="seen"', status_code=422)

    def test_there_is_an_end_to_how_many(self):
        many = Hashtag.objects.bulk_create(
            Hashtag(name=f"Tag{n}", slug=f"tag{n}") for n in range(60)
        )
        answer = self.client.post(
            LIST,
            {"action": "merge", "_selected_action": [many[0].pk], "select_across": "1"},
            follow=True,
        )
        self.assertContains(answer, "Choose no more than 50.")
