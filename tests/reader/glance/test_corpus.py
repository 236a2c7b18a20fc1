"""On real articles: every point verbatim, none of it furniture. Skipped where there are none."""

import gzip
import json
import random
import re
import time

import pytest

from reader.articles.importing import article_fields, import_lines
from reader.articles.models import Article
from reader.articles.records import open_lines, read_lines
from reader.articles.services import settle
from reader.glance.keypoints import pick_key_points
from reader.glance.models import KeyPoints
from reader.glance.sentences import split_sentences
from reader.glance.services import refresh_key_points
from reader.stopwords import stopwords_for

SAMPLE = 300
LONG_WORDS = 240
# Known by eye, apart from the patterns of the room itself.
FURNITURE = re.compile(
    r"^advertisement\b|click here|sign up (?:for|here|now)|newsletter|getty images|read more"
    r"|all rights reserved"
    r"|story continue|image copyright|toggle caption|©|https?://|pic\.twitter|\(ap photo|\ufffd"
    r"|contributed to this report|editor[’']s note|in your inbox|\"\?",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def records(corpus):
    with gzip.open(corpus / "articles.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def picks(records, full):
    """Pick from a sample of the articles, from all in the long run."""
    sample = records if full else random.Random(2).sample(records, SAMPLE)
    stopwords = stopwords_for("en")
    return [
        (record, pick_key_points(record["body"], title=record["title"] or "", stopwords=stopwords))
        for record in sample
    ]


@pytest.mark.once
def test_every_point_is_a_sentence_of_its_article_word_for_word(picks):
    strays = []
    for record, spans in picks:
        body = record["body"]
        ends = {end: start for start, end in split_sentences(body)}
        for start, end in spans:
            sentence = body[start:end]
            if sentence != sentence.strip() or "\n" in sentence or ends[end] > start:
                strays.append((record["id"], sentence))
    assert strays == []


@pytest.mark.once
def test_no_point_is_furniture_a_question_or_a_fragment(picks):
    strays = [
        (record["id"], sentence)
        for record, spans in picks
        for sentence in (record["body"][start:end] for start, end in spans)
        if FURNITURE.search(sentence)
        or sentence.rstrip("\"'”’)").endswith(("?", ":", "..."))
        or not 8 <= len(sentence.split()) <= 48
    ]
    assert strays == []


@pytest.mark.once
def test_nearly_every_long_article_has_three(picks):
    counts = [len(spans) for record, spans in picks if len(record["body"].split()) >= LONG_WORDS]

    assert sum(count == 3 for count in counts) >= 0.97 * len(counts)


def test_the_captured_article_says_who_did_what_to_whom(corpus, db):
    with open_lines(str(corpus / "seed_article.jsonl")) as lines:
        import_lines(read_lines(lines))

    article = Article.objects.get(record_id="seed-0")
    points = [article.body_text[a:b] for a, b in article.key_points.spans_in(article.body_text)]

    assert len(points) == 3
    assert points[0] == split_sentence_of(article.body_text, 0)
    assert "Amnesty" in points[0]
    assert all(re.search("Amnesty|human rights", point) for point in points)


def split_sentence_of(text, number):
    start, end = split_sentences(text)[number]
    return text[start:end]


@pytest.mark.full
def test_an_import_of_the_whole_corpus_waits_fifteen_seconds_at_most(records, db):
    fields = [article_fields(record) | {"publisher": None, "section": None} for record in records]
    articles = Article.objects.bulk_create(settle(Article(**one)) for one in fields)

    start = time.process_time()
    refresh_key_points([article.pk for article in articles], bulk=True)

    assert time.process_time() - start < 15
    assert KeyPoints.objects.count() == len(records)
