"""Runs the statement of a thread page and reads its rows as one viewer may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from comments.badges.models import Badge
from comments.threads import thread_sql
from comments.threads.models import VISIT, Comment
from comments.threads.people import Writer, person_addresses
from comments.threads.reading.state import ThreadState
from comments.threads.tree import (
    MAX_DEPTH,
    PARENT_LABELS,
    PLACEHOLDER_LABELS,
    Branch,
    Loaded,
    Sort,
    ThreadComment,
    grow,
    grow_found,
    nameless_label,
    seqs_in,
)
from reader.accounts.models import shown_name
from reader.articles.models import Article

# Nobody's number: a page that starts at one comment has no siblings.
NOBODY = 0

Moment = Callable[[Any], Any]


class Reader:
    """Reads comments of one thread for one viewer, once; then knows the thread's state, too."""

    state: ThreadState

    def __init__(self, article_id: int, viewer: Writer) -> None:
        self.article_id = article_id
        self.viewer = viewer
        self.now = timezone.now()
        self._authors: dict[int, tuple[str, str]] = {}
        self._address_of = person_addresses()

    @property
    def moves_mark(self) -> bool:
        return self.viewer.user_id is not None and self.state.moves_mark(self.now - VISIT)

    def page(
        self, start: str, sort: Sort, after: int | None, *, below: int | None = None
    ) -> tuple[list[Branch], str | None]:
        beginning = thread_sql.NO_LIMIT if sort.descends else 0
        loaded = self._load(
            thread_sql.page_statement(start, sort),
            sort,
            parent=below,
            after=beginning if after is None else after,
        )
        return grow(
            loaded,
            sort=sort,
            size=thread_sql.PAGE_SIZE,
            fuse=thread_sql.FUSE,
            below=below,
            after=after,
        )

    def found(
        self, start: str, sort: Sort, after: int | None, *, since: int | None
    ) -> tuple[list[Branch], str | None]:
        if after is None and start != thread_sql.NEW:
            after = 0
        statement = thread_sql.found_statement(start, sort)
        loaded = self._load(statement, sort, after=after, since=since)
        return grow_found(loaded, sort=sort, size=thread_sql.PAGE_SIZE)

    def branch(self, comment: Comment, sort: Sort) -> tuple[list[ThreadComment], Branch]:
        statement = thread_sql.branch_statement(sort, seqs_in(comment.path)[:-1])
        loaded = self._load(statement, sort, comment=comment.pk, after=0)
        branches, _ = grow(loaded, sort=sort, size=1, fuse=thread_sql.FUSE, below=NOBODY)
        own_held = [row.comment for row in loaded if row.level == -1]
        branches += [Branch(held) for held in own_held if held.pk == comment.pk]
        if not branches:
            raise Comment.DoesNotExist(f"Comment {comment.pk} is not for this viewer.")
        ancestors = [row.comment for row in loaded if row.level == -2]
        return sorted(ancestors, key=lambda ancestor: ancestor.depth), branches[0]

    def _load(self, statement: str, sort: Sort, **params: Any) -> list[Loaded]:
        params |= {
            "article": self.article_id,
            "viewer": self.viewer.user_id,
            "guest": self.viewer.key_hash or None,
            "since": params.get("since"),
            "now": connection.ops.adapt_datetimefield_value(self.now),
            "visit": connection.ops.adapt_datetimefield_value(self.now - VISIT),
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            rows = cursor.fetchall()
        read_moment = _moment_reader()
        width = len(ThreadState._fields)
        state = next(row for row in rows if row[width] is None)
        if state[ThreadState._fields.index("comment_count")] is None:
            raise Article.DoesNotExist(f"There is no article {self.article_id}.")
        self.state = ThreadState.read(state, read_moment)
        self.is_open = self.state.is_open
        self.may_write = self.is_open and (
            self.viewer.user_id is not None or settings.COMMENT_GUESTS != "off"
        )
        by_best = sort.reply_key == "best"
        return [
            self._loaded(row[width:], read_moment, by_best=by_best)
            for row in rows
            if row is not state
        ]

    def _loaded(self, row: tuple[Any, ...], read_moment: Moment, *, by_best: bool) -> Loaded:
        (
            level, place,
            pk, parent_id, depth, seq, arrival, best, lifted_by, status,
            is_picked, is_answered, erase_at,
            author_id, author_name, author_is_active, guest_name, has_key,
            parent_status, parent_author_id, parent_author_name, parent_author_is_active,
            parent_guest_name, parent_has_key,
            badge, body_html, created_at, edited_at, up, down, imported_score, reply_count,
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
        badge_kind, _, badge_words = (badge if is_live and badge else "").partition(" ")
        comment = ThreadComment(
            pk=pk,
            article_id=self.article_id,
            parent_id=parent_id,
            parent_author_label=parent_label,
            depth=depth,
            seq=seq,
            arrival=arrival,
            best=best,
            lifted_by=lifted_by if by_best else None,
            author_id=author_id if is_live else None,
            author_label=label if is_live else gettext(PLACEHOLDER_LABELS[status]),
            author_url=(url or None) if is_live else None,
            is_guest=is_live and author_id is None and bool(guest_name or has_key),
            badge_kind=badge_kind,
            badge_label=str(Badge.Kind(badge_kind).label) if badge_kind else "",
            badge_words=badge_words,
            status=status,
            is_new=is_published and self._is_new(arrival, author_id),
            is_picked=is_published and bool(is_picked),
            is_answered=bool(is_answered) and depth == 0 and self.state.asks,
            is_context=False,
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
            can_undo=is_mine and status == "withdrawn" and self._lies_ahead(read_moment(erase_at)),
            can_vote=(
                is_published and self.is_open and not is_mine and self.viewer.user_id is not None
            ),
            can_reply=is_published and self.may_write and depth < MAX_DEPTH,
        )
        return Loaded(comment, level, place)

    def _is_new(self, arrival: int | None, author_id: int | None) -> bool:
        """Tell what came since the viewer's last visit; whoever was never here has had none."""
        seen, viewer_id = self.state.seen, self.viewer.user_id
        if seen is None or viewer_id is None or arrival is None:
            return False
        return arrival > seen and author_id != viewer_id

    def _lies_ahead(self, moment: datetime | None) -> bool:
        return moment is not None and moment > self.now

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
            label = shown_name(author_id, name)
            address = self._address_of(author_id, label) if is_active else ""
            self._authors[author_id] = label, address
        return self._authors[author_id]


def _moment_reader() -> Moment:
    """Turn what the engine's driver returns for a moment into an aware datetime."""
    column = Comment._meta.get_field("created_at").cached_col
    converters = connection.ops.get_db_converters(column)

    def read(value: Any) -> datetime | None:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read
