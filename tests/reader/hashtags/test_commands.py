"""suggest_hashtags and export_hashtags."""

import json
from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from reader.articles import services as articles
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from tests.factories import make_article

FERRIES = "Ferry crews in Port Alder walked out. Marta Quill spoke in Port Alder. Quill left."


def run(name, *args):
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def exported(*args):
    return [json.loads(line) for line in run("export_hashtags", *args).splitlines()]


class SuggestHashtagsTests(TestCase):
    def test_it_reads_what_has_none_and_says_so(self):
        make_article(text=FERRIES)
        make_article(text=FERRIES)
        ArticleHashtag.objects.filter(article=make_article(text=FERRIES)).delete()

        assert "Suggested hashtags for 1 article." in run("suggest_hashtags")
        assert Hashtag.objects.get(name="PortAlder").article_links.count() == 3

    def test_run_twice_it_changes_nothing(self):
        make_article(text=FERRIES)
        before = list(ArticleHashtag.objects.values())

        run("suggest_hashtags")
        run("suggest_hashtags", "--all")

        assert list(ArticleHashtag.objects.values()) == before

    def test_all_leaves_what_editors_decided(self):
        article = make_article(text=FERRIES)
        services.untag_article(article, hashtag=Hashtag.objects.get(name="PortAlder"), by=None)

        assert "Suggested hashtags for 1 article." in run("suggest_hashtags", "--all")

        assert [r["hashtags"][0]["name"] for r in exported()] == ["MartaQuill"]


class ExportHashtagsTests(TestCase):
    def test_a_line_has_id_address_and_hashtags_best_first(self):
        make_article(
            text=FERRIES, record_id="r-1", original_url="https://paper.example/1", keywords=["pay"]
        )

        assert exported() == [
            {
                "id": "r-1",
                "url": "https://paper.example/1",
                "hashtags": [
                    {"name": "pay", "score": 1.0},
                    {"name": "PortAlder", "score": 0.6781},
                    {"name": "MartaQuill", "score": 0.6651},
                ],
            }
        ]

    def test_what_is_shown_comes_first_and_what_was_rejected_not_at_all(self):
        article = make_article(text=FERRIES)
        services.untag_article(article, hashtag=Hashtag.objects.get(name="PortAlder"), by=None)
        services.tag_article(article, name="IslandLife", by=None)

        (record,) = exported()

        assert [one["name"] for one in record["hashtags"]] == ["IslandLife", "MartaQuill"]
        assert record["id"] == str(article.pk)
        assert record["url"] is None

    def test_what_is_not_shown_follows_the_editors_too(self):
        jonas = services.create_hashtag(name="NorthlineChief", by=None)
        services.alias_hashtag("JonasWeir", of=jonas, by=None)
        services.block_hashtag(services.create_hashtag(name="AdaHolm", by=None), by=None)
        text = f"{FERRIES} {'Sea Air. ' * 9}Jonas Weir and Ada Holm left."
        article = make_article(text=text, keywords=[f"topic {n}" for n in range(5)])

        names = {one["name"] for one in exported("--top", "30")[0]["hashtags"]}

        shown = ArticleHashtag.objects.for_articles([article.pk])
        assert "NorthlineChief" not in {link.hashtag.meant.name for link in shown}
        assert "NorthlineChief" in names
        assert not {"JonasWeir", "AdaHolm"} & names

    def test_top_limits_and_fills_up(self):
        make_article(text=FERRIES)

        assert [len(record["hashtags"]) for record in exported("--top", "1")] == [1]

    def test_what_readers_may_not_see_is_not_exported(self):
        articles.withdraw_article(make_article(text=FERRIES))

        assert exported() == []
