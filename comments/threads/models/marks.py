"""How far each reader has come in each thread."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.threads.querysets import ReadMarkQuerySet

# Who comes back this long after a visit began, or last showed them something, visits anew.
VISIT = timedelta(minutes=30)


class ReadMark(models.Model):
    """
    What one person has seen of one thread, on whatever device; kept for as long as both are there.

    Numbers are arrivals. What came after `seen` is new to them. A visit moves `latest` along, and
    `seen` follows when the next visit begins: reloading a page does not make the new old.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # (reader, article) serves it
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="+",  # the news does not know about comments
    )
    seen = models.PositiveIntegerField(default=0)
    latest = models.PositiveIntegerField(default=0)
    # When the visit began, or last brought something that had not been there.
    visited_at = models.DateTimeField(default=timezone.now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also serves the marks of one reader on a list of articles.
            models.UniqueConstraint(fields=["reader", "article"], name="threads_readmark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seen} of article {self.article_id}"
