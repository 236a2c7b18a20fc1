"""What articles are given by their keywords and texts, and how the counts follow."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.following.services import follow_hashtag
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from tests.factories import make_article, make_user

FERRIES = "Ferry crews in Port Alder walked out. Marta Quill spoke in Port Alder. Quill left."
TRAMS = "Tram drivers in Port Alder walked out. Jonas Weir spoke in Port Alder. Weir left."


def shown(article):
    links = ArticleHashtag.objects.for_articles([article.pk])
    return [link.hashtag.name for link in links]


def counts():
    return dict(Hashtag.objects.filter(article_count__gt=0).values_list("name", "article_count"))


class SuggestingTests(TestCase):
    def test_a_new_article_has_hashtags_at_once(self):
        article = make_article("Strike in Port Alder", text=FERRIES, keywords=["labour"])

        assert shown(article) == ["labour", "PortAlder", "MartaQuill", "strike"]
        assert counts() == {"labour": 1, "PortAlder": 1, "MartaQuill": 1, "strike": 1}

    def test_the_same_thing_gets_the_same_hashtag(self):
        make_article(text=FERRIES, keywords=["Tariffs"])
        make_article(text=TRAMS, keywords=["tariff"])
        make_article(text=TRAMS, keywords=["TARIFFS", "port alder"])

        assert counts()["Tariffs"] == 3
        assert counts()["PortAlder"] == 3

    def test_an_alias_gives_what_it_means_and_a_blocked_one_nothing(self):
        wage = services.create_hashtag(name="WageDispute", by=None)
        services.alias_hashtag("labour", of=wage, by=None)
        services.block_hashtag(services.create_hashtag(name="PortAlder", by=None), by=None)

        article = make_article("Strike in Port Alder", text=FERRIES, keywords=["labour"])

        assert shown(article) == ["WageDispute", "MartaQuill", "strike"]

    def test_hearing_twice_changes_nothing(self):
        article = make_article(text=FERRIES)
        before = list(ArticleHashtag.objects.values()), list(Hashtag.objects.values())

        services.suggest_hashtags([article.pk, article.pk], bulk=True)

        assert (list(ArticleHashtag.objects.values()), list(Hashtag.objects.values())) == before

    def test_an_edited_text_changes_its_hashtags_and_the_counts(self):
        article = make_article(text=FERRIES)

        articles.edit_article(article, by=None, body_html=f"<p>{TRAMS}</p>")

        assert shown(article) == ["PortAlder", "JonasWeir"]
        assert counts() == {"PortAlder": 1, "JonasWeir": 1}

    def test_what_an_editor_decided_survives_an_edit(self):
        article = make_article(text=FERRIES, keywords=["labour"])
        services.tag_article(article, name="IslandLife", by=None)
        services.untag_article(article, hashtag=Hashtag.objects.get(name="PortAlder"), by=None)

        articles.edit_article(article, by=None, body_html=f"<p>{TRAMS}</p>")

        assert shown(article) == ["IslandLife", "labour", "JonasWeir"]
        assert counts() == {"IslandLife": 1, "labour": 1, "JonasWeir": 1}

    def test_only_what_readers_may_see_is_counted(self):
        article = make_article(text=FERRIES, status=Article.Status.DRAFT)
        assert counts() == {}

        article = articles.publish_article(article)
        assert counts() == {"PortAlder": 1, "MartaQuill": 1}

        article = articles.withdraw_article(article)
        assert counts() == {}
        assert services.wrong_counts() == {}

    def test_a_scheduled_article_counts_once_its_moment_has_come(self):
        article = make_article(text=FERRIES, status=Article.Status.DRAFT)
        articles.publish_article(article, at=timezone.now() + timedelta(hours=1))
        assert counts() == {}

        Article.objects.update(shown_from=timezone.now() - timedelta(seconds=1))
        articles.publish_due_articles()

        assert counts() == {"PortAlder": 1, "MartaQuill": 1}

    def test_deleted_articles_are_counted_out(self):
        gone = make_article(text=FERRIES)
        make_article(text=TRAMS)
        number = gone.pk
        gone.delete()

        services.suggest_hashtags([number])

        assert counts() == {"PortAlder": 1, "JonasWeir": 1}

    def test_an_import_costs_the_same_statements_however_many_articles_come(self):
        def records(start, end):
            return [
                {"id": f"r{n}", "title": f"Strike number {n}", "body": FERRIES, "lang": "en"}
                for n in range(start, end)
            ]

        import_records(records(0, 1))
        few = list(Article.objects.values_list("pk", flat=True))
        import_records(records(1, 40))
        many = list(Article.objects.values_list("pk", flat=True))

        for ids in (few, many):
            with self.assertNumQueries(9 + (connection.vendor == "postgresql")):
                services.suggest_hashtags(ids, bulk=True)

    def test_no_more_are_shown_than_a_reader_wants_to_see(self):
        article = make_article(text=FERRIES, keywords=[f"topic {n}" for n in range(20)])
        for number in range(6):
            services.tag_article(article, name=f"Choice{number}", by=None)

        services.suggest_hashtags([article.pk])

        assert shown(article)[:6] == [f"Choice{n}" for n in range(6)]
        assert len(shown(article)) == 8


class CountTests(TestCase):
    def test_a_recount_finds_and_mends_what_is_wrong(self):
        make_article(text=FERRIES)
        Hashtag.objects.filter(name="PortAlder").update(article_count=7)
        ArticleHashtag.objects.filter(hashtag__name="MartaQuill").update(is_counted=False)
        hashtag = Hashtag.objects.get(name="PortAlder")
        assert services.wrong_counts() == {hashtag.pk: (7, 1)}

        assert services.recount_hashtags() == 1

        assert services.wrong_counts() == {}
        assert set(ArticleHashtag.objects.values_list("is_counted", flat=True)) == {True}

    def test_unused_hashtags_go_and_those_somebody_cares_for_stay(self):
        services.create_hashtag(name="Forgotten", by=None)
        services.create_hashtag(name="Described", description="What it means.", by=None)
        meant = services.create_hashtag(name="Meant", by=None)
        services.alias_hashtag("Alias", of=meant, by=None)
        services.block_hashtag(services.create_hashtag(name="Blocked", by=None), by=None)
        make_article(text=FERRIES)

        assert services.remove_unused_hashtags() == 1

        names = set(Hashtag.objects.values_list("name", flat=True))
        assert names == {"Described", "Meant", "Alias", "Blocked", "PortAlder", "MartaQuill"}

    def test_what_readers_could_know_or_follow_stays_without_articles(self):
        article = make_article(text="Words.", keywords=["Storm"])
        follow_hashtag(services.create_hashtag(name="Followed", by=None), by=make_user())
        services.create_hashtag(name="Forgotten", by=None)
        articles.delete_articles([article])

        services.remove_unused_hashtags()

        assert set(Hashtag.objects.values_list("name", flat=True)) == {"Storm", "Followed"}
        self.assertContains(self.client.get("/hashtags/storm/"), "#Storm")


class ConstraintTests(TestCase):
    def refuse(self, **values):
        hashtag = Hashtag.objects.create(name="One", slug=f"one{Hashtag.objects.count()}")
        with pytest.raises(IntegrityError), transaction.atomic():
            Hashtag.objects.filter(pk=hashtag.pk).update(
                **{name: value(hashtag) for name, value in values.items()}
            )

    def test_the_database_refuses_what_no_hashtag_can_be(self):
        other = Hashtag.objects.create(name="Other", slug="other")

        self.refuse(alias_of=lambda hashtag: hashtag)
        self.refuse(slug=lambda hashtag: "other")
        self.refuse(slug=lambda hashtag: "")
        self.refuse(alias_of=lambda hashtag: other, article_count=lambda hashtag: 1)
        self.refuse(article_count=lambda hashtag: -1)
