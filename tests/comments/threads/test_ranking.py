"""The order of best: what votes prove, keys without ties, and replies that lift."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.threads.ranking import (
    PENALTY,
    REACH,
    WORST,
    Lifter,
    best_key,
    lifted,
    lifter,
    own_rank,
    wilson_lower_bound,
)

pytestmark = pytest.mark.once

votes = st.integers(0, 2_000_000_000)
ids = st.integers(1, 2**43 - 1)


def key(comment_id=1, up=0, down=0, imported_score=None):
    return best_key(comment_id, own_rank(up=up, down=down, imported_score=imported_score))


def test_many_votes_prove_more_than_few():
    assert wilson_lower_bound(1, 0) == pytest.approx(0.378, abs=0.001)
    assert wilson_lower_bound(100, 0) > wilson_lower_bound(10, 0) > wilson_lower_bound(1, 0)
    assert wilson_lower_bound(90, 10) > wilson_lower_bound(9, 1)


def test_no_vote_stands_between_votes_for_and_votes_against():
    assert key(up=1) < key() < key(down=1) < key(down=5)


def test_among_equals_the_older_comes_first():
    assert key(7) < key(8)


def test_a_score_that_came_along_counts_as_votes():
    assert key(imported_score=10) == key(up=10)
    assert key(imported_score=-10) == key(down=10)


@given(up=votes, down=votes, score=st.none() | st.integers(-(2**31), 2**31 - 1), comment_id=ids)
def test_a_key_is_a_positive_64_bit_number_that_ends_in_the_id(up, down, score, comment_id):
    found = key(comment_id, up=up, down=down, imported_score=score)
    assert 0 < found < 2**63
    assert found & (2**43 - 1) == comment_id
    assert found >> 43 == own_rank(up=up, down=down, imported_score=score)


@given(up=st.integers(0, 10_000), down=st.integers(0, 10_000))
def test_a_vote_for_never_lowers_and_a_vote_against_never_raises(up, down):
    assert key(up=up + 1, down=down) <= key(up=up, down=down) <= key(up=up, down=down + 1)


def test_a_strong_reply_lifts_a_weak_comment_less_on_every_level():
    strong = own_rank(up=50, down=0, imported_score=None)
    weak = own_rank(up=0, down=5, imported_score=None)
    best, lifted_by = lifted(3, weak, Lifter(best_key(9, strong), 9))
    assert (best, lifted_by) == (best_key(3, strong + PENALTY), 9)
    best, lifted_by = lifted(2, weak, lifter(pk=3, best=best, lifted_by=9, is_published=False))
    assert (best, lifted_by) == (best_key(2, strong + 2 * PENALTY), 9)


def test_a_comment_that_is_as_good_as_its_lift_stands_on_its_own():
    for rank, lifted_by in [(PENALTY + 6, None), (PENALTY + 7, None), (PENALTY + 8, 9)]:
        assert lifted(3, rank, Lifter(best_key(9, 7), 9))[1] == lifted_by
    assert lifted(3, 12, None) == (best_key(3, 12), None)


def test_what_is_out_of_sight_lifts_nothing_by_itself():
    assert lifter(pk=9, best=1, lifted_by=None, is_published=False) is None
    assert lifter(pk=9, best=1, lifted_by=None, is_published=True) == Lifter(1, 9)
    assert lifter(pk=9, best=1, lifted_by=4, is_published=False) == Lifter(1, 4)


def test_no_lift_reaches_further_than_it_is_said_to():
    best, lifted_by = best_key(1, 0), 1
    for level in range(2, REACH + 2):
        best, lifted_by = lifted(level, WORST, Lifter(best, 1))
        assert lifted_by == 1
    assert lifted(REACH + 2, WORST, Lifter(best, 1)) == (best_key(REACH + 2, WORST), None)
