"""summarise_articles and export_summaries."""

import json
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.articles.models import Article
from reader.glance.models import KeyPoints
from tests.factories import make_article
from tests.reader.glance.test_keypoints import ARTICLE, FACT, LEAD


def run(name, *args):
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def exported():
    return [json.loads(line) for line in run("export_summaries").splitlines()]


class SummariseArticlesTests(TestCase):
    def test_it_reads_what_was_not_read_and_says_so(self):
        make_article(text=ARTICLE)
        KeyPoints.objects.filter(article=make_article(text=ARTICLE)).delete()

        assert "Read 1 article in" in run("summarise_articles")
        assert KeyPoints.objects.count() == 2

    def test_a_text_without_key_points_is_not_read_again(self):
        make_article(text=LEAD)

        assert "Read 0 articles in" in run("summarise_articles")

    def test_all_reads_everything_and_run_twice_it_changes_nothing(self):
        article = make_article(text=ARTICLE)
        KeyPoints.objects.update(spans=[[0, 1]])

        assert "Read 1 article in" in run("summarise_articles", "--all")
        before = list(KeyPoints.objects.values())
        run("summarise_articles", "--all")

        assert list(KeyPoints.objects.values()) == before
        assert len(KeyPoints.objects.get(article=article).spans) == 3


class ExportSummariesTests(TestCase):
    def test_a_line_has_id_address_sentences_and_their_places_in_the_exported_body(self):
        make_article(text=ARTICLE, record_id="r-1", original_url="https://paper.example/1")

        (record,) = exported()
        body = json.loads(run("export_articles"))["body"]

        assert list(record) == ["id", "url", "sentences", "offsets"]
        assert (record["id"], record["url"]) == ("r-1", "https://paper.example/1")
        assert record["sentences"][:2] == [LEAD, FACT]
        assert [body[start:end] for start, end in record["offsets"]] == record["sentences"]

    def test_offsets_count_code_points(self):
        ferry = "\N{FERRY} "
        make_article(text=ferry + "\n\n" + ARTICLE)

        (record,) = exported()

        assert record["offsets"][0] == [4, 4 + len(LEAD)]
        assert record["sentences"][0] == LEAD

    def test_an_article_without_number_or_address_of_its_own_is_named_by_ours(self):
        article = make_article(text=ARTICLE)

        assert [(record["id"], record["url"]) for record in exported()] == [(str(article.pk), None)]

    def test_only_what_readers_may_see_is_printed(self):
        articles.withdraw_article(make_article(text=ARTICLE))
        make_article(text=ARTICLE, status="draft")
        make_article(text=ARTICLE, embargo_until=timezone.now() + timedelta(hours=1))

        assert exported() == []

    def test_an_article_without_key_points_has_none(self):
        make_article(text=LEAD)

        assert [(record["sentences"], record["offsets"]) for record in exported()] == [([], [])]

    def test_places_in_another_text_are_not_printed(self):
        article = make_article(text=ARTICLE)
        Article.objects.filter(pk=article.pk).update(body_text="X" + ARTICLE)

        assert [record["sentences"] for record in exported()] == [[]]

    def test_more_articles_than_a_chunk_are_printed_in_order(self):
        made = [make_article(text=ARTICLE).pk for _ in range(3)]

        assert [int(record["id"]) for record in exported()] == made
