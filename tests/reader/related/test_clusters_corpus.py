"""Stories among real articles; all figures are in docs/results, by tests/bench/stories.py."""

import dataclasses
import math
import random

import pytest

from reader.related.clusters import stories_in
from reader.related.similarity import Corpus
from tests.bench.partitions import adjusted_rand, b_cubed, pair_scores
from tests.reader.related.test_corpus import make_items, read

pytestmark = pytest.mark.once

# Measured: 0.950 and 1.000.
LEAST_F1 = 0.93
LEAST_PAIR_PRECISION = 0.985
LEAST_AGREEMENT = 0.98


def labels_of(items):
    """Name for each article, by its number, its story; those in none have one of their own."""
    labels = {item.article: -1 - item.article for item in items}
    for number, group in enumerate(stories_in(items, Corpus([item.profile for item in items]))):
        labels |= dict.fromkeys(group, number)
    return [labels[article] for article in sorted(labels)]


@pytest.fixture(scope="module")
def marked(corpus):
    records = read(corpus / "story_clusters_dev.jsonl.gz")
    return [record["story"] for record in records], make_items(records)


def test_articles_are_grouped_as_people_grouped_them(marked):
    truth, items = marked
    found = labels_of(items)

    assert b_cubed(truth, found)[2] >= LEAST_F1
    assert pair_scores(truth, found)[0] >= LEAST_PAIR_PRECISION


def test_the_order_in_which_they_arrive_hardly_matters(marked):
    _, items = marked
    found = labels_of(items)
    for seed in range(3):
        shuffled = random.Random(seed).sample(items, len(items))

        assert adjusted_rand(found, labels_of(shuffled)) >= LEAST_AGREEMENT


def test_it_works_as_well_on_a_larger_site(corpus, marked):
    truth, items = marked
    others = [
        dataclasses.replace(item, article=len(items) + n, day=math.nan)
        for n, item in enumerate(make_items(read(corpus / "articles.jsonl.gz")[:2000]))
    ]

    found = labels_of([*items, *others])[: len(items)]

    assert b_cubed(truth, found)[2] >= LEAST_F1
    assert pair_scores(truth, found)[0] >= LEAST_PAIR_PRECISION
