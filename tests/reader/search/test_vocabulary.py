"""The vocabulary follows the articles that readers may see."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from reader.search import vocabulary
from reader.search.models import CountedArticle, Word
from reader.search.vocabulary import (
    count_all_words,
    count_some_words,
    count_words,
    recount_words,
)
from tests.at_once import at_once
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

    def test_what_is_put_off_again_gives_no_word_away(self):
        soon = timezone.now() + timedelta(hours=1)
        article = make_article("Zebra ferry")
        count_words()
        services.unpublish_article(article)
        services.publish_article(article, embargo_until=soon)

        count_words()

        assert counts("zebra", "ferry") == [0, 0]
        assert CountedArticle.objects.get().due_at == soon

    def test_the_words_of_a_deleted_article_go_with_it(self):
        gone = make_article("Zebra ferry", text="Zebras sleep.")
        services.edit_article(gone, by=None, body_html="<p>Zebras sleep and eat.</p>")
        make_article("Ferry", text="Two sleep.")
        hidden = make_article("Withdrawn zebra")
        count_words()
        before = counts("zebra", "ferry", "eat", "sleep")
        services.withdraw_article(hidden)
        services.delete_articles([gone, hidden])

        count_words()

        assert before == [2, 2, 1, 2]
        assert counts("zebra", "ferry", "eat", "sleep") == [0, 1, 0, 1]
        assert not Word.objects.filter(word__in=["zebra", "zebras", "eat"]).exists()
        assert CountedArticle.objects.get().words == ""

    def test_what_was_deleted_before_anybody_counted_it_leaves_nothing(self):
        services.delete_articles([make_article("Zebra")])

        count_words()

        assert not Word.objects.exists()
        assert not CountedArticle.objects.exists()

    def test_what_is_shown_again_before_anybody_counts_stays_counted_once(self):
        article = make_article("Zebra")
        count_words()
        services.withdraw_article(article)
        services.publish_article(article)

        count_words()

        assert counts("zebra") == [1]
        assert CountedArticle.objects.get().words == ""

    def test_no_misspelling_leads_to_a_word_that_is_gone(self):
        articles = [make_article("Harbourmaster", text="ferry") for _ in range(5)]
        count_words()
        before = misspellings()
        services.delete_articles(articles)

        count_words()

        assert (before > 29, misspellings()) == (True, 0)

    def test_after_any_changes_the_counts_are_what_counting_anew_gives(self):
        def state():
            words = Word.objects.values_list("word", "token", "article_count")
            return sorted(words)

        articles = [make_article(f"Ferry {w}", text=w * 2) for w in ("aaa", "bbb", "ccc", "ddd")]
        count_words()
        services.edit_article(articles[0], by=None, body_html="<p>harbour</p>")
        services.withdraw_article(articles[1])
        services.delete_articles(articles[2:3])
        services.edit_article(articles[3], by=None, title="Station")
        services.delete_articles(articles[3:])
        services.publish_article(articles[1])
        count_words()
        kept = state()

        recount_words(say=str)

        assert kept == state()
        assert ("harbour", "harbour", 1) in kept

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
        assert not Word.objects.exists()

    def test_the_command_counts_anew_what_was_lost(self):
        make_article("Ferry", text="harbour")
        count_words()
        Word.objects.update(article_count=9)
        said = StringIO()

        call_command("count_words", "--all", stdout=said)

        assert counts("ferry", "harbour") == [1, 1]
        assert "Counted the words of 1 article in" in said.getvalue()

    def test_counting_anew_that_was_stopped_goes_on_where_it_was(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vocabulary, "NOTED_AT_ONCE", 2)
            patch.setattr(vocabulary, "BATCH_SIZE", 2)
            for n in range(5):
                make_article("Ferry", text=f"harbour {n}")
            make_article("Draft", status="draft")
            count_words()

            def stop(sentence):
                raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                recount_words(say=stop)
            CountedArticle.objects.order_by("-pk")[0].delete()
            halfway = counts("ferry")
            call_command("count_words", stdout=StringIO())

        assert halfway == [2]
        assert counts("ferry", "harbour", "draft") == [5, 5, 0]

    def test_a_turn_of_the_worker_counts_a_few_short_batches(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vocabulary, "BATCH_SIZE", 2)
            patch.setattr(vocabulary, "BATCHES_A_TURN", 2)
            for n in range(5):
                make_article("Ferry", text=f"harbour {n}")

            turns = [count_some_words(), count_some_words(), count_some_words()]

        assert turns == [4, 1, 0]


class AtOnceTests(TransactionTestCase):
    def test_counting_and_publishing_at_one_moment_end_in_right_counts(self):
        words = ["ferry", "harbour", "station", "zebra"]
        articles = [make_article(" ".join(words[n % 3 :]), text="sleep") for n in range(6)]

        def edit(article):
            for text in ("zebra harbour", "ferry sleep", "station"):
                services.edit_article(article, by=None, body_html=f"<p>{text}</p>")

        def count():
            for _ in range(4):
                count_words()

        jobs = [count, count, *(lambda a=a: edit(a) for a in articles[:3])]
        jobs += [lambda: services.delete_articles(articles[3:])]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vocabulary, "BATCH_SIZE", 2)
            assert at_once(jobs) == []
            count_all_words(say=str)
            kept = sorted(Word.objects.values_list("word", "article_count"))
            recount_words(say=str)

        assert kept == sorted(Word.objects.values_list("word", "article_count"))
        assert ("station", 3) in kept
