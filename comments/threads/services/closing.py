"""Whether a thread takes comments, and what kind."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comments.threads.closing import closed_moment
from comments.threads.models import Thread
from comments.threads.refusals import CommentRefused
from comments.threads.services.locking import lock_thread, mark_changed
from reader.articles.models import Article


def check_open(thread: Thread) -> None:
    """Refuse what a thread takes no more; costs a query where threads close by age."""
    after_days, listed_at = settings.COMMENTS_CLOSE_AFTER_DAYS, None
    if after_days:
        articles = Article.objects.filter(pk=thread.pk)
        listed_at = articles.values_list("listed_at", flat=True).first()
    closed = closed_moment(
        closed_at=thread.closed_at,
        listed_at=listed_at,
        after_days=after_days,
        now=timezone.now(),
    )
    if closed is not None:
        raise CommentRefused(Thread(closed_at=closed).closed_sentence, "closed")


@transaction.atomic
def close_thread(article: Article) -> Thread:
    """Take no more comments, edits and votes; what is there can be read, and withdrawn."""
    thread = lock_thread(article.pk)
    if thread.is_open:
        thread.is_open, thread.closed_at = False, timezone.now()
        mark_changed(thread, is_open=False, closed_at=thread.closed_at)
    return thread


@transaction.atomic
def open_thread(article: Article) -> Thread:
    thread = lock_thread(article.pk)
    if not thread.is_open:
        thread.is_open, thread.closed_at = True, None
        mark_changed(thread, is_open=True, closed_at=None)
    return thread


@transaction.atomic
def set_thread_mode(article: Article, *, mode: str) -> Thread:
    """Let a thread be a discussion, or questions to somebody with a badge under that article."""
    thread = lock_thread(article.pk)
    if mode not in Thread.Mode.values:
        raise ValueError(f"{mode!r} is no mode")
    if thread.mode != mode:
        thread.mode = mode
        mark_changed(thread, mode=mode)
    return thread
