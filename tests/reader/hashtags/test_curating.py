"""What editors decide: tag, merge, alias, rename, block."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase

from reader.hashtags import services
from reader.hashtags.finding import find_hashtag
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.services import HashtagRefused, Outcome
from tests.factories import make_article, make_user

State = ArticleHashtag.State


def make(name):
    return services.create_hashtag(name=name, by=None)


def tag(article, *names):
    for name in names:
        services.tag_article(article, name=name, by=None)


def links():
    rows = ArticleHashtag.objects.standing().select_related("hashtag__alias_of")
    return {(row.article_id, row.hashtag.meant.name, row.state, row.source) for row in rows}


class TaggingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make_article(text="Nothing of note.", keywords=["harbour"])
        cls.editor = make_user(is_staff=True)
        cls.editor.groups.add(Group.objects.get(name="editor"))

    def shown(self):
        found = ArticleHashtag.objects.for_articles([self.article.pk])
        return [link.hashtag.name for link in found]

    def test_an_editor_s_hashtag_stands_first_and_says_whose_it_is(self):
        link = services.tag_article(self.article, name=" #FerryStrike ", by=self.editor)

        assert self.shown() == ["FerryStrike", "harbour"]
        assert (link.source, link.decided_by) == (ArticleHashtag.Source.EDITOR, self.editor)
        assert Hashtag.objects.get(name="FerryStrike").article_count == 1

    def test_another_spelling_gives_the_hashtag_that_is_there(self):
        tag(self.article, "HARBOURS")

        assert self.shown() == ["harbour"]
        assert Hashtag.objects.count() == 1

    def test_a_rejected_suggestion_stays_rejected_until_an_editor_takes_it_back(self):
        harbour = Hashtag.objects.get(name="harbour")
        services.untag_article(self.article, hashtag=harbour, by=self.editor)
        services.suggest_hashtags([self.article.pk])
        assert self.shown() == []
        assert Hashtag.objects.get(pk=harbour.pk).article_count == 0

        services.tag_article(self.article, name="harbour", by=self.editor)

        assert self.shown() == ["harbour"]
        assert Hashtag.objects.get(pk=harbour.pk).article_count == 1

    def test_what_an_article_never_had_can_be_rejected_beforehand(self):
        services.untag_article(self.article, hashtag=make("Ferries"), by=self.editor)

        assert (self.article.pk, "Ferries", "rejected", "editor") in links()

    def test_a_bad_name_is_refused_with_a_sentence(self):
        for name in ("", "#", "two words", "1984", "<b>", "x" * 61):
            with pytest.raises(HashtagRefused) as refusal:
                services.tag_article(self.article, name=name, by=self.editor)
            assert str(refusal.value).endswith((".", ")")), name

    def test_a_blocked_hashtag_is_refused(self):
        services.block_hashtag(make("Spam"), by=self.editor)

        with pytest.raises(HashtagRefused, match="#Spam is blocked"):
            services.tag_article(self.article, name="spam", by=self.editor)

    def test_who_is_no_editor_changes_nothing(self):
        stranger = make_user()
        harbour = Hashtag.objects.get(name="harbour")
        other = make("Other")
        before = links()

        for change in (
            lambda: services.create_hashtag(name="Mine", by=stranger),
            lambda: services.tag_article(self.article, name="Mine", by=stranger),
            lambda: services.untag_article(self.article, hashtag=harbour, by=stranger),
            lambda: services.merge_hashtags(harbour, other, by=stranger),
            lambda: services.alias_hashtag("Mine", of=harbour, by=stranger),
            lambda: services.rename_hashtag(harbour, name="Mine", by=stranger),
            lambda: services.block_hashtag(harbour, by=stranger),
            lambda: services.unblock_hashtag(harbour, by=stranger),
        ):
            with pytest.raises(HashtagRefused, match="Only editors"):
                change()
        assert links() == before
        assert not Hashtag.objects.filter(name="Mine").exists()


class MergeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry, cls.ships = make("Ferry"), make("Ships")
        cls.one, cls.two, cls.three = (make_article(text="Words.") for _ in range(3))
        tag(cls.one, "Ferry")
        tag(cls.two, "Ferry", "Ships")
        tag(cls.three, "Ships")

    def test_the_plan_says_what_the_merge_does(self):
        services.alias_hashtag("Boat", of=self.ferry, by=None)
        plan = services.plan_merge(self.ferry, self.ships)

        done = services.merge_hashtags(self.ferry, self.ships, by=None)

        assert done.outcome == plan == Outcome(moved=1, shared=1, articles=3, aliases=1)

    def test_articles_and_aliases_move_and_every_count_is_right(self):
        services.alias_hashtag("Boat", of=self.ferry, by=None)

        services.merge_hashtags(self.ferry, self.ships, by=None)

        assert {name for _, name, _, _ in links()} == {"Ships"}
        assert len(links()) == 3
        assert find_hashtag("ferry") == find_hashtag("boat") == self.ships
        assert Hashtag.objects.get(name="Ships").article_count == 3
        assert services.wrong_counts() == {}

    def test_a_rejection_counts_before_a_suggestion_on_either_side(self):
        for name in ("Ferry", "Ships"):
            ArticleHashtag.objects.all().delete()
            tag(self.one, "Ferry", "Ships")
            ArticleHashtag.objects.update(source="suggested")
            services.untag_article(self.one, hashtag=Hashtag.objects.get(name=name), by=None)
            source, into = make(f"{name}Source"), make(f"{name}Into")
            ArticleHashtag.objects.filter(hashtag__name="Ferry").update(hashtag=source)
            ArticleHashtag.objects.filter(hashtag__name="Ships").update(hashtag=into)

            services.merge_hashtags(source, into, by=None)

            standing = ArticleHashtag.objects.standing().filter(article=self.one)
            assert [link.state for link in standing] == [State.REJECTED], name

    def test_what_arrives_later_under_the_old_name_is_the_new_one(self):
        services.merge_hashtags(self.ferry, self.ships, by=None)

        article = make_article(text="Words.", keywords=["ferries"])

        assert (article.pk, "Ships", "shown", "keyword") in links()

    def test_aliases_stay_one_level_deep(self):
        fleet = make("Fleet")
        services.merge_hashtags(self.ferry, self.ships, by=None)
        services.merge_hashtags(self.ships, fleet, by=None)

        assert set(Hashtag.objects.filter(alias_of=fleet)) == {self.ferry, self.ships}
        assert find_hashtag("ferry") == fleet

    def test_impossible_merges_are_refused_and_change_nothing(self):
        before = links()
        alias = services.alias_hashtag("Boat", of=self.ships, by=None)
        blocked = make("Blocked")
        services.block_hashtag(blocked, by=None)
        gone = make("Gone")
        Hashtag.objects.filter(pk=gone.pk).delete()

        for source, into in (
            (self.ferry, self.ferry),
            (alias, self.ferry),
            (self.ferry, alias),
            (self.ferry, blocked),
            (self.ferry, gone),
        ):
            with pytest.raises(HashtagRefused):
                services.merge_hashtags(source, into, by=None)
        assert links() == before

    def test_a_merge_costs_the_same_statements_however_many_articles_move(self):
        for number in range(2):
            source, into = make(f"Source{number}"), make(f"Into{number}")
            for _ in range(1 + 20 * number):
                tag(make_article(text="Words."), source.name)
            # PostgreSQL is told who goes first, and not to wait long; and then again as before.
            with self.assertNumQueries(26 + 3 * (connection.vendor == "postgresql")):
                services.merge_hashtags(source, into, by=None)


class RenameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make("Ferry")
        cls.article = make_article(text="Words.")
        tag(cls.article, "Ferry")

    def test_the_old_name_still_leads_there(self):
        services.rename_hashtag(self.ferry, name="#FerryStrike", by=None)

        found = find_hashtag("Ferry")
        assert (found.pk, found.name, found.article_count) == (self.ferry.pk, "FerryStrike", 1)

    def test_renaming_back_leaves_one_alias(self):
        services.rename_hashtag(self.ferry, name="FerryStrike", by=None)
        services.rename_hashtag(self.ferry, name="Ferry", by=None)

        assert find_hashtag("ferrystrike").name == "Ferry"
        assert Hashtag.objects.count() == 2

    def test_another_case_is_no_new_name(self):
        services.rename_hashtag(self.ferry, name="FERRY", by=None)

        assert list(Hashtag.objects.values_list("name", "slug")) == [("FERRY", "ferry")]

    def test_a_taken_name_and_a_bad_one_are_refused(self):
        make("Ships")
        for name in ("ships", "two words", ""):
            with pytest.raises(HashtagRefused):
                services.rename_hashtag(self.ferry, name=name, by=None)
        assert set(Hashtag.objects.values_list("name", flat=True)) == {"Ferry", "Ships"}


class AliasTests(TestCase):
    def test_a_name_that_means_something_else_already_is_refused(self):
        ferry, ships = make("Ferry"), make("Ships")
        services.alias_hashtag("Boat", of=ferry, by=None)

        assert services.alias_hashtag("boat", of=ferry, by=None).alias_of == ferry
        with pytest.raises(HashtagRefused, match="#Boat means #Ferry already"):
            services.alias_hashtag("Boat", of=ships, by=None)

    def test_an_existing_hashtag_becomes_an_alias_with_all_it_has(self):
        ferry = make("Ferry")
        article = make_article(text="Words.", keywords=["boat"])

        services.alias_hashtag("Boat", of=ferry, by=None)

        assert links() == {(article.pk, "Ferry", "shown", "keyword")}
        assert services.wrong_counts() == {}


class BlockTests(TestCase):
    def test_a_blocked_hashtag_is_gone_and_comes_back_whole(self):
        article = make_article(text="Words.", keywords=["boat"])
        boat = Hashtag.objects.get(name="boat")

        services.block_hashtag(boat, by=None)
        services.suggest_hashtags([make_article(text="Words.", keywords=["boat"]).pk])
        assert find_hashtag("boat") is None
        assert not ArticleHashtag.objects.for_articles([article.pk]).exists()

        services.unblock_hashtag(boat, by=None)
        assert ArticleHashtag.objects.for_articles([article.pk]).count() == 1
        assert services.wrong_counts() == {}
