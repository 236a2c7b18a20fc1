"""The pages of a thread: all of it in some order, or what a filter finds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comments.threads import thread_sql
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.reading.rows import Reader
from comments.threads.tree import (
    BY_ARRIVAL,
    BY_NUMBER,
    SORTS,
    Branch,
    Sort,
    ThreadComment,
)
from reader.accounts.models import User
from reader.articles.models import Article
from reader.keyset import BadCursor

CURSOR = re.compile(r"[0-9]{1,19}", re.ASCII)

# Found anywhere in a thread, and shown below what they answer.
FOUND = {"new": (thread_sql.NEW, BY_ARRIVAL), "picks": (thread_sql.PICKS, BY_NUMBER)}
# First comments, of a thread that asks questions; best first.
QUESTIONS = {"answered": thread_sql.ANSWERED, "unanswered": thread_sql.UNANSWERED}


@dataclass(frozen=True, slots=True)
class ThreadPage:
    branches: list[Branch]
    # What the address of the next page carries as `after`; None on the last.
    next_cursor: str | None
    # Published comments of the whole thread: each can be reached.
    count: int
    sort: str
    is_open: bool
    closed_sentence: str
    mode: str
    version: int
    last_arrival: int
    # How many each filter finds, 0 on a page of replies. `new_count` is the viewer's, or since the
    # number asked for.
    new_count: int
    pick_count: int
    answered_count: int
    unanswered_count: int
    # Whether to note that the viewer was here would change anything.
    moves_mark: bool
    # The filter this is a page of, and the number asked for with "new".
    only: str = ""
    since: int | None = None


def load_thread(
    article: Article,
    *,
    sort: str = "best",
    only: str = "",
    since: int | None = None,
    after: str | None = None,
    viewer: User | None = None,
    guest_key: str | None = None,
) -> ThreadPage:
    """
    Load a page of an article's thread in one statement, however large the thread is.

    With `only`, of FOUND or QUESTIONS, it is in an order of its own; "new" is what came after
    `since`, or after the viewer's last visit.
    """
    order, cursor = SORTS[sort], _read_cursor(after)
    reader = Reader(article.pk, Writer(viewer, guest_key))
    if only in FOUND:
        branches, next_cursor = reader.found(*FOUND[only], cursor, since=since)
    elif only:
        branches, next_cursor = reader.page(QUESTIONS[only], SORTS["best"], cursor)
    else:
        branches, next_cursor = reader.page(thread_sql.ROOTS, order, cursor)
    return _page(reader, branches, next_cursor, sort, only=only, since=since)


def load_replies(
    parent: Comment | ThreadComment,
    *,
    sort: str = "best",
    after: str | None = None,
    viewer: User | None = None,
    guest_key: str | None = None,
) -> ThreadPage:
    """Load the replies to one comment that follow a cursor, with their branches."""
    order: Sort = SORTS[sort].among_replies()
    reader = Reader(parent.article_id, Writer(viewer, guest_key))
    start = thread_sql.REPLIES_TO
    branches, next_cursor = reader.page(start, order, _read_cursor(after), below=parent.pk)
    return _page(reader, branches, next_cursor, sort)


def _page(
    reader: Reader,
    branches: list[Branch],
    next_cursor: str | None,
    sort: str,
    *,
    only: str = "",
    since: int | None = None,
) -> ThreadPage:
    state = reader.state
    return ThreadPage(
        branches,
        next_cursor,
        count=state.comment_count,
        sort=sort,
        is_open=reader.is_open,
        closed_sentence=state.closed_sentence,
        mode=state.mode,
        version=state.version_or_none or 0,
        last_arrival=state.last_arrival,
        new_count=state.new_count,
        pick_count=state.pick_count,
        answered_count=state.answered_count,
        unanswered_count=state.unanswered_count,
        moves_mark=reader.moves_mark,
        only=only,
        since=since,
    )


def _read_cursor(after: str | None) -> int | None:
    if not after:
        return None
    if not CURSOR.fullmatch(after) or int(after) > thread_sql.NO_LIMIT:
        raise BadCursor(after[:40])
    return int(after)
