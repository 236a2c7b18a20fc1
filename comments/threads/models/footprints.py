"""What guests leave behind for a minute."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.threads.querysets import FootprintQuerySet


class Footprint(models.Model):
    """
    That a guest posted or reported just now: tells a second click, and a flood.

    Who it was is kept as hashes under the site's key, never as an address, and the worker forgets
    them within two minutes.
    """

    class Act(models.TextChoices):
        COMMENT = "comment", "Posted"
        REPORT = "report", "Reported"

    act = models.CharField(max_length=10, choices=Act)
    # What was posted or reported.
    comment = models.ForeignKey("threads.Comment", on_delete=models.CASCADE, related_name="+")
    # senders.Sender
    address_hash = models.CharField(max_length=64)
    stranger_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = FootprintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["comment", "report"]), name="threads_footprint_act_known"
            ),
        ]
        indexes = [
            # How fast an address posts or reports: FootprintQuerySet.from_address().
            models.Index(fields=["address_hash", "act", "at"], name="threads_footprint_address"),
            # What a browser without a key has just done: FootprintQuerySet.of_stranger().
            models.Index(
                fields=["stranger_hash", "act", "at"],
                condition=~Q(stranger_hash=""),
                name="threads_footprint_stranger",
            ),
            # What is to be forgotten: FootprintQuerySet.older_than().
            models.Index(fields=["at"], name="threads_footprint_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.comment_id}"
