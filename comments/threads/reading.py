"""Threads as the pages show them: read in one statement, grown into branches, for one viewer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext

from comments.threads import thread_sql
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.tree import (
    MAX_DEPTH,
    PARENT_LABELS,
    PLACEHOLDER_LABELS,
    SORTS,
    Branch,
    Loaded,
    Sort,
    ThreadComment,
    grow,
    nameless_label,
    seqs_in,
)
from reader.accounts.models import User
from reader.articles.models import Article
from reader.keyset import BadCursor

# Nobody's number: a page that starts at one comment has no siblings.
NOBODY = 0
CURSOR = re.compile(r"[0-9]{1,19}", re.ASCII)


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


class Permalink(NamedTuple):
    article: Article
    # What the comment answers, top first.
    ancestors: list[ThreadComment]
    branch: Branch
    is_open: bool


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    body_src: str
    body_html: str
    written_at: datetime
    is_current: bool


def load_thread(
    article: Article,
    *,
    sort: str = "best",
    after: str | None = None,
    viewer: User | None = None,
    guest_key: str | None = None,
) -> ThreadPage:
    """Load a page of an article's thread: two statements, however large the thread is."""
    order = SORTS[sort]
    state = _state(article.pk)
    reader = _Reader(article.pk, Writer(viewer, guest_key), is_open=state.is_open)
    branches, next_cursor = reader.page(thread_sql.ROOTS, order, after)
    return ThreadPage(branches, next_cursor, sort=sort, **state._asdict())


def load_replies(
    parent: Comment,
    *,
    sort: str = "best",
    after: str | None = None,
    viewer: User | None = None,
    guest_key: str | None = None,
) -> ThreadPage:
    """Load the replies to one comment that follow a cursor, with their branches."""
    order = SORTS[sort].among_replies()
    state = _state(parent.article_id)
    reader = _Reader(parent.article_id, Writer(viewer, guest_key), is_open=state.is_open)
    branches, next_cursor = reader.page(thread_sql.REPLIES_TO, order, after, below=parent.pk)
    return ThreadPage(branches, next_cursor, sort=sort, **state._asdict())


def load_permalink(
    comment_id: int,
    *,
    sort: str = "best",
    viewer: User | None = None,
    guest_key: str | None = None,
) -> Permalink:
    """
    Load one comment's branch and what it answers, three statements at any depth.

    Raise Comment.DoesNotExist when this viewer may not see the comment or its article.
    """
    comment = Comment.objects.for_action().get(pk=comment_id)
    state = _state(comment.article_id)
    reader = _Reader(comment.article_id, Writer(viewer, guest_key), is_open=state.is_open)
    ancestors, branch = reader.branch(comment, SORTS[sort].among_replies())
    return Permalink(comment.article, ancestors, branch, state.is_open)


def load_history(comment_id: int) -> list[Revision]:
    """
    Tell what a public comment said from its first words to now, oldest first.

    Raise Comment.DoesNotExist unless everybody may read it.
    """
    comment = Comment.objects.public().get(pk=comment_id)
    history = [
        Revision(old.number, old.body_src, old.body_html, old.written_at, is_current=False)
        for old in comment.revisions.order_by("number")
    ]
    now = Revision(
        comment.revision_no,
        comment.body_src,
        comment.body_html,
        comment.edited_at or comment.created_at,
        is_current=True,
    )
    return [*history, now]


class _State(NamedTuple):
    is_open: bool
    closed_sentence: str
    count: int  # type: ignore[assignment]


def _state(article_id: int) -> _State:
    """Read what holds for the whole thread; one nobody has written in is open and has no row."""
    thread = Thread.objects.with_comment_count().filter(pk=article_id).first()
    if thread is None:
        return _State(is_open=True, closed_sentence="", count=0)
    return _State(thread.is_open, thread.closed_sentence, thread.comment_count)  # type: ignore[attr-defined]


