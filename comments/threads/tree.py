"""
The shape of a thread: paths and branches. Imports nothing of ours.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.languages import marked

# 60 levels: 0 is the top. Replies below the last are refused with a sentence.
LEVELS = 60
MAX_DEPTH = LEVELS - 1
# Digits only, so that every collation of every database sorts paths alike.
SEQ_DIGITS = 6
MAX_SEQ = 10**SEQ_DIGITS - 1
PATH_MAX_LENGTH = LEVELS * SEQ_DIGITS
# Deeper replies stand at the last indent and name whom they answer.
DRAWN_LEVELS = 3

PLACEHOLDER_LABELS = {
    "withdrawn": marked("Withdrawn comment"),
    "removed": marked("Removed comment"),
    "held": marked("Held comment"),
}
# The same, as what somebody replied to.
PARENT_LABELS = {
    "withdrawn": marked("a withdrawn comment"),
    "removed": marked("a removed comment"),
    "held": marked("a held comment"),
}
PLACEHOLDER_TEXTS = {
    "withdrawn": marked("This comment was withdrawn by its author."),
    "removed": marked("This comment was removed by a moderator."),
    "held": marked("This comment is waiting for a moderator."),
}


@dataclass(slots=True, kw_only=True)
class ThreadComment:
    """One comment as one viewer may see it. Holds no more than that viewer may know."""

    pk: int
    article_id: int
    parent_id: int | None
    # Names whom it answers, also when that comment is not on the page; empty at the top.
    parent_author_label: str
    depth: int
    seq: int
    # None while it was never published.
    arrival: int | None
    best: int
    # The reply that brings it up here; None unless the page is in the order of the best.
    lifted_by: int | None
    author_id: int | None
    author_label: str
    author_url: str | None
    is_guest: bool
    # Who its author is here beside a reader: badges.Badge; empty for most.
    badge_kind: str
    badge_label: str
    badge_words: str
    status: str
    # Arrived since the viewer's last visit, and not from them.
    is_new: bool
    is_picked: bool
    # A question that has its answer; only where the thread asks for some.
    is_answered: bool
    # Stands there only for what it was answered with.
    is_context: bool
    body_html: str
    created_at: datetime
    edited_at: datetime | None
    up: int
    down: int
    score: int
    reply_count: int
    viewer_vote: int
    is_mine: bool
    can_edit: bool
    can_withdraw: bool
    can_undo: bool
    can_vote: bool
    can_reply: bool

    @property
    def drawn_depth(self) -> int:
        return min(self.depth, DRAWN_LEVELS)

    @property
    def held_for_viewer(self) -> bool:
        """Whether only this viewer, its author, reads it."""
        return self.status == "held" and self.is_mine

    @property
    def is_placeholder(self) -> bool:
        return self.status != "published" and not self.held_for_viewer

    @property
    def placeholder_text(self) -> str:
        return PLACEHOLDER_TEXTS[self.status] if self.is_placeholder else ""


@dataclass(slots=True)
class Branch:
    comment: ThreadComment
    replies: list[Branch] = field(default_factory=list)
    # Replies to this comment that a reader can still ask for, and where to go on.
    more_count: int = 0
    more_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """What a page follows: a key among its first comments, a key among replies (ascending)."""

    key: str
    descends: bool
    reply_key: str

    def among_replies(self) -> Sort:
        return Sort(self.reply_key, descends=False, reply_key=self.reply_key)

    def position(self, comment: ThreadComment) -> int:
        key: int = getattr(comment, self.key)
        return -key if self.descends else key


SORTS = {
    "best": Sort("best", descends=False, reply_key="best"),
    "newest": Sort("seq", descends=True, reply_key="seq"),
    "oldest": Sort("seq", descends=False, reply_key="seq"),
}
# What filters find is read in the order of these; a comment never comes before what it answers.
BY_ARRIVAL = Sort("arrival", descends=False, reply_key="seq")
BY_NUMBER = SORTS["oldest"]


@dataclass(slots=True)
class Loaded:
    """A row of a page: how far below the page's first comments it is, and its place among those."""

    comment: ThreadComment
    # -1 marks the viewer's own held comments, which come beside the page; -2 what is answered.
    level: int
    place: int = 0


def nameless_label(*, is_guest: bool) -> str:
    return marked("Guest") if is_guest else marked("Author unknown")


