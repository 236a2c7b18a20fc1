"""Every question about notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from comments.threads.models import Comment
from reader.articles.querysets import HEAVY_FIELDS

if TYPE_CHECKING:
    from comments.notices.models import Notice  # noqa: F401  (types only)
    from reader.accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: User) -> NoticeQuerySet:
        """Keep what one person is to know, and everybody may read."""
        readable = Comment.objects.public().filter(pk=OuterRef("comment_id"))
        return self.filter(Exists(readable), person=person)

    def after(self, seen: int) -> NoticeQuerySet:
        return self.filter(pk__gt=seen)

    def for_list(self) -> NoticeQuerySet:
        """Load what a list shows: the comment, who wrote it, under which article."""
        heavy = [f"comment__article__{name}" for name in HEAVY_FIELDS]
        loaded = self.select_related("comment__author", "comment__article__publisher")
        return loaded.defer("comment__record_extra", *heavy)
