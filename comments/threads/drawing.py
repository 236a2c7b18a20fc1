"""
What a thread looks like on the page: three indents, and what was left out as a line to follow.

Replies deeper than the third indent stand beside the comment they answer, after it, so that the
template which draws a thread never includes itself deeper than it indents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from comments.threads.tree import DRAWN_LEVELS, Branch, ThreadComment


@dataclass(slots=True)
class Entry:
    """One item of a drawn list: a comment, or the replies to it that were not loaded."""

    comment: ThreadComment
    entries: list[Entry] = field(default_factory=list)
    # How many answer it here, with those left out; 0 where its replies are not to be folded.
    reply_count: int = 0
    more_count: int = 0
    more_cursor: str | None = None

    @property
    def is_stub(self) -> bool:
        return self.more_count > 0


def draw_thread(branches: Iterable[Branch]) -> list[Entry]:
    return [entry for branch in branches for entry in _draw(branch)]


def draw_chain(ancestors: Sequence[ThreadComment], branch: Branch) -> list[Entry]:
    """Draw a branch below the comments it answers, each ancestor without its other replies."""
    entries = draw_thread([branch])
    for comment in reversed(ancestors):
        below = Entry(comment)
        if comment.drawn_depth < DRAWN_LEVELS:
            below.entries = entries
            entries = [below]
        else:
            entries = [below, *entries]
    return entries


def drawn_comments(entries: Iterable[Entry]) -> Iterator[ThreadComment]:
    """Yield every comment that the entries show, in the order of the page."""
    for entry in entries:
        if not entry.is_stub:
            yield entry.comment
            yield from drawn_comments(entry.entries)


def is_drawn(branches: list[Branch], comment_pk: int) -> bool:
    return any(comment.pk == comment_pk for comment in drawn_comments(draw_thread(branches)))


def _draw(branch: Branch) -> list[Entry]:
    below = draw_thread(branch.replies)
    if branch.more_count:
        below.append(
            Entry(branch.comment, more_count=branch.more_count, more_cursor=branch.more_cursor)
        )
    if branch.comment.drawn_depth < DRAWN_LEVELS:
        reply_count = len(branch.replies) + branch.more_count
        return [Entry(branch.comment, below, reply_count)]
    return [Entry(branch.comment), *below]
