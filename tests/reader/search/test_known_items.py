"""Known items: whoever remembers three words of a headline finds it, even with a typo in one."""

import gzip
import json
import random
import string
from collections import Counter

import pytest

from reader.articles.importing import article_fields
from reader.articles.models import Article
from reader.articles.services import settle
from reader.search.correcting import find_meant
from reader.search.grammar import NOISE, parse_question
from reader.search.services import index_articles
from reader.search.vocabulary import count_all_words, note_changes
from reader.search.words import tokens_of, words_in

WORDS = 3
SAMPLE = 60
# Of the whole corpus in a short run: every so manieth article.
STEP = 16


@pytest.fixture(scope="module")
def records(corpus, full):
    with gzip.open(corpus / "articles.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines]
    return records if full else records[::STEP]


@pytest.fixture
def site(db, records):
    """Store, index and count the records alone; what other rooms make of them takes its time."""
    bare = {"publisher": None, "section": None}
    articles = [settle(Article(**(article_fields(record) | bare))) for record in records]
    Article.objects.bulk_create(articles)
    numbers = [article.pk for article in articles]
    index_articles(numbers, bulk=True)
    note_changes(numbers)
    count_all_words(say=lambda line: None)


@pytest.fixture(scope="module")
def items(records, full):
    """What is looked for: each record with the three rarest words of its title."""
    spread = Counter()
    for record in records:
        spread.update({*tokens_of(record["title"]), *tokens_of(record["body"])})
    known = [(record, rarest(record["title"], spread)) for record in records]
    known = [(record, words) for record, words in known if len(words) == WORDS]
    return known if full else random.Random(6).sample(known, SAMPLE)


def rarest(title, spread):
    written = {token: token for token in tokens_of(title) if token not in NOISE}
    written |= {token: word for word, token in words_in(title) if token in written}
    return [written[token] for token in sorted(written, key=lambda t: (spread[t], t))[:WORDS]]


def mistyped(words, chance):
    """Let one letter of one word be missing, too many, another one, or swapped with the next."""
    place = chance.randrange(len(words))
    word = words[place]
    at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    typed = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )
    if typed in ("", word):
        return mistyped(words, chance)
    return [*words[:place], typed, *words[place + 1 :]]


def found_for(words):
    found = find_meant(parse_question(" ".join(words)), exactly=False).found
    return [result.article.record_id for result in found.results]


def shingles(record):
    tokens = tokens_of(record["body"])
    return set(zip(*(tokens[n:] for n in range(5)), strict=False))


def are_alike(one, other):
    """Tell whether two records are the same or near-duplicates, by headline or by text."""
    if one is other or tokens_of(one["title"]) == tokens_of(other["title"]):
        return True
    a, b = shingles(one), shingles(other)
    shared = len(a & b)
    return shared * 2 >= len(a | b) or shared * 5 >= min(len(a), len(b)) * 4


def share_found(items, records, type_words, among):
    by_id = {record["id"]: record for record in records}
    hits = sum(
        any(are_alike(record, by_id[number]) for number in found_for(type_words(words))[:among])
        for record, words in items
    )
    return hits / len(items)


def test_the_three_rarest_words_of_a_title_find_it_first(site, items, records):
    assert share_found(items, records, lambda words: words, 1) >= 0.98


def test_with_a_typo_in_one_of_them_it_is_among_the_first_three(site, items, records):
    chance = random.Random(7)

    assert share_found(items, records, lambda words: mistyped(words, chance), 3) >= 0.9