def is_in_tree(*, is_published: bool, desc_count: int) -> bool:
    """Whether everybody is shown the comment, be it as a placeholder."""
    return is_published or desc_count > 0


def path_below(parent_path: str, seq: int) -> str:
    return f"{parent_path}{seq:0{SEQ_DIGITS}d}"


def seqs_in(path: str) -> list[int]:
    """Spell a path: the numbers of all ancestors from the top, the comment's own last."""
    return [int(path[at : at + SEQ_DIGITS]) for at in range(0, len(path), SEQ_DIGITS)]


def path_after(path: str) -> str:
    """Give the first path behind the branch: paths between lie below `path`."""
    return f"{int(path) + 1:0{len(path)}d}"


def grow(
    loaded: Sequence[Loaded],
    *,
    sort: Sort,
    size: int,
    fuse: int,
    below: int | None = None,
    after: int | None = None,
) -> tuple[list[Branch], str | None]:
    """
    Hang replies below the comments they answer; return the branches and the next page's cursor.

    The page's first comments all answer `below`, or nothing.

    The statement loads one first comment more than a page shows, and level by level at most `fuse`
    rows; a level that the fuse cut is left out whole, because which of its rows came is chance.
    """
    rows = [row for row in loaded if row.level >= 0]
    if len(rows) >= fuse:
        cut = max(row.level for row in rows)
        rows = [row for row in rows if row.level < cut]
    firsts = sorted((row for row in rows if row.level == 0), key=lambda row: row.place)
    has_more, firsts = len(firsts) > size, firsts[:size]

    branches = {row.comment.pk: Branch(row.comment) for row in firsts}
    branches |= {row.comment.pk: Branch(row.comment) for row in rows if row.level > 0}
    for row in rows:
        if row.level > 0:
            branches[row.comment.parent_id or 0].replies.append(branches[row.comment.pk])
    replies = sort.among_replies()
    for branch in branches.values():
        _close(branch, replies)

    page = [branches[row.comment.pk] for row in firsts]
    last = sort.position(page[-1].comment) if has_more else None
    first = None if after is None else (-after if sort.descends else after)
    for row in loaded:
        if row.level < 0:
            parent = branches.get(row.comment.parent_id or 0)
            if parent is not None:
                end = int(parent.more_cursor) if parent.more_cursor else None
                _put_in_place(parent.replies, row.comment, replies, None, end)
            elif row.comment.parent_id == below:
                _put_in_place(page, row.comment, sort, first, last)
    return page, str(getattr(page[-1].comment, sort.key)) if has_more else None


def grow_found(
    loaded: Sequence[Loaded], *, sort: Sort, size: int
) -> tuple[list[Branch], str | None]:
    """
    Hang what a filter found below what it answers; return the branches and the next page's cursor.

    Nothing else of the thread is there, so nothing counts as left out.
    """
    found = sorted((row for row in loaded if row.level == 0), key=lambda row: row.place)
    has_more, found = len(found) > size, found[:size]
    rows = [*found, *(row for row in loaded if row.level == -2)]
    for row in rows:
        row.comment.is_context = row.level < 0
    branches = {
        row.comment.pk: Branch(row.comment)
        for row in sorted(rows, key=lambda row: BY_NUMBER.position(row.comment))
    }
    page: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.comment.parent_id or 0)
        (above.replies if above else page).append(branch)
    return page, str(getattr(found[-1].comment, sort.key)) if has_more else None


def _close(branch: Branch, replies: Sort) -> None:
    """Order the replies and say how many were left out; a key is never 0, so 0 is the start."""
    branch.replies.sort(key=lambda reply: replies.position(reply.comment))
    branch.more_count = max(0, branch.comment.reply_count - len(branch.replies))
    if branch.more_count:
        last = branch.replies[-1].comment if branch.replies else None
        branch.more_cursor = str(replies.position(last)) if last else "0"


def _put_in_place(
    branches: list[Branch], comment: ThreadComment, sort: Sort, first: int | None, last: int | None
) -> None:
    """Add a comment that only the viewer sees, if its place lies within this page."""
    position = sort.position(comment)
    if (first is None or position > first) and (last is None or position < last):
        at = bisect(branches, position, key=lambda branch: sort.position(branch.comment))
        branches.insert(at, Branch(comment))
