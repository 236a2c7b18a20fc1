"""
The order of locks: the thread's row first, whatever else a write touches afterwards.

Whoever holds it is alone in writing that thread, so rows read afterwards stay true until the commit
and no two writers can wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import F

from comments.threads.models import Comment, Thread
from reader.articles.models import Article


def lock_thread(article_id: int) -> Thread:
    """
    Take the thread's row, made when there is none; needs a transaction.

    Raise Article.DoesNotExist when the article was deleted meanwhile.
    """
    threads = Thread.objects.select_for_update(of=("self",)).filter(pk=article_id)
    thread = threads.first()
    if thread is None:
        # Whoever writes first makes it; the others wait here and find it.
        Thread.objects.bulk_create([Thread(article_id=article_id)], ignore_conflicts=True)
        thread = threads.get()
        # Whoever deletes it takes the thread first, so it stays from here on.
        Article.objects.only("pk").get(pk=article_id)
    return thread


def lock_threads(article_ids: Sequence[int]) -> None:
    """Take the rows of several threads, in the order given; articles that are gone have none."""
    for article_id in article_ids:
        with suppress(Article.DoesNotExist), transaction.atomic():
            lock_thread(article_id)


def read_thread(article_id: int) -> Thread:
    """Give a thread as it is, for a look that changes nothing; one not begun yet is open."""
    thread = Thread.objects.filter(pk=article_id).first()
    return thread or Thread(article_id=article_id)


def lock_comment(comment: Comment) -> tuple[Thread, Comment]:
    """Take a comment's thread and return both as they are now; needs a transaction."""
    thread = lock_thread(comment.article_id)
    return thread, Comment.objects.with_article_and_author().get(pk=comment.pk)


def mark_changed(thread: Thread, **fields: Any) -> None:
    """Count the thread's version up, in the transaction of the change; the caller holds the row."""
    Thread.objects.filter(pk=thread.pk).update(version=F("version") + 1, **fields)
