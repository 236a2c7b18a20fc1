import numpy as np
import pytest

from reader.related.listing import Item, related_lists
from reader.related.profiles import pack_words, profile_of, unpack_words
from reader.related.similarity import FLOOR, Corpus, Frequencies, dot, length_of, recency
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY

pytestmark = pytest.mark.once

TEXTS = [*FERRY, *BRIDGE, *ALONE, *ARABIC, *CHINESE]
EVENTS = [0, 0, 0, 1, 1, None, None, 2, 2, 3, 3]


def corpus_of(texts):
    profiles = [profile_of(title, body) for title, body in texts]
    return profiles, Corpus(profiles)


def lists_of(texts, *, limit=5, days=None):
    profiles, corpus = corpus_of(texts)
    days = days or [float("nan")] * len(texts)
    items = [Item(n, profile, day=days[n]) for n, profile in enumerate(profiles)]
    return dict(related_lists(items, corpus, limit=limit))


def test_articles_about_one_event_are_most_alike_in_every_language():
    for place, entries in lists_of(TEXTS).items():
        same = [n for n, event in enumerate(EVENTS) if event == EVENTS[place] and n != place]
        if EVENTS[place] is not None:
            assert {entry.article for entry in entries[: len(same)]} == set(same)


def test_a_score_lies_between_the_floor_and_one_and_falls_along_the_list():
    for entries in lists_of(TEXTS).values():
        scores = [entry.score for entry in entries]
        assert scores == sorted(scores, reverse=True)
        assert all(FLOOR <= score <= 1 for score in scores)


def test_a_score_is_the_same_from_both_sides():
    lists = lists_of(FERRY + ALONE)
    forth = {entry.article: entry for entry in lists[0]}[1]
    back = {entry.article: entry for entry in lists[1]}[0]

    assert forth.score == pytest.approx(back.score)
    assert forth.words == back.words


def test_the_same_text_scores_one():
    _, corpus = corpus_of([FERRY[0], FERRY[0], *ALONE])

    assert corpus.cosine(0, 1) == pytest.approx(1)


def test_a_rare_word_makes_more_alike_than_one_that_all_use():
    texts = ["committee anvil", "committee barley", *(f"committee paper{n}" for n in range(50))]
    _, common = corpus_of([("", text) for text in texts])
    texts[:2] = ["anvil candle", "anvil barley"]
    _, rare = corpus_of([("", text) for text in texts])

    assert common.cosine(0, 1) < 0.05
    assert rare.cosine(0, 1) > 0.4


def test_articles_about_one_thing_are_related_even_when_there_are_no_others():
    for entries in lists_of(FERRY).values():
        assert len(entries) == 2


def test_an_article_without_words_is_like_nothing():
    lists = lists_of([("", ""), ("", "… !"), *FERRY])

    assert lists[0] == lists[1] == []


def test_no_articles_give_no_lists():
    assert lists_of([]) == {}


def test_articles_of_the_same_days_come_first_when_nothing_else_tells():
    bridge = ("Bridge", "The Lowmarsh bridge is closed.")
    texts = [
        bridge,
        ("Old", "Rust at the Lowmarsh bridge."),
        ("New", "Iron of the Lowmarsh bridge."),
        *ALONE,
    ]

    entries = lists_of(texts, days=[1000.0, 1.0, 999.0, 1.0, 1.0])[0]

    assert [entry.article for entry in entries] == [2, 1]


def test_how_far_apart_two_articles_lie_matters_little_and_an_unknown_date_not_at_all():
    days = np.array([0, 30, 36500, np.nan], dtype=np.float32)

    assert recency(days).tolist() == pytest.approx([1, 0.8946, 0.8333, 1], abs=1e-3)


def test_one_article_weighed_by_stored_counts_scores_as_in_the_whole():
    profiles, corpus = corpus_of([*FERRY, *BRIDGE])
    counted = corpus.frequencies["en"]
    weights = [counted.weigh(profile) for profile in profiles]
    lengths = [length_of(weight) for weight in weights]

    for a in range(len(profiles)):
        for b in range(a):
            product = dot(profiles[a].keys, weights[a], profiles[b].keys, weights[b])
            alike = product / lengths[a] / lengths[b]
            assert alike == pytest.approx(corpus.cosine(a, b), abs=1e-5)


def test_a_term_never_counted_is_as_rare_as_one_that_occurs_once():
    counted = Frequencies(9, np.array([5], np.int64), np.array([3], np.int64))

    assert counted.articles_with(np.array([1, 5, 9], np.int64)).tolist() == [1, 3, 1]


def test_packed_words_come_out_as_they_went_in():
    for words in ([], ["Ferry"], ["海港", "إضراب", "a’b"]):
        assert unpack_words(pack_words(words)) == words
