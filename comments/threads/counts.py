"""
What comments say of each other: counted from the bottom up, and moved by a change. Imports nothing
of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comments.threads.ranking import Lifter, lifted, lifter
from comments.threads.tree import is_in_tree


@dataclass(slots=True)
class Counted:
    """What a recount needs of a comment, and what it should say."""

    pk: int
    parent_id: int | None
    is_published: bool
    # What its own votes prove.
    rank: int = 0
    # Written by somebody whose answers the thread is about.
    is_answer: bool = False
    reply_count: int = 0
    desc_count: int = 0
    best: int = 0
    lifted_by: int | None = None
    is_answered: bool = False

    @property
    def in_tree(self) -> bool:
        return is_in_tree(is_published=self.is_published, desc_count=self.desc_count)


@dataclass(slots=True)
class _Below:
    """What the replies of a comment come to."""

    reply_count: int = 0
    desc_count: int = 0
    best_reply: Lifter | None = None
    is_answered: bool = False

    def add(self, reply: Counted) -> None:
        self.reply_count += 1
        self.desc_count += reply.desc_count + reply.is_published
        self.is_answered |= reply.is_published and reply.is_answer
        found = lifter(
            pk=reply.pk,
            best=reply.best,
            lifted_by=reply.lifted_by,
            is_published=reply.is_published,
        )
        if found is not None and (self.best_reply is None or found < self.best_reply):
            self.best_reply = found


def recount(deepest_first: Iterable[Counted]) -> Iterator[Counted]:
    """Work out afresh what comments say; every comment must come before its parent."""
    waiting: defaultdict[int, _Below] = defaultdict(_Below)
    for comment in deepest_first:
        below = waiting.pop(comment.pk, None) or _Below()
        comment.reply_count, comment.desc_count = below.reply_count, below.desc_count
        comment.is_answered = below.is_answered
        comment.best, comment.lifted_by = lifted(comment.pk, comment.rank, below.best_reply)
        if comment.parent_id is not None and comment.in_tree:
            waiting[comment.parent_id].add(comment)
        yield comment


@dataclass(slots=True)
class Carried:
    """Which comments above a change count one published comment more or less, and what follows."""

    kept: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    # Those of them whose direct replies became one more or less.
    replied: list[int] = field(default_factory=list)


def carry_up(above: Iterable[Counted], *, by: int, moved: int) -> Carried:
    """
    Tell what a published comment more (`by` 1) or less (-1) changes above it, nearest first.

    `moved` says whether the comment itself came into the tree (1), left it (-1) or stayed (0): it
    may have been, or remain, a placeholder. A placeholder above leaves with its last published
    comment.
    """
    carried = Carried()
    for comment in above:
        if moved:
            carried.replied.append(comment.pk)
        was_in_tree = comment.in_tree
        comment.desc_count += by
        moved = comment.in_tree - was_in_tree
        {0: carried.kept, 1: carried.shown, -1: carried.hidden}[moved].append(comment.pk)
    return carried
