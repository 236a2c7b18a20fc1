"""What is new to whom: visits move a reader's mark, and a word of theirs does."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.threads.models import VISIT, ReadMark, Thread
from reader.accounts.models import User
from reader.articles.models import Article


@transaction.atomic
def visit_thread(article: Article, *, reader: User, last_arrival: int) -> None:
    """
    Note that a reader was shown a thread as it stood at `last_arrival`.

    What was new to them stays new until they come back after a while: models/marks.py.
    """
    now = timezone.now()
    marks = ReadMark.objects.of(reader, article)
    if not marks.move(last_arrival=last_arrival, now=now, visit=now - VISIT):
        _begin(article, reader, last_arrival)


@transaction.atomic
def mark_read(article: Article, *, reader: User, up_to: int) -> None:
    """Note that nothing that had arrived by `up_to` is new to a reader any more."""
    thread = Thread.objects.filter(pk=article.pk).first()
    seen = min(up_to, thread.last_arrival) if thread else 0
    if not ReadMark.objects.of(reader, article).catch_up(seen=seen):
        _begin(article, reader, seen)


def _begin(article: Article, reader: User, arrival: int) -> None:
    """Make the mark of a first visit, unless there is one."""
    mark = ReadMark(reader=reader, article=article, seen=arrival, latest=arrival)
    ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
