"""What comments say of each other: worked out from the bottom up, moved by a change."""

import pytest

from comments.threads.counts import Counted, carry_up, recount

pytestmark = pytest.mark.once


def test_a_recount_counts_what_readers_reach():
    # 1 published ─ 2 removed ─ 3 published;  1 ─ 4 removed, nothing below
    rows = [(3, 2, True), (2, 1, False), (4, 1, False), (1, None, True)]
    counted = {c.pk: c for c in recount(Counted(*row) for row in rows)}
    assert (counted[1].reply_count, counted[1].desc_count) == (1, 1)
    assert (counted[2].reply_count, counted[2].desc_count, counted[2].in_tree) == (1, 1, True)
    assert (counted[4].reply_count, counted[4].in_tree) == (0, False)


def test_a_placeholder_comes_and_goes_with_its_last_published_comment():
    above = [Counted(2, 1, False), Counted(1, None, True, desc_count=0)]
    carried = carry_up(above, by=1, moved=1)
    assert (carried.shown, carried.kept, carried.replied) == ([2], [1], [2, 1])
    above = [Counted(2, 1, False, desc_count=1), Counted(1, None, True, desc_count=4)]
    carried = carry_up(above, by=-1, moved=-1)
    assert (carried.hidden, carried.kept, carried.replied) == ([2], [1], [2, 1])
    above = [Counted(2, 1, True, desc_count=1), Counted(1, None, True, desc_count=4)]
    carried = carry_up(above, by=-1, moved=0)
    assert (carried.kept, carried.replied) == ([2, 1], [])
