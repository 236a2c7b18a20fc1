"""What came into a thread since a page was made: asked often, so one statement by an index."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from reader.articles.models import Article


def last_arrival(article_id: int) -> int | None:
    """Give the number of what was published last, 0 where nothing was; None behind the gate."""
    threads = Thread.objects.filter(pk=OuterRef("pk")).values("last_arrival")
    visible = Article.objects.visible().filter(pk=article_id)
    return visible.values_list(Coalesce(Subquery(threads), 0), flat=True).first()


def count_arrivals(article_id: int, *, since: int, viewer: Writer) -> int | None:
    """Count what others published after the number `since` and is still there; None as above."""
    theirs = Comment.objects.filter(article=OuterRef("pk")).not_by(viewer)
    counted = theirs.arrived_after(since).values("article").annotate(n=Count("pk")).values("n")
    visible = Article.objects.visible().filter(pk=article_id)
    return visible.values_list(Coalesce(Subquery(counted), 0), flat=True).first()
