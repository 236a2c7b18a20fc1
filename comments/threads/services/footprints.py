"""What guests leave behind for a moment, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from comments.threads.models import Comment, Footprint
from comments.threads.senders import Sender

KEPT_SECONDS = 60


def leave_footprint(act: str, comment: Comment, sender: Sender, at: datetime) -> None:
    """Note what a guest did to a comment; the caller holds the thread."""
    Footprint.objects.create(
        act=act,
        comment=comment,
        address_hash=sender.address_hash,
        stranger_hash=sender.stranger_hash,
        at=at,
    )


def forget_footprints() -> int:
    """Delete what no question asks about any more; return how many that were."""
    old = Footprint.objects.older_than(timezone.now() - timedelta(seconds=KEPT_SECONDS))
    return old.delete()[0]
