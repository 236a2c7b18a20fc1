"""The index follows the articles, and the gate is asked every time."""

from datetime import timedelta
from io import StringIO
from time import monotonic
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.announcements import announce_change
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.search.entries import LAYOUT
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.models import SearchEntry
from reader.search.services import index_articles
from tests.factories import make_article, make_publisher


def found(text, **options):
    return [r.article.title for r in find_articles(parse_question(text), **options).results]


def words_stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_words")
        return cursor.fetchone()[0]


class IndexTests(TestCase):
    def test_a_new_article_is_found_at_once(self):
        make_article("Ferry", text="The harbour sleeps.")

        assert found("harbour") == ["Ferry"]

    def test_an_edit_is_followed_at_once(self):
        article = make_article("Ferry", text="The harbour sleeps.")

        services.edit_article(article, by=None, body_html="<p>The station wakes.</p>")

        assert (found("harbour"), found("station")) == ([], ["Ferry"])
        assert words_stored() == 1

    def test_a_new_date_moves_it_among_the_newest(self):
        older = make_article("Older ferry", hours_ago=5, status="draft")
        make_article("Newer ferry", hours_ago=3)

        services.publish_article(older, at=timezone.now() - timedelta(hours=1))

        assert found("ferry", order="newest") == ["Older ferry", "Newer ferry"]
        assert words_stored() == 2

    def test_what_is_withdrawn_or_a_draft_leaves_the_index(self):
        article = make_article("Ferry")
        make_article("Ferry draft", status="draft")

        services.withdraw_article(article)

        assert found("ferry") == []
        assert (words_stored(), SearchEntry.objects.count()) == (0, 0)

    def test_an_embargo_opens_by_the_clock_and_hides_the_count_until_then(self):
        soon = timezone.now() + timedelta(hours=1)
        article = make_article("Secret ferry", status="scheduled", embargo_until=soon)
        before = find_articles(parse_question("secret"))

        Article.objects.filter(pk=article.pk).update(
            embargo_until=None, shown_from=timezone.now() - timedelta(seconds=1)
        )

        assert (before.results, before.count) == ([], 0)
        assert found("secret") == ["Secret ferry"]

    def test_an_article_withdrawn_behind_the_services_is_not_found_either(self):
        article = make_article("Ferry")

        Article.objects.filter(pk=article.pk).update(status="withdrawn", shown_from=None)

        result = find_articles(parse_question("ferry"))
        assert (result.results, result.count) == ([], 0)

    def test_a_deleted_article_is_forgotten_when_that_is_announced(self):
        article = make_article("Ferry")
        number = article.pk
        Article.objects.filter(pk=number).delete()

        assert found("ferry") == []
        announce_change([number])

        assert (words_stored(), SearchEntry.objects.count()) == (0, 0)

    def test_a_deleted_article_leaves_nothing_behind_after_a_rebuild(self):
        article = make_article("Ferry")
        make_article("Train")
        Article.objects.filter(pk=article.pk).delete()

        call_command("index_articles", "--all", stdout=StringIO())

        assert found("ferry") == []
        assert (words_stored(), SearchEntry.objects.count()) == (1, 1)

    def test_a_second_import_changes_nothing_and_a_changed_record_is_followed(self):
        record = {"id": "1", "title": "Ferry", "body": "The harbour sleeps."}
        import_records([record])
        import_records([record])
        assert (found("harbour"), words_stored()) == (["Ferry"], 1)

        import_records([record | {"body": "The station wakes."}])

        assert (found("harbour"), found("station"), words_stored()) == ([], ["Ferry"], 1)

    def test_an_import_is_indexed_in_a_few_statements(self):
        records = [{"id": f"r{n}", "title": f"Ferry {n}", "body": "Text."} for n in range(40)]
        import_records(records)
        ids = list(Article.objects.values_list("pk", flat=True))

        with self.assertNumQueries(9):
            index_articles(ids, bulk=True)


class CommandTests(TestCase):
    def test_it_indexes_what_is_missing_and_says_how_many(self):
        make_article("Ferry")
        make_article("Train", status="draft")
        SearchEntry.objects.all().delete()
        first, second = StringIO(), StringIO()

        call_command("index_articles", stdout=first)
        call_command("index_articles", stdout=second)

        assert found("ferry") == ["Ferry"]
        assert "Indexed 1 article in" in first.getvalue()
        assert "Indexed 0 articles in" in second.getvalue()

    def test_a_rebuild_makes_good_what_was_lost(self):
        make_article("Ferry", publisher=make_publisher("Gazette"))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words")
        assert found("ferry") == []

        call_command("index_articles", "--all", stdout=StringIO())

        assert found("ferry") == ["Ferry"]


class FreshnessTests(TestCase):
    """The index is written in the transaction of the change, so it is never behind."""

    def test_the_same_transaction_already_finds_what_it_changed(self):
        start = monotonic()
        article = make_article("Ferry", text="The harbour sleeps.", authors=["Ada Quill"])
        assert found("author:quill") == ["Ferry"]
        services.edit_article(article, by=None, authors=["Bo Reed"], language="ar")
        assert (found("author:quill"), found("author:reed lang:ar")) == ([], ["Ferry"])
        services.withdraw_article(article)
        assert found("harbour") == []
        services.publish_article(article)
        assert found("harbour") == ["Ferry"]

        assert monotonic() - start < 1

    def test_a_change_that_is_taken_back_leaves_the_index_as_it_was(self):
        article = make_article("Ferry", text="The harbour sleeps.")

        with pytest.raises(RuntimeError), transaction.atomic():
            services.edit_article(article, by=None, body_html="<p>The station wakes.</p>")
            raise RuntimeError

        assert (found("harbour"), found("station")) == (["Ferry"], [])

    def test_a_scheduled_article_is_found_from_its_moment_on_without_being_indexed_again(self):
        soon = timezone.now() + timedelta(hours=1)
        make_article("Ferry", status="scheduled", published_at=soon, language="en")
        before = find_articles(parse_question("lang:en"), with_facets=True)

        with patch.object(timezone, "now", return_value=soon + timedelta(seconds=1)):
            after = find_articles(parse_question("lang:en"), with_facets=True)

        assert (before.count, before.facets.languages) == (0, [])
        assert ([one.title for one in after.articles], after.facets.count) == (["Ferry"], 1)

    def test_what_an_older_version_indexed_is_laid_out_anew(self):
        make_article("Ferry", language="en")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_searchentry SET layout = 0, marks = ''")
        said = StringIO()

        call_command("index_articles", stdout=said)

        assert "Indexed 1 article in" in said.getvalue()
        entry = SearchEntry.objects.get()
        assert (entry.layout, entry.marks) == (LAYOUT, "·len")
