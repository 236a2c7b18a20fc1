"""Every question about notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from comments.threads.models import Comment
from reader.articles.querysets import heavy_fields_of

if TYPE_CHECKING:
    from comments.notices.models import Notice  # noqa: F401  (types only)
    from reader.accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: User) -> NoticeQuerySet:
        """Keep what one person is to know, and everybody may read."""
        readable = Comment.objects.public().filter(pk=OuterRef("comment_id"))
        # Written as a guest, and made their own since.
        readable = readable.exclude(author=person)
        return self.filter(Exists(readable), person=person)

    def after(self, seen: int) -> NoticeQuerySet:
        return self.filter(pk__gt=seen)

    def mentions_in(self, comment: Comment) -> NoticeQuerySet:
        return self.filter(comment=comment, reason="mention")

    def unseen(self) -> NoticeQuerySet:
        """Keep what its person has not been shown; who never looked has seen nothing."""
        from comments.notices.models import Inbox  # noqa: PLC0415  (the models have this queryset)

        looked = Inbox.objects.filter(pk=OuterRef("person_id"), seen__gte=OuterRef("pk"))
        return self.exclude(Exists(looked))

    def for_list(self) -> NoticeQuerySet:
        """Load what a list shows: the comment, who wrote it, under which article."""
        heavy = heavy_fields_of("comment__article")
        loaded = self.select_related("comment__author", "comment__article__publisher")
        return loaded.defer("comment__record_extra", *heavy)
