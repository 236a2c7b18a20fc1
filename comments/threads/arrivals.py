"""What came into a thread since a page was made: asked often, so one statement by an index."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from reader.articles.models import Article

# How such a number is spelt: no thread has more comments than six digits can count.
ARRIVAL = re.compile(r"[0-9]{1,6}", re.ASCII)


def last_arrival(article_id: int) -> int | None:
    """Give the number of what was published last, 0 where nothing was; None behind the gate."""
    threads = Thread.objects.filter(pk=OuterRef("pk")).values("last_arrival")
    return _number_of(article_id, threads)


def count_arrivals(article_id: int, *, since: int, viewer: Writer) -> int | None:
    """Count what others published after the number `since` and is still there; None as above."""
    theirs = Comment.objects.filter(article=OuterRef("pk")).not_by(viewer)
    counted = theirs.arrived_after(since).values("article").annotate(n=Count("pk")).values("n")
    return _number_of(article_id, counted)


def _number_of(article_id: int, number: QuerySet[Any, Any]) -> int | None:
    visible = Article.objects.visible().filter(pk=article_id)
    return visible.values_list(Coalesce(Subquery(number), 0), flat=True).first()
