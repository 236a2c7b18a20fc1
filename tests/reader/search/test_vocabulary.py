"""The vocabulary follows the articles that readers may see."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from reader.search import vocabulary
from reader.search.models import CountedArticle, Word
from reader.search.vocabulary import count_words
from tests.factories import make_article


def counts(*words):
    known = dict(Word.objects.filter(word__in=words).values_list("word", "article_count"))
    return [known.get(word, 0) for word in words]


def misspellings():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_misspelt")
        return cursor.fetchone()[0]


class CountingTests(TestCase):
    def test_a_word_is_counted_once_an_article_wherever_it_stands(self):
        make_article("Café ferry", text="The Ferry. FERRY!", standfirst="A ferry")
        make_article("Ferries", text="Cafe at 7, 24/7 by G20. 渡轮")

        assert count_words() == 2

        assert counts("ferry", "ferries", "cafe", "the") == [1, 1, 2, 1]
        assert Word.objects.get(word="ferries").token == "ferry"
        assert not Word.objects.filter(word__regex="[0-9渡]").exists()

    def test_arabic_words_are_kept_as_written(self):
        make_article("العَبّارة", text="العبّارة")

        count_words()

        assert Word.objects.get().token == "عبار"

    def test_counting_again_without_a_change_changes_nothing(self):
        article = make_article("Ferry", text="harbour")
        count_words()

        for _ in range(3):
            services.announce_change([article.pk])
            count_words()

        assert counts("ferry", "harbour") == [1, 1]
        assert count_words() == 0

    def test_an_edit_takes_away_what_it_took_out(self):
        article = make_article("Ferry", text="The harbour sleeps.")
        count_words()
        services.edit_article(article, by=None, body_html="<p>The station sleeps.</p>")
        services.edit_article(article, by=None, body_html="<p>The stations sleep.</p>")

        count_words()

        assert counts("harbour", "station", "stations", "sleeps", "ferry") == [0, 0, 1, 0, 1]

    def test_what_readers_may_not_see_is_not_in_it(self):
        soon = timezone.now() + timedelta(hours=1)
        make_article("Draft ferry", status="draft")
        planned = make_article("Secret ferry", status="scheduled", embargo_until=soon)
        gone = make_article("Open ferry")
        count_words()
        before = counts("ferry", "secret", "draft", "open")
        services.withdraw_article(gone)
        # The hour is over.
        past = timezone.now() - timedelta(seconds=1)
        Article.objects.filter(pk=planned.pk).update(shown_from=past, embargo_until=None)
        CountedArticle.objects.filter(pk=planned.pk).update(due_at=past)

        count_words()

        assert before == [1, 0, 0, 1]
        assert counts("ferry", "secret", "draft", "open") == [1, 1, 0, 0]

    def test_a_word_of_one_article_forgives_no_misspelling_and_a_common_one_two(self):
        make_article("Harbourmaster", text="x")
        count_words()
        alone = misspellings()
        make_article("Harbourmaster", text="x")
        count_words()
        two = misspellings()
        for _ in range(3):
            make_article("Harbourmaster", text="x")
        count_words()

        # The beginning of seven letters; it without one of them; it without two.
        assert (alone, two, misspellings()) == (0, 1 + 7, 1 + 7 + 21)

    def test_many_articles_cost_as_many_statements_as_two(self):
        def statements(number):
            for _ in range(number):
                make_article("Ferry harbour", text="The ferry sleeps.")
            with self.assertNumQueries(10):
                count_words()

        for number in (2, 20):
            Word.objects.all().delete()
            statements(number)

    def test_a_dictionary_is_read_only_so_far(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vocabulary, "WORDS_MAX", 3)
            article = make_article("Ferry harbour station", text="train bus")
            count_words()
            kept = Word.objects.count()
            services.withdraw_article(article)
            count_words()

        assert kept == 3
        assert set(Word.objects.values_list("article_count", flat=True)) == {0}

    def test_the_command_counts_anew_what_was_lost(self):
        make_article("Ferry", text="harbour")
        count_words()
        Word.objects.update(article_count=9)
        said = StringIO()

        call_command("count_words", "--all", stdout=said)

        assert counts("ferry", "harbour") == [1, 1]
        assert "Counted the words of 1 article in" in said.getvalue()
