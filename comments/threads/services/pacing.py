"""
How fast people may post and report. docs/operators.md tells it to operators, under RATE_LIMITS.

Those who post under different articles in the same instant may slip by together, no more of them
than the server has threads: they are counted without waiting for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.utils.translation import ngettext

from comments.threads.models import Comment, Footprint
from comments.threads.people import Writer
from comments.threads.refusals import CommentRefused
from comments.threads.senders import Sender

PACE_SECONDS = 60
# Of one person, and of all guests behind one address: many share the address of an office.
COMMENTS_EACH = 5
COMMENTS_BY_ADDRESS = 20
REPORTS_BY_ADDRESS = 10


def check_comment_pace(writer: Writer, sender: Sender | None, now: datetime) -> None:
    """Refuse the sixth comment within a minute, and say when the next will be welcome."""
    if not settings.RATE_LIMITS:
        return
    mine = Comment.objects.by_writer(writer).newest_first().values_list("created_at", flat=True)
    wait = _wait(mine[:COMMENTS_EACH], COMMENTS_EACH, now)
    if writer.user_id is None:
        posted = Footprint.objects.of_comments().since(now - timedelta(seconds=PACE_SECONDS))
        of_stranger = posted.of_stranger(sender).latest_moments(COMMENTS_EACH)
        from_address = posted.from_address(sender).latest_moments(COMMENTS_BY_ADDRESS)
        wait = max(
            wait,
            _wait(of_stranger, COMMENTS_EACH, now),
            _wait(from_address, COMMENTS_BY_ADDRESS, now),
        )
    if wait:
        words = ngettext(
            "You can post again in %(n)d second.", "You can post again in %(n)d seconds.", wait
        )
        raise CommentRefused(words % {"n": wait}, "too_fast", retry_after=wait)


def report_wait(sender: Sender | None, now: datetime) -> tuple[int, str]:
    """Say how many seconds a guest has to wait before reporting again, and that as a sentence."""
    if not settings.RATE_LIMITS:
        return 0, ""
    reported = Footprint.objects.of_reports().since(now - timedelta(seconds=PACE_SECONDS))
    from_address = reported.from_address(sender).latest_moments(REPORTS_BY_ADDRESS)
    wait = _wait(from_address, REPORTS_BY_ADDRESS, now)
    words = ngettext(
        "You can report again in %(n)d second.", "You can report again in %(n)d seconds.", wait
    )
    return wait, words % {"n": wait}


def _wait(moments: Iterable[datetime], most: int, now: datetime) -> int:
    """Count the seconds until fewer than `most` of the moments, latest first, are recent."""
    moments = list(moments)
    if len(moments) < most:
        return 0
    return max(0, ceil(PACE_SECONDS - (now - moments[-1]).total_seconds()))
