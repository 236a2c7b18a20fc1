"""Which story each group of articles becomes, tried without a database."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.stories.matching import Plan, Standing, match_groups

pytestmark = pytest.mark.once

ARTICLES = range(1, 13)
STORIES = range(100, 106)


@st.composite
def partitions(draw):
    marks = draw(st.lists(st.integers(0, 5), min_size=len(ARTICLES), max_size=len(ARTICLES)))
    groups = defaultdict(list)
    for article, mark in zip(ARTICLES, marks, strict=True):
        groups[mark].append(article)
    return list(groups.values())


@st.composite
def standings(draw, *, decided=True):
    placed = draw(st.dictionaries(st.sampled_from(ARTICLES), st.sampled_from(STORIES)))
    if not decided:
        return Standing(placed=placed)
    some_stories = st.sets(st.sampled_from(STORIES), max_size=2)
    anchored = draw(st.sets(st.sampled_from(ARTICLES), max_size=4)) & placed.keys()
    locked = draw(some_stories)
    pairs = st.tuples(st.sampled_from(STORIES), st.sampled_from(ARTICLES))
    excluded = {
        (story, article)
        for story, article in draw(st.sets(pairs, max_size=4))
        if placed.get(article) != story
    }
    marked = {
        *locked,
        *(placed[article] for article in anchored),
        *(story for story, _ in excluded),
        *draw(some_stories),
    }
    return Standing(
        placed=placed,
        anchored=anchored,
        locked=locked,
        marked=marked,
        leaned_on=draw(some_stories),
        hidden=draw(st.sets(st.sampled_from(ARTICLES), max_size=2)),
        excluded=excluded,
    )


def after(plan, standing):
    """Where each article is once a plan was carried out; new stories have new numbers."""
    placed = {a: s for a, s in standing.placed.items() if a not in plan.leaving} | plan.moves
    for number, group in enumerate(plan.begun, max([999, *placed.values()]) + 1):
        placed.update(dict.fromkeys(group, number))
    return placed


def together(placed):
    stories = defaultdict(set)
    for article, story in placed.items():
        stories[story].add(article)
    return {frozenset(articles) for articles in stories.values()}


@given(standings(), partitions())
def test_what_editors_decided_stays_exactly_as_it_is(standing, groups):
    plan = match_groups(groups, standing)
    placed = after(plan, standing)

    for article, story in standing.placed.items():
        if standing.is_fixed(article):
            assert placed[article] == story
    assert not standing.excluded & {(story, article) for article, story in placed.items()}
    for story in standing.locked:
        assert {a for a in ARTICLES if placed.get(a) == story} == {
            a for a in ARTICLES if standing.placed.get(a) == story
        }
    assert not plan.ended.keys() & (standing.marked | standing.leaned_on)


@given(standings(), partitions())
@example(
    Standing(placed={1: 100, 2: 100, 3: 101}, anchored={3}, marked={101}, hidden={2}),
    [[1, 3], [2]],
)
def test_a_story_that_nobody_touched_has_two_articles_or_ends(standing, groups):
    plan = match_groups(groups, standing)
    placed = after(plan, standing)

    assert set(plan.leaving).isdisjoint(plan.moves)
    # A story waits for what is hidden in it, and may be the story of nothing else until then.
    waiting = {placed[article] for article in standing.hidden if article in placed}
    for story in set(placed.values()) - standing.marked - standing.leaned_on - waiting:
        changed = {a for a in ARTICLES if standing.placed.get(a) == story} != {
            a for a in ARTICLES if placed.get(a) == story
        }
        assert not changed or list(placed.values()).count(story) > 1
    for story, heir in plan.ended.items():
        assert story not in placed.values()
        assert heir is None or heir in placed.values()


@given(standings(decided=False), partitions())
def test_where_nobody_decided_anything_the_partition_is_what_comes_out(standing, groups):
    placed = after(match_groups(groups, standing), standing)

    assert together(placed) == {frozenset(group) for group in groups if len(group) > 1}


@given(standings(), partitions(), st.randoms(use_true_random=False))
def test_the_order_in_which_groups_and_articles_come_does_not_matter(standing, groups, chance):
    shuffled = [chance.sample(group, len(group)) for group in groups]
    chance.shuffle(shuffled)

    assert match_groups(shuffled, standing) == match_groups(groups, standing)


def carried_out(groups, standing):
    plan = match_groups(groups, standing)
    heirs = {heir for heir in plan.ended.values() if heir}
    return plan, replace(
        standing, placed=after(plan, standing), leaned_on=standing.leaned_on | heirs
    )


@given(standings(decided=False), partitions())
def test_the_same_partition_again_changes_nothing(standing, groups):
    _, once = carried_out(groups, standing)
    plan, _ = carried_out(groups, once)

    assert plan == Plan()


@given(standings(), partitions())
def test_where_editors_decided_otherwise_it_comes_to_rest_within_three_times(standing, groups):
    for _ in range(3):
        _, standing = carried_out(groups, standing)
    plan, _ = carried_out(groups, standing)

    assert plan == Plan()


def test_a_story_goes_on_where_most_of_it_is_and_the_older_of_two_wins():
    standing = Standing(placed={1: 7, 2: 7, 3: 7, 4: 8, 5: 8, 6: 9, 7: 9})

    plan = match_groups([[1, 2, 10], [3, 4, 5], [6, 11], [7, 12]], standing)

    assert plan.moves == {10: 7, 3: 8, 11: 9}
    assert plan.begun == [[7, 12]]


def test_a_story_that_most_articles_of_went_elsewhere_leads_there():
    standing = Standing(placed={1: 7, 2: 7, 3: 7, 4: 8, 5: 8})

    assert match_groups([[1, 2, 3, 4, 5]], standing).ended == {8: 7}
    assert match_groups([[1, 2, 3]], standing).ended == {8: None}
