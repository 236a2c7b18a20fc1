"""Grouping itself: on invented articles, and on invented likenesses."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from reader.related.clusters import (
    LEAST_MEAN,
    LEAST_TO_BEGIN,
    NOWHERE,
    Constraints,
    merge_groups,
    stories_in,
    story_for,
)
from reader.related.likeness import closeness, likeness_of
from reader.related.listing import Item
from reader.related.profiles import profile_of
from reader.related.similarity import Corpus
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY

pytestmark = pytest.mark.once

TEXTS = [*FERRY, *BRIDGE, *ALONE, *ARABIC, *CHINESE]
# By their numbers, which make_items() counts from 10.
STORIES = [[10, 11, 12], [13, 14], [17, 18], [19, 20]]


def make_items(texts=TEXTS, *, days=None, publishers=None):
    return [
        Item(
            10 + n,
            profile_of(title, body),
            publisher=publishers[n] if publishers else None,
            day=days[n] if days else math.nan,
        )
        for n, (title, body) in enumerate(texts)
    ]


def grouped(items, **decisions):
    corpus = Corpus([item.profile for item in items])
    return stories_in(items, corpus, Constraints(**decisions))


def merged(likeness, *, held=()):
    """Merge single articles that are so much alike; give the groups."""
    count = 1 + max(max(pair) for pair in likeness)
    dense = np.zeros((count, count), np.float32)
    for (a, b), value in likeness.items():
        dense[a, b] = dense[b, a] = value
    labels = merge_groups(csr_array(dense), np.arange(count), np.isin(np.arange(count), held))
    return sorted(sorted(np.flatnonzero(labels == each).tolist()) for each in set(labels.tolist()))


class TestStories:
    def test_articles_about_one_event_are_one_story_and_others_are_in_none(self):
        assert grouped(make_items()) == STORIES

    @given(st.permutations(range(len(TEXTS))))
    def test_the_order_of_arrival_makes_no_difference(self, order):
        items = make_items()

        assert grouped([items[n] for n in order]) == STORIES

    def test_no_articles_have_no_stories(self):
        assert grouped([]) == []

    def test_an_empty_text_is_in_no_story(self):
        assert grouped(make_items([*FERRY, ("", ""), ("", "")])) == [[10, 11, 12]]

    def test_articles_further_apart_than_the_window_are_different_events(self):
        days = [0, 1, 30, *[0] * 8]

        assert grouped(make_items(days=days))[0] == [10, 11]

    def test_an_article_without_a_date_may_belong_to_any_day(self):
        days = [0, 1, math.nan, *[0] * 8]

        assert grouped(make_items(days=days))[0] == [10, 11, 12]

    def test_a_day_between_two_articles_makes_them_less_alike(self):
        factors = closeness(np.array([0, 3, -3, 7, 7.1, math.nan]))

        assert factors.tolist() == pytest.approx([1, 11 / 14, 11 / 14, 0.5, 0, 1])

    def test_what_one_publisher_says_twice_needs_more_to_be_one_event(self):
        texts = FERRY[:2]
        corpus = Corpus([profile_of(*text) for text in texts])
        apart = likeness_of(make_items(texts, publishers=[1, 2]), corpus)[0, 1]
        unknown = likeness_of(make_items(texts), corpus)[0, 1]
        same = likeness_of(make_items(texts, publishers=[1, 1]), corpus)[0, 1]

        assert apart == unknown
        assert same == pytest.approx(0.75 * apart, abs=1e-4)


class TestDecisions:
    def test_what_an_editor_took_out_stays_out_and_the_rest_together(self):
        assert grouped(make_items(), apart=[(12, 10), (12, 11)])[0] == [10, 11]

    def test_what_an_editor_put_together_stays_together(self):
        groups = grouped(make_items(), together=[[10, 15]])

        assert [10, 15] in [sorted({10, 15} & set(group)) for group in groups]

    def test_a_story_made_by_an_editor_takes_up_what_fits(self):
        assert grouped(make_items(), together=[[10, 11]])[0] == [10, 11, 12]

    def test_two_stories_made_by_editors_never_become_one(self):
        groups = grouped(make_items(), together=[[10], [12]])

        assert not any({10, 12} <= set(group) for group in groups)

    def test_nothing_joins_what_is_locked(self):
        groups = grouped(make_items(), locked=frozenset([10, 11]))

        assert groups == STORIES[1:]

    def test_decisions_about_articles_that_are_not_there_do_no_harm(self):
        groups = grouped(
            make_items(), together=[[98, 99]], apart=[(10, 99)], locked=frozenset([97])
        )

        assert groups == STORIES


class TestMerging:
    def test_a_chain_of_neighbours_is_no_story(self):
        chain = {(n, n + 1): 0.5 for n in range(9)}

        assert max(map(len, merged(chain))) == 2

    def test_two_groups_with_one_article_in_between_stay_two(self):
        left, right = [0, 1, 2], [4, 5, 6]
        likeness = {(a, b): 0.6 for group in (left, right) for a in group for b in group if a < b}
        likeness |= {(a, 3): 0.3 for a in left} | {(3, b): 0.3 for b in right}

        groups = merged(likeness)

        assert not any({0, 6} <= set(group) for group in groups)
        assert sorted(map(len, groups)) == [3, 4]

    def test_two_that_are_alone_need_more_than_one_that_joins(self):
        between = (LEAST_MEAN + LEAST_TO_BEGIN) / 2

        assert merged({(0, 1): between}) == [[0], [1]]
        assert merged({(0, 1): 0.5, (0, 2): between, (1, 2): between}) == [[0, 1, 2]]

    def test_a_high_mean_does_not_make_up_for_pairs_that_have_nothing_in_common(self):
        assert merged({(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.0}) == [[0, 1], [2]]

    def test_groups_that_editors_hold_are_not_merged(self):
        assert merged({(0, 1): 0.9}, held=[0, 1]) == [[0], [1]]
        assert merged({(0, 1): 0.9}, held=[0]) == [[0, 1]]

    @given(st.integers(0, 10_000))
    def test_it_stops_when_all_groups_hold_and_no_two_should_be_one(self, seed):
        chance = random.Random(seed)
        count = chance.randint(2, 9)
        likeness = {
            (a, b): chance.randint(6, 60) / 64
            for a in range(count)
            for b in range(a + 1, count)
            if chance.random() < 0.8
        } or {(0, 1): 0.5}

        groups = merged(likeness)

        for group in groups:
            inside = [likeness.get((a, b), 0) for a in group for b in group if a < b]
            assert not inside or sum(inside) / len(inside) >= LEAST_MEAN
        for n, one in enumerate(groups):
            for other in groups[:n]:
                between = [likeness.get((min(a, b), max(a, b)), 0) for a in one for b in other]
                mean = sum(between) / len(between)
                assert (
                    mean < (LEAST_TO_BEGIN if len(between) == 1 else LEAST_MEAN)
                    or np.mean(np.array(between) > 0) < 0.8
                )


class TestOneArticle:
    def place(self, newcomer, *, stories, alone=()):
        items = make_items()
        corpus = Corpus([item.profile for item in items])
        by_number = {item.article: item for item in items}
        return story_for(
            by_number[newcomer],
            stories={n: [by_number[a] for a in group] for n, group in stories.items()},
            alone=[by_number[a] for a in alone],
            frequencies=corpus.frequencies,
        )

    def test_it_joins_the_story_it_belongs_to(self):
        fit = self.place(12, stories={1: [13, 14], 2: [10, 11]}, alone=[15, 16])

        assert (fit.story, fit.beside) == (2, None)

    def test_it_begins_a_story_with_one_that_was_alone(self):
        fit = self.place(14, stories={2: [10, 11, 12]}, alone=[13, 15])

        assert (fit.story, fit.beside) == (None, 13)

    def test_it_stays_alone_where_nothing_fits(self):
        assert self.place(15, stories={1: [13, 14], 2: [10, 11]}, alone=[16]) == NOWHERE

    def test_it_is_measured_as_a_pass_over_all_measures(self):
        items = make_items(days=[0, 2, *[1] * 9])
        corpus = Corpus([item.profile for item in items])

        fit = story_for(items[0], stories={1: [items[1]]}, alone=(), frequencies=corpus.frequencies)

        assert fit.likeness == pytest.approx(likeness_of(items, corpus)[0, 1], abs=1e-4)
