"""What readers think of comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.threads.models.comments import Comment


class Vote(models.Model):
    """One reader's vote on one comment; who takes it back has none."""

    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,  # (comment, voter) serves it
    )
    # A vote outlives the account that cast it, or counts would change when people leave.
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    value = models.SmallIntegerField()
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # Also serves recounts, and the viewer's own votes on a page.
            models.UniqueConstraint(fields=["comment", "voter"], name="threads_vote_once"),
            models.CheckConstraint(condition=Q(value__in=[-1, 1]), name="threads_vote_value_known"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d}"
