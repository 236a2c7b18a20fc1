"""The method on real articles; what it reaches is in docs/results/2026-11-23-related.md."""

import gzip
import json
import math
from functools import cache

import pytest

from reader.related.everyday import names_nothing
from reader.related.evidence import UNNAMED
from reader.related.listing import Item, related_lists
from reader.related.profiles import profile_of
from reader.related.selection import is_same_text
from reader.related.similarity import Corpus
from reader.related.words import fold, name_terms, tokens_of

pytestmark = pytest.mark.once

# Measured: 0.989 for the final lists.
LEAST_NDCG_OF_RANKING = 0.985
LEAST_NDCG_OF_LISTS = 0.98
SHOWN = 5


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def near_duplicates(corpus):
    pairs = set()
    for line in (corpus / "near_duplicates_dev.tsv").read_text().splitlines()[1:]:
        a, b, jaccard, containment = line.split("\t")
        if float(jaccard) >= 0.5 or float(containment) >= 0.8:
            pairs.add(frozenset((a, b)))
    return pairs


def text_of(record):
    return f"{record.get('subtitle') or ''}\n\n{record['body']}"


def make_items(records):
    publishers = {name: n for n, name in enumerate(sorted({r["publisher"] or "" for r in records}))}
    return [
        Item(
            n,
            profile_of(record["title"] or "", text_of(record), language=record["lang"]),
            publisher=publishers[record["publisher"]] if record["publisher"] else None,
            publisher_name=record["publisher"] or "",
        )
        for n, record in enumerate(records)
    ]


def ndcg(ranking, relevant):
    gains = [1 / math.log2(place + 2) for place in range(SHOWN)]
    got = sum(gain for gain, each in zip(gains, ranking, strict=False) if each in relevant)
    return got / sum(gains[: len(relevant)])


@pytest.fixture(scope="module")
def stories(corpus):
    records = read(corpus / "story_clusters_dev.jsonl.gz")
    items = make_items(records)
    return records, items, Corpus([item.profile for item in items]), near_duplicates(corpus)


def mean_ndcg(records, copies, ranked):
    """Average over all articles whose story has others; copies of the article do not count."""
    scores = []
    for place, record in enumerate(records):
        wanted = {
            n
            for n, other in enumerate(records)
            if other["story"] == record["story"]
            and n != place
            and frozenset((record["id"], other["id"])) not in copies
        }
        if wanted:
            ranking = [
                n
                for n in ranked[place]
                if frozenset((record["id"], records[n]["id"])) not in copies
            ]
            scores.append(ndcg(ranking, wanted))
    return sum(scores) / len(scores)


def test_articles_about_one_story_are_ranked_first(stories):
    records, _, corpus, copies = stories
    days = corpus.norms * float("nan")
    ranked = {n: others.tolist() for n, others, _ in corpus.nearest(days, count=30)}

    assert mean_ndcg(records, copies, ranked) >= LEAST_NDCG_OF_RANKING


def test_the_final_lists_are_as_good(stories):
    records, items, corpus, copies = stories
    lists = related_lists(items, corpus, limit=10)
    ranked = {n: [entry.article for entry in entries] for n, entries in lists}

    assert mean_ndcg(records, copies, ranked) >= LEAST_NDCG_OF_LISTS


def test_near_duplicates_are_recognised_and_nothing_else(corpus):
    wanted = near_duplicates(corpus)
    records = read(corpus / "articles.jsonl.gz") + read(corpus / "story_clusters_dev.jsonl.gz")
    by_id = {record["id"]: record for record in records}
    pairs = [
        line.split("\t")[:2]
        for line in (corpus / "near_duplicates_dev.tsv").read_text().splitlines()[1:]
    ]
    shingles = {
        name: profile_of("", by_id[name]["body"]).shingles for pair in pairs for name in pair
    }

    found = {frozenset((a, b)) for a, b in pairs if is_same_text(shingles[a], shingles[b])}

    assert len(wanted) == 42
    assert wanted - found == set()
    assert found - wanted == set()


def test_lists_of_real_articles_keep_every_promise(corpus, full):
    records = read(corpus / "articles.jsonl.gz")[: None if full else 1500]
    items = make_items(records)
    texts = [f"{r['title'] or ''}\n{text_of(r)}" for r in records]
    shown = named = 0

    @cache
    def words_of(place):
        return {fold(token) for token in tokens_of(texts[place])}

    for place, entries in related_lists(items, Corpus([i.profile for i in items]), limit=10):
        shown += len(entries)
        scores = [entry.score for entry in entries]
        publishers = [items[entry.article].publisher for entry in entries]
        same = [items[place], *(items[entry.article] for entry in entries)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert max(map(publishers.count, publishers), default=0) <= 2
        assert not any(
            is_same_text(a.profile.shingles, b.profile.shingles)
            for n, a in enumerate(same)
            for b in same[:n]
        )
        for entry in entries:
            assert entry.words
            if entry.words == (UNNAMED,):
                continue
            named += 1
            # In both word for word: what is named can be found with the eye.
            for word in entry.words:
                is_poor = names_nothing(fold(word), "en", is_small=word.islower())
                assert " " in word or not is_poor, word
                for text in (place, entry.article):
                    assert word.casefold() in texts[text].casefold()
                    assert name_terms(word) <= words_of(text), word
    assert shown > 8 * len(records)
    assert named > 0.99 * shown
