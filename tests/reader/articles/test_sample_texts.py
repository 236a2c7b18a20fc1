"""What the file of the sample edition holds, and that nothing in it is anybody else's."""

import gzip
import json
import re
from collections import Counter

import pytest

from reader.articles.sample_edition import SECTIONS, sample_records

pytestmark = pytest.mark.once

# One event, three publishers: where each tells it, with its own numbers.
EVENTS = {
    "the ferry": {
        "sample-01": ("41 people", "212 passengers", "seven knots"),
        "sample-02": ("36 people", "198 passengers", "five knots"),
        "sample-03": ("52 people", "220 on board", "nine knots"),
    },
    "the vote": {
        "sample-06": ("28,106 votes", "61.4 per cent", "840 million"),
        "sample-07": ("24,950", "58.9 per cent", "1.1 billion"),
        "sample-08": ("62.8 per cent", "38 million"),
    },
}
RUN_WORDS = 8


@pytest.fixture(scope="module")
def real_records(corpus):
    with gzip.open(corpus / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words_in(text):
    return re.findall(r"[^\W_]+", text.lower())


def runs_in(words):
    return zip(*(words[start:] for start in range(RUN_WORDS)), strict=False)


def record_named(record_id):
    return next(record for record in sample_records() if record["id"] == record_id)


def prose(record):
    return " ".join([record["title"], record["subtitle"] or "", record["body"]])


class TestFile:
    def test_it_has_enough_articles_sections_and_publishers(self):
        assert len({record["id"] for record in sample_records()}) == len(sample_records()) >= 26
        assert len({record["section"] for record in sample_records()}) >= 6
        assert len({record["publisher"] for record in sample_records()}) >= 7

    def test_every_section_has_a_place_in_the_masthead(self):
        assert {record["section"] for record in sample_records()} == set(SECTIONS)

    def test_every_record_has_the_fields_of_an_import_and_is_labelled(self):
        for record in sample_records():
            assert set(record) == {
                "id", "url", "title", "subtitle", "publisher", "published_at", "hours_ago",
                "authors", "section", "keywords", "lang", "body", "licence", "source",
            }  # fmt: skip
            assert record["source"] == "sample edition"
            assert record["licence"] == "Written for the sample edition; do what you like with it"
            assert record["published_at"] is None
            assert 0.2 <= record["hours_ago"] <= 900
            assert 3 <= len(record["keywords"]) <= 6

    def test_no_address_leads_to_a_real_site(self):
        addresses = [record["url"] for record in sample_records()]
        assert None in addresses
        for address in filter(None, addresses):
            assert re.match(r"https://[a-z0-9.-]+\.example/", address)

    def test_the_texts_are_long_and_short(self):
        counts = [len(r["body"].split()) for r in sample_records() if r["lang"] == "en"]
        assert max(counts) >= 1300
        assert sum(500 <= count <= 900 for count in counts) >= 5
        assert sum(count <= 250 for count in counts) >= 5
        assert any(190 <= len(record["title"]) <= 210 for record in sample_records())

    def test_it_speaks_english_arabic_and_chinese(self):
        by_language = Counter(record["lang"] for record in sample_records())
        assert by_language["ar"] == by_language["zh"] == 1
        assert set(by_language) == {"en", "ar", "zh"}
        arabic = next(record for record in sample_records() if record["lang"] == "ar")
        chinese = next(record for record in sample_records() if record["lang"] == "zh")
        assert len(re.findall("[\u0621-\u064a]", arabic["body"])) > 1000
        assert len(re.findall("[\u4e00-\u9fff]", chinese["body"])) > 500

    @pytest.mark.parametrize("event", EVENTS)
    def test_an_event_is_told_by_three_publishers_with_differing_figures(self, event):
        tellers = {record_named(record_id)["publisher"] for record_id in EVENTS[event]}
        assert len(tellers) == 3
        for record_id, figures in EVENTS[event].items():
            others = [prose(record_named(other)) for other in EVENTS[event] if other != record_id]
            assert all(figure in prose(record_named(record_id)) for figure in figures)
            # At least one of its numbers is nobody else's.
            assert any(all(figure not in other for other in others) for figure in figures)

    def test_some_hashtags_will_have_several_articles_and_some_records_know_less(self):
        keywords = Counter(word for record in sample_records() for word in record["keywords"])
        assert sum(count >= 3 for count in keywords.values()) >= 10
        assert any(record["subtitle"] is None for record in sample_records())
        assert any(record["authors"] == [] for record in sample_records())

    def test_no_word_is_spelt_in_two_ways_as_a_keyword(self):
        keywords = {word for record in sample_records() for word in record["keywords"]}
        assert len({word.casefold().removesuffix("s") for word in keywords}) == len(keywords)

    def test_no_two_texts_of_the_edition_share_a_sentence(self):
        runs = [set(runs_in(words_in(record["body"]))) for record in sample_records()]
        seen = Counter(run for each in runs for run in each)
        assert [" ".join(run) for run, count in seen.items() if count > 1] == []


class TestAgainstRealArticles:
    """Nothing in it is anybody else's: not a name of a newspaper, not a run of eight words."""

    def test_no_publisher_is_called_like_a_real_one(self, real_records):
        def bare(name):
            return " ".join(words_in(name)).removeprefix("the ")

        real = {bare(record["publisher"]) for record in real_records if record["publisher"]}
        assert real
        assert real.isdisjoint(bare(record["publisher"]) for record in sample_records())

    def test_no_eight_words_in_a_row_stand_in_a_real_article(self, real_records):
        ours = {run for record in sample_records() for run in runs_in(words_in(prose(record)))}
        ends = {(run[0], run[-1]) for run in ours}

        shared = set()
        for record in real_records:
            words = words_in(f"{record['title'] or ''} {record['body']}")
            # The two ends rule out nearly every place, at a fraction of the cost of the run.
            for start, pair in enumerate(zip(words, words[RUN_WORDS - 1 :], strict=False)):
                if pair in ends:
                    run = tuple(words[start : start + RUN_WORDS])
                    if run in ours:
                        shared.add(" ".join(run))
        assert shared == set()
