"""What readers report and what moderators decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.moderation.querysets import ActionQuerySet, ReportQuerySet


class ModerationAction(models.Model):
    """One decision about one comment. Written once, never changed."""

    class Kind(models.TextChoices):
        APPROVE = "approve", "Approved"
        HOLD = "hold", "Held"
        REMOVE = "remove", "Removed"
        RESTORE = "restore", "Restored"
        PICK = "pick", "Picked"
        UNPICK = "unpick", "No longer picked"

    comment = models.ForeignKey(
        "threads.Comment",
        on_delete=models.CASCADE,
        related_name="+",  # threads do not know about moderation
        db_index=False,  # (comment, id) serves it
    )
    # The log outlives the account of who decided.
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=500, blank=True)
    # The words that were judged: the comment's revision at that moment.
    revision_no = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        permissions = [("moderate", "Can decide about comments")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["approve", "hold", "remove", "restore", "pick", "unpick"]),
                name="moderation_moderationaction_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="remove", reason=""),
                name="moderation_moderationaction_removal_has_reason",
            ),
        ]
        indexes = [
            # What was decided about one comment: ActionQuerySet.about().
            models.Index(fields=["comment", "id"], name="moderation_action_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} comment {self.comment_id}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("A decision is never changed; write another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> None:
        raise TypeError("A decision is never deleted; write another one.")


class Report(models.Model):
    """A reader asks a moderator to look at a comment. Open until a decision resolves it."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Spam or advertising")
        ABUSE = "abuse", _("Insulting or threatening")
        OFF_TOPIC = "off_topic", _("Off topic")
        FALSE = "false", _("False and harmful")
        ILLEGAL = "illegal", _("Illegal")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(
        "threads.Comment",
        on_delete=models.CASCADE,
        related_name="+",  # threads do not know about moderation
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    guest_key_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.TextField(blank=True)
    # The words that were reported: the comment's revision at that moment.
    revision_no = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(
        ModerationAction, null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["spam", "abuse", "off_topic", "false", "illegal", "other"]),
                name="moderation_report_reason_known",
            ),
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(resolved_by__isnull=True, reporter__isnull=False),
                name="moderation_report_open_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["comment", "guest_key_hash"],
                condition=Q(resolved_by__isnull=True) & ~Q(guest_key_hash=""),
                name="moderation_report_open_once_per_guest",
            ),
        ]
        indexes = [
            # The moderators' queue: ReportQuerySet.unresolved().
            models.Index(
                fields=["created_at", "id"],
                condition=Q(resolved_by__isnull=True),
                name="moderation_report_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: comment {self.comment_id}"
