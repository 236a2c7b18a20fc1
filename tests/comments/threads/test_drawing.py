"""How branches become the nested lists of a page."""

from dataclasses import dataclass, field

import pytest

from comments.threads.drawing import draw_chain, draw_thread, drawn_comments

pytestmark = pytest.mark.once


@dataclass
class Row:
    pk: int
    depth: int = 0

    @property
    def drawn_depth(self):
        return min(self.depth, 3)


@dataclass
class Grown:
    comment: Row
    replies: list = field(default_factory=list)
    more_count: int = 0
    more_cursor: str | None = None


def chain(levels, first=1, depth=0):
    replies = [chain(levels - 1, first + 1, depth + 1)] if levels > 1 else []
    return Grown(Row(first, depth), replies)


def outline(entries):
    return [
        f"{entry.more_count} more to {entry.comment.pk}"
        if entry.is_stub
        else (entry.comment.pk, outline(entry.entries))
        for entry in entries
    ]


def test_replies_stand_below_the_comment_they_answer():
    first = Grown(Row(1), [Grown(Row(2, 1)), Grown(Row(3, 1))])

    assert outline(draw_thread([first, Grown(Row(4))])) == [(1, [(2, []), (3, [])]), (4, [])]


def test_below_the_third_indent_replies_stand_beside_the_comment_they_answer():
    assert outline(draw_thread([chain(7)])) == [
        (1, [(2, [(3, [(4, []), (5, []), (6, []), (7, [])])])])
    ]


def test_sixty_levels_are_drawn_as_four_lists():
    entries = draw_thread([chain(60)])
    deepest = 0
    while entries:
        deepest, entries = deepest + 1, entries[0].entries

    assert deepest == 4
    assert [row.pk for row in drawn_comments(draw_thread([chain(60)]))] == list(range(1, 61))


def test_what_was_not_loaded_is_a_line_at_the_end_of_its_list():
    first = Grown(Row(1), [Grown(Row(2, 1), more_count=4, more_cursor="0")], 7, "9")

    entries = draw_thread([first])

    assert outline(entries) == [(1, [(2, ["4 more to 2"]), "7 more to 1"])]
    assert entries[0].entries[1].more_cursor == "9"


def test_at_the_last_indent_the_line_follows_the_replies_it_continues():
    third = Grown(Row(4, 3), [Grown(Row(5, 4)), Grown(Row(6, 4))], 2, "6")

    assert outline(draw_thread([third])) == [(4, []), (5, []), (6, []), "2 more to 4"]


def test_a_branch_hangs_below_what_it_answers():
    ancestors = [Row(pk, pk - 1) for pk in range(1, 6)]

    assert outline(draw_chain(ancestors, Grown(Row(6, 5), [Grown(Row(7, 6))]))) == [
        (1, [(2, [(3, [(4, []), (5, []), (6, []), (7, [])])])])
    ]
