"""On real articles: known items are found, in time. Skipped where the corpus is missing."""

import gzip
import json
import random
import time
from collections import Counter

import pytest

from reader.articles.importing import article_fields
from reader.articles.models import Article
from reader.articles.services import settle
from reader.search.finding import find_articles
from reader.search.grammar import NOISE, parse_question
from reader.search.services import index_articles, rebuild_index
from reader.search.words import tokens_of

SAMPLE = 200
FIRST = 3


@pytest.fixture(scope="module")
def records(corpus):
    with gzip.open(corpus / "articles.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def test_the_rarest_words_of_a_title_find_the_article(db, records, full):
    records = records if full else records[::4]
    index(records)
    spread = Counter[str]()
    for record in records:
        spread.update({*tokens_of(record["title"]), *tokens_of(record["body"])})
    with_titles = [record for record in records if len(wanted_in(record)) >= FIRST]
    sample = random.Random(6).sample(with_titles, SAMPLE)

    missed = []
    for record in sample:
        words = sorted(wanted_in(record), key=lambda word: (spread[word], word))[:FIRST]
        best = find_articles(parse_question(" ".join(words))).results[:FIRST]
        if record["id"] not in [result.article.record_id for result in best]:
            missed.append(record["id"])

    assert len(missed) <= SAMPLE * 0.05, missed


def index(records):
    """Store and index the records alone; what other rooms make of articles takes its time."""
    articles = []
    for record in records:
        fields = article_fields(record) | {"publisher": None, "section": None}
        articles.append(settle(Article(**fields)))
    Article.objects.bulk_create(articles)
    index_articles([article.pk for article in articles], bulk=True)


def wanted_in(record):
    return {token for token in tokens_of(record["title"] or "") if token not in NOISE}


@pytest.mark.full
def test_the_whole_corpus_is_indexed_with_fifteen_seconds_of_work(db, records):
    index(records)

    start = time.process_time()
    count = rebuild_index(say=lambda line: None)

    assert count == Article.objects.visible().count() == len(records)
    assert time.process_time() - start < 15
