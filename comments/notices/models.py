"""Who is to know of which comment, and how far they have looked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from comments.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """
    A comment concerns somebody: it answers theirs, or calls them by name.

    Says nothing by itself: what is no longer public is not shown, and comes back with the comment.
    """

    class Reason(models.TextChoices):
        REPLY = "reply", "A reply"
        MENTION = "mention", "A mention"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # (person, id) serves it
    )
    comment = models.ForeignKey(
        "threads.Comment",
        on_delete=models.CASCADE,
        related_name="+",  # threads do not know about notices
        db_index=False,  # (comment, person) serves it
    )
    reason = models.CharField(max_length=10, choices=Reason)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            # A comment that is removed and restored concerns nobody twice.
            models.UniqueConstraint(fields=["comment", "person"], name="notices_notice_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["reply", "mention"]), name="notices_notice_reason_known"
            ),
        ]
        indexes = [
            # A person's notices, latest first: NoticeQuerySet.of().
            models.Index(fields=["person", "-id"], name="notices_notice_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} for {self.person_id}: comment {self.comment_id}"


class Inbox(models.Model):
    """How far one person has looked, and which key opens their feed. Made when first needed."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # The last notice they were shown.
    seen = models.PositiveBigIntegerField(default=0)
    # Counts the keys of the feed; only the last one opens it.
    key_number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Inbox of {self.person_id}"
