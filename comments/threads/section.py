"""What the templates of a thread need to know, besides the comments themselves."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy

from comments.threads.drawing import Entry, draw_thread, drawn_comments, is_drawn
from comments.threads.filters import empty_words, filters_of, query_of
from comments.threads.guests import Guest, guest_of, viewer_of
from comments.threads.models import Comment, Thread
from comments.threads.reading import FOUND, ThreadPage, load_permalink, load_thread
from comments.threads.services import visit_thread
from comments.threads.tree import Branch, ThreadComment
from reader.accounts.models import User
from reader.accounts.names import NAME_MAX_LENGTH
from reader.articles.models import Article
from reader.http import HtmxRequest, is_looked_at

logger = logging.getLogger(__name__)

FIRST_SORT = "best"
SORT_WORDS = [
    ("best", pgettext_lazy("order of comments", "Best")),
    ("newest", pgettext_lazy("order of comments", "Newest")),
    ("oldest", pgettext_lazy("order of comments", "Oldest")),
]


def may_write(request: HtmxRequest) -> bool:
    """Whether this reader is offered a form at all; the services decide each post."""
    return request.user.is_authenticated or settings.COMMENT_GUESTS != "off"


def may_pick(request: HtmxRequest) -> bool:
    """Whether this reader is offered to pick comments; asks nothing about who has no desk."""
    return request.user.is_staff and request.user.has_perm("threads.pick_comment")


def on_own_page(request: HtmxRequest) -> bool:
    """
    Tell whether the reader looks at a page about single comments, where no thread is to be swapped.

    Forms lead on from there, with htmx as without.
    """
    try:
        page = request.htmx.current_url_abs_path if request.htmx else None
    except ValueError:  # not an address at all
        page = None
    return (page or request.path).startswith("/comments/")


def writing_context(
    request: HtmxRequest, article: Article, guest: Guest | None = None
) -> dict[str, Any]:
    """Give what any part of a thread needs to draw its forms and buttons."""
    return {
        "request": request,
        "user": request.user,
        "viewer": viewer_of(request),
        "guest": guest or guest_of(request),
        "article": article,
        "article_id": article.pk,
        "post_url": reverse("threads:article_comments", args=[article.pk]),
        "login_url": reverse(settings.LOGIN_URL),
        "may_post": may_write(request),
        "may_pick": may_pick(request),
        "only_up": settings.COMMENT_VOTES == "up",
        "own_page": on_own_page(request),
        "name_max_length": NAME_MAX_LENGTH,
    }


def thread_section(
    request: HtmxRequest,
    article: Article,
    *,
    sort: str = FIRST_SORT,
    only: str = "",
    since: int | None = None,
    after: str | None = None,
    guest: Guest | None = None,
    posted: Comment | None = None,
) -> dict[str, Any]:
    """
    Load what threads/_thread.html shows, in one statement, and note that its reader was here.

    A comment just `posted` is part of it even where the page would end before its place; that costs
    two more. `guest` is who the answer is for: the cookie of a new guest is not in the request yet.
    """
    guest = guest or guest_of(request)
    guest_key = guest.key if guest else ""
    viewer = viewer_of(request)
    thread = load_thread(
        article,
        sort=sort,
        only=only,
        since=since,
        after=after,
        viewer=viewer,
        guest_key=guest_key,
    )
    if viewer is not None and thread.moves_mark:
        note_visit(request, article, viewer, last_arrival=thread.last_arrival)
    own: list[Branch] = []
    is_extra = posted is not None and not is_drawn(thread.branches, posted.pk)
    if posted is not None and is_extra:
        link = load_permalink(posted.pk, sort=sort, viewer=viewer, guest_key=guest_key)
        if not hang_below_parent(thread.branches, link.branch):
            own = [link.branch]
    return {
        **writing_context(request, article, guest),
        "thread": thread,
        "asks": thread.mode == Thread.Mode.QUESTIONS,
        "sort": thread.sort,
        "sorts": SORT_WORDS,
        "filters": filters_of(thread),
        "empty_words": empty_words(thread),
        "after": after,
        "first_url": first_url(article, thread),
        "entries": draw_thread(thread.branches),
        "own_entries": draw_thread(own),
        "new_pk": posted.pk if posted else None,
        # Stands where the page would not show it yet; own.js removes it when its place is reached.
        "extra_pk": posted.pk if posted and is_extra else None,
        "more_url": more_comments_url(article, thread),
        "more_words": gettext("More comments"),
        # What a filter finds next may hang from comments that stand here already.
        "more_target": "#comments" if only in FOUND else None,
    }


def note_visit(request: HtmxRequest, article: Article, viewer: User, *, last_arrival: int) -> None:
    """Move the reader's mark if they see the page; it is shown whether or not that can be noted."""
    if not is_looked_at(request):
        return
    try:
        visit_thread(article, reader=viewer, last_arrival=last_arrival)
    except DatabaseError:
        logger.warning("A visit of article %s was not noted.", article.pk, exc_info=True)


def hang_below_parent(branches: list[Branch], reply: Branch) -> bool:
    """Add a reply to the comment it answers, if that is among the branches."""
    for branch in branches:
        if branch.comment.pk == reply.comment.parent_id:
            branch.replies.append(reply)
            branch.more_count = max(0, branch.more_count - 1)
            return True
        if hang_below_parent(branch.replies, reply):
            return True
    return False


def first_url(article: Article, thread: ThreadPage) -> str:
    address = reverse("threads:article_comments", args=[article.pk])
    if thread.only:
        return address + query_of(thread, thread.only)
    return address if thread.sort == FIRST_SORT else f"{address}?sort={thread.sort}"


def more_comments_url(article: Article, thread: ThreadPage) -> str | None:
    address = reverse("threads:article_comments", args=[article.pk])
    return next_url(address, thread)


def more_replies_url(parent: Comment | ThreadComment, page: ThreadPage) -> str | None:
    return next_url(reverse("threads:comment_replies", args=[parent.pk]), page)


def next_url(address: str, page: ThreadPage) -> str | None:
    if page.next_cursor is None:
        return None
    if page.only:
        return f"{address}{query_of(page, page.only)}&after={page.next_cursor}"
    order = {} if page.sort == FIRST_SORT else {"sort": page.sort}
    return f"{address}?{urlencode({**order, 'after': page.next_cursor})}"


def first_pk(entries: list[Entry]) -> int | None:
    """Name the comment that takes the focus when a list grows."""
    drawn = drawn_comments(entries)
    return next((comment.pk for comment in drawn if not comment.is_context), None)
