"""Whether a thread takes comments."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.threads.models import Thread
from comments.threads.services.locking import lock_thread, mark_changed
from reader.articles.models import Article


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
