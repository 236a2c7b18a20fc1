"""Branches grown from loaded rows, and paths."""

from datetime import UTC, datetime

import pytest

from comments.threads.tree import (
    SORTS,
    Loaded,
    ThreadComment,
    grow,
    path_after,
    path_below,
    seqs_in,
)

pytestmark = pytest.mark.once


def make_row(pk, parent_id=None, *, level=0, place=0, reply_count=0, depth=0):
    comment = ThreadComment(
        pk=pk, article_id=1, parent_id=parent_id, parent_author_label="", depth=depth, seq=pk,
        arrival=pk, best=pk, lifted_by=None, author_id=None, author_label="Ada", author_url=None,
        is_guest=True, badge_kind="", badge_label="", badge_words="", status="published",
        is_new=False, is_picked=False, is_answered=False, is_context=False, can_undo=False,
        body_html="", created_at=datetime(2026, 1, 1, tzinfo=UTC),
        edited_at=None, up=0, down=0, score=0, reply_count=reply_count, viewer_vote=0,
        is_mine=False, can_edit=False, can_withdraw=False, can_vote=False, can_reply=True,
    )  # fmt: skip
    return Loaded(comment, level, place)


def pks(branches):
    return [branch.comment.pk for branch in branches]


def test_a_path_spells_the_way_and_ends_before_the_next_branch():
    path = path_below(path_below("", 12), 345)
    assert path == "000012000345"
    assert seqs_in(path) == [12, 345]
    assert path < path_below(path, 1) < path_below(path, 999_999) < path_after(path)
    assert path_after("000009") == "000010"


def test_rows_in_any_order_become_branches_in_the_order_of_the_key():
    rows = [
        make_row(4, 1, level=1),
        make_row(2, place=2),
        make_row(3, 1, level=1),
        make_row(1, place=1, reply_count=2),
    ]
    branches, next_cursor = grow(rows, sort=SORTS["best"], size=20, fuse=400)
    assert pks(branches) == [1, 2]
    assert pks(branches[0].replies) == [3, 4]
    assert (branches[0].more_count, branches[0].more_cursor) == (0, None)
    assert next_cursor is None


def test_the_row_beyond_the_page_only_says_that_there_is_more():
    rows = [make_row(pk, place=pk) for pk in (1, 2, 3)]
    branches, next_cursor = grow(rows, sort=SORTS["oldest"], size=2, fuse=400)
    assert pks(branches) == [1, 2]
    assert next_cursor == "2"


def test_newest_first_goes_down_the_numbers():
    rows = [make_row(pk, place=4 - pk) for pk in (1, 2, 3)]
    branches, next_cursor = grow(rows, sort=SORTS["newest"], size=2, fuse=400)
    assert pks(branches) == [3, 2]
    assert next_cursor == "2"


def test_replies_that_were_not_loaded_are_counted_and_can_be_followed():
    rows = [make_row(1, place=1, reply_count=7), make_row(2, 1, level=1, reply_count=5)]
    branches, _ = grow(rows, sort=SORTS["best"], size=20, fuse=400)
    assert (branches[0].more_count, branches[0].more_cursor) == (6, "2")
    assert (branches[0].replies[0].more_count, branches[0].replies[0].more_cursor) == (5, "0")


def test_a_level_that_the_fuse_cut_is_left_out_whole():
    rows = [
        make_row(1, place=1, reply_count=2),
        make_row(2, 1, level=1, reply_count=2),
        make_row(3, 1, level=1),
        make_row(5, 2, level=2),
    ]
    branches, _ = grow(rows, sort=SORTS["best"], size=20, fuse=4)
    reply = branches[0].replies[0]
    assert (reply.replies, reply.more_count, reply.more_cursor) == ([], 2, "0")


def test_a_held_comment_takes_its_place_and_is_not_counted():
    rows = [
        make_row(1, place=1, reply_count=3),
        make_row(2, 1, level=1),
        make_row(5, 1, level=1),
        make_row(3, 1, level=-1),
        make_row(9, 1, level=-1),
        make_row(4, level=-1),
    ]
    branches, _ = grow(rows, sort=SORTS["best"], size=20, fuse=400)
    assert pks(branches) == [1, 4]
    assert pks(branches[0].replies) == [2, 3, 5]  # 9 comes with the replies after 5
    assert (branches[0].more_count, branches[0].more_cursor) == (1, "5")


def test_a_held_comment_waits_for_the_page_it_belongs_to():
    first = [make_row(pk, place=pk) for pk in (1, 2, 3)] + [make_row(8, level=-1)]
    branches, _ = grow(first, sort=SORTS["oldest"], size=2, fuse=400)
    assert pks(branches) == [1, 2]
    last = [make_row(3, place=1), make_row(8, level=-1), make_row(1, level=-1)]
    branches, _ = grow(last, sort=SORTS["oldest"], size=2, fuse=400, after=2)
    assert pks(branches) == [3, 8]