class _Reader:
    """Reads comments of one thread for one viewer."""

    def __init__(self, article_id: int, viewer: Writer, *, is_open: bool) -> None:
        self.article_id = article_id
        self.viewer = viewer
        self.is_open = is_open
        self.may_write = is_open and (
            viewer.user_id is not None or settings.COMMENT_GUESTS != "off"
        )
        self._authors: dict[int, tuple[str, str]] = {}

    def page(
        self, start: str, sort: Sort, after: str | None, *, below: int | None = None
    ) -> tuple[list[Branch], str | None]:
        cursor = _read_cursor(after)
        beginning = thread_sql.NO_LIMIT if sort.descends else 0
        loaded = self._load(
            thread_sql.page_statement(start, sort),
            parent=below,
            after=beginning if cursor is None else cursor,
        )
        return grow(
            loaded,
            sort=sort,
            size=thread_sql.PAGE_SIZE,
            fuse=thread_sql.FUSE,
            below=below,
            after=cursor,
        )

    def branch(self, comment: Comment, sort: Sort) -> tuple[list[ThreadComment], Branch]:
        statement = thread_sql.branch_statement(sort, seqs_in(comment.path)[:-1])
        loaded = self._load(statement, comment=comment.pk, after=0)
        branches, _ = grow(loaded, sort=sort, size=1, fuse=thread_sql.FUSE, below=NOBODY)
        own_held = [row.comment for row in loaded if row.level == -1]
        branches += [Branch(held) for held in own_held if held.pk == comment.pk]
        if not branches:
            raise Comment.DoesNotExist(f"Comment {comment.pk} is not for this viewer.")
        ancestors = [row.comment for row in loaded if row.level == -2]
        return sorted(ancestors, key=lambda ancestor: ancestor.depth), branches[0]

    def _load(self, statement: str, **params: Any) -> list[Loaded]:
        params |= {
            "article": self.article_id,
            "viewer": self.viewer.user_id,
            "guest": self.viewer.key_hash or None,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            rows = cursor.fetchall()
        read_moment = _moment_reader()
        return [self._loaded(row, read_moment) for row in rows]

    def _loaded(self, row: tuple[Any, ...], read_moment: Any) -> Loaded:
        (
            level, place,
            pk, parent_id, depth, seq, best, status,
            author_id, author_name, author_is_active, guest_name, has_key,
            parent_status, parent_author_id, parent_author_name, parent_author_is_active,
            parent_guest_name, parent_has_key,
            body_html, created_at, edited_at, up, down, imported_score, reply_count,
            viewer_vote, is_mine,
        ) = row  # fmt: skip
        is_mine = bool(is_mine)
        is_published = status == "published"
        is_live = is_published or (status == "held" and is_mine)
        label, url = self._signature(author_id, author_name, author_is_active, guest_name, has_key)
        parent_label = ""
        if parent_id is not None:
            parent_label, _ = self._signature(
                parent_author_id,
                parent_author_name,
                parent_author_is_active,
                parent_guest_name,
                parent_has_key,
            )
            if parent_status != "published":
                parent_label = gettext(PARENT_LABELS[parent_status])
        comment = ThreadComment(
            pk=pk,
            article_id=self.article_id,
            parent_id=parent_id,
            parent_author_label=parent_label,
            depth=depth,
            seq=seq,
            best=best,
            author_id=author_id if is_live else None,
            author_label=label if is_live else gettext(PLACEHOLDER_LABELS[status]),
            author_url=(url or None) if is_live else None,
            is_guest=is_live and author_id is None and bool(guest_name or has_key),
            status=status,
            body_html=body_html,
            created_at=read_moment(created_at),
            edited_at=read_moment(edited_at),
            up=up,
            down=down,
            score=up - down + imported_score,
            reply_count=reply_count,
            viewer_vote=viewer_vote,
            is_mine=is_mine,
            can_edit=is_live and is_mine and self.is_open,
            can_withdraw=is_live and is_mine,
            can_vote=(
                is_published and self.is_open and not is_mine and self.viewer.user_id is not None
            ),
            can_reply=is_published and self.may_write and depth < MAX_DEPTH,
        )
        return Loaded(comment, level, place)

    def _signature(
        self,
        author_id: int | None,
        name: str | None,
        is_active: bool | None,
        guest_name: str,
        has_key: bool,
    ) -> tuple[str, str]:
        """Name who wrote a comment, with the address of their page; a closed account has none."""
        if author_id is None:
            return guest_name or gettext(nameless_label(is_guest=bool(has_key))), ""
        if author_id not in self._authors:
            author = User(pk=author_id, name=name)  # type: ignore[misc]
            self._authors[author_id] = (
                str(author),
                author.get_absolute_url() if is_active else "",
            )
        return self._authors[author_id]


def _read_cursor(after: str | None) -> int | None:
    if not after:
        return None
    if not CURSOR.fullmatch(after) or int(after) > thread_sql.NO_LIMIT:
        raise BadCursor(after[:40])
    return int(after)


def _moment_reader() -> Any:
    """Turn what the engine's driver returns for a moment into an aware datetime."""
    column = Comment._meta.get_field("created_at").cached_col
    converters = connection.ops.get_db_converters(column)

    def read(value: Any) -> datetime | None:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read
