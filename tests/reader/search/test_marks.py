"""What hashtags an article has changes often: only that is written then, and no text read again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.articles.models import Article
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.services import Choice
from reader.search.entries import author_mark, hashtag_mark, language_mark, publisher_mark
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.models import SearchEntry
from reader.search.services import index_articles, index_hashtags
from tests.factories import make_article, make_publisher

pytestmark = pytest.mark.django_db


def found(text):
    return {r.article.title for r in find_articles(parse_question(text)).results}


def make_harbours(count=4):
    gazette = make_publisher("Gazette")
    return [
        make_article(
            f"Harbour {n}", text="The ferry sails.", publisher=gazette, language="en-GB",
            authors=["Ann Quill", "Bo Marsh"], keywords=["Harbour"],
        )
        for n in range(count)
    ]  # fmt: skip


def split(articles, into="Docks"):
    choice = Choice(article_ids=tuple(article.pk for article in articles))
    harbour = Hashtag.objects.get(slug="harbour")
    return services.split_hashtag(harbour, choice, into=into, by=None)


QUESTIONS = (
    "hashtag:harbour", "hashtag:docks", "ferry hashtag:docks", "ferry -hashtag:docks",
    "hashtag:docks publisher:gazette", "hashtag:docks lang:en", 'author:"Ann Quill"',
    'author:"Quill Bo"', 'hashtag:docks author:"Bo Marsh"', '"ferry sails"', "in:headline harbour",
)  # fmt: skip


def test_after_a_split_and_its_undo_all_is_found_as_if_every_text_had_been_read_again():
    articles = make_harbours()
    before = {question: found(question) for question in QUESTIONS}

    change = split(articles[:3])

    after = {question: found(question) for question in QUESTIONS}
    three = {"Harbour 0", "Harbour 1", "Harbour 2"}
    assert after["hashtag:docks"] == after["ferry hashtag:docks"] == three
    assert after["hashtag:harbour"] == after["ferry -hashtag:docks"] == {"Harbour 3"}
    assert after['author:"Quill Bo"'] == set()
    index_articles([article.pk for article in articles])
    assert {question: found(question) for question in QUESTIONS} == after

    services.undo_hashtag_change(change, by=None)
    # The other name leads here from now on.
    here = [question.replace("docks", "harbour") for question in QUESTIONS]
    undone = [found(question) for question in here]
    assert [found(question) for question in QUESTIONS] == undone
    index_articles([article.pk for article in articles])
    assert [found(question) for question in here] == undone
    assert found("hashtag:docks") == before["hashtag:harbour"] == found("harbour")


def test_a_split_and_its_undo_read_no_text():
    articles = make_harbours()
    # Behind the services, so that whoever read it now would find it under other words.
    Article.objects.update(body_text="Something else.")

    change = split(articles[:3])
    assert found("ferry hashtag:docks") == {"Harbour 0", "Harbour 1", "Harbour 2"}
    services.undo_hashtag_change(change, by=None)
    assert found("ferry hashtag:harbour") == {article.title for article in articles}


def test_marks_are_counted_by_as_they_are_after_a_split():
    articles = make_harbours(2)
    split(articles[:1])

    docks, harbour = (Hashtag.objects.get(slug=slug) for slug in ("docks", "harbour"))
    marks = [set(entry.marks.split()) for entry in SearchEntry.objects.order_by("pk")]
    kept = {publisher_mark(articles[0].publisher_id), language_mark("en")}
    assert [one & {hashtag_mark(docks.pk), hashtag_mark(harbour.pk)} for one in marks] == [
        {hashtag_mark(docks.pk)}, {hashtag_mark(harbour.pk)}
    ]  # fmt: skip
    assert all(kept <= one for one in marks)
    assert not any(author_mark(["quill"]) in one for one in marks)


def test_many_articles_cost_as_many_statements_as_few():
    articles = make_harbours(6)
    harbour = Hashtag.objects.get(slug="harbour")

    def statements(number):
        ids = [article.pk for article in articles[:number]]
        ArticleHashtag.objects.filter(article__in=ids, hashtag=harbour).update(
            state="rejected", is_counted=False
        )
        with CaptureQueriesContext(connection) as asked:
            assert index_hashtags(ids) == number
        ArticleHashtag.objects.update(state="shown")
        index_hashtags(ids)
        # SQLite writes the words row by row, in one call that Django logs as "6 times: UPDATE".
        return [re.sub(r"^\d+ times: ", "", one["sql"]).split()[0] for one in asked]

    assert statements(2) == statements(6)
