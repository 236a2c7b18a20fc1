"""Every question about reports and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from comments.moderation.models import ModerationAction, Report  # noqa: F401  (types only)
    from comments.threads.models import Comment
    from comments.threads.people import Writer
    from comments.threads.querysets import FootprintQuerySet


class ReportQuerySet(models.QuerySet["Report"]):
    def unresolved(self) -> ReportQuerySet:
        """Keep what no moderator has decided yet, longest waiting first."""
        return self.filter(resolved_by=None).order_by("created_at", "id")

    def about(self, comment: Comment) -> ReportQuerySet:
        return self.filter(comment=comment)

    def made_by(self, writer: Writer) -> ReportQuerySet:
        """Keep what a person reported, else what a guest did; nobody reported nothing."""
        if writer.user_id is not None:
            return self.filter(reporter=writer.user_id)
        return self.filter(guest_key_hash=writer.key_hash).exclude(guest_key_hash="")

    def left_by(self, footprints: FootprintQuerySet) -> ReportQuerySet:
        """Keep the guests' reports that left one of these footprints."""
        left = footprints.filter(comment=OuterRef("comment"), at=OuterRef("created_at"))
        return self.filter(Exists(left), reporter=None)

    def for_list(self) -> ReportQuerySet:
        """Load what the queue shows: the comment, its article and author, and who reported."""
        return self.select_related("comment__article", "comment__author", "reporter")


class ActionQuerySet(models.QuerySet["ModerationAction"]):
    def about(self, comment: Comment) -> ActionQuerySet:
        """Keep what was decided about a comment, latest first."""
        return self.filter(comment=comment).select_related("moderator").order_by("-id")

    def on_standing(self) -> ActionQuerySet:
        """Keep what was decided about whether a comment may stand; a pick says nothing of that."""
        return self.exclude(kind__in=["pick", "unpick"])
