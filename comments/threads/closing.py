"""
When a thread stops taking comments: an editor closes it, or its article is old enough.

Knows nothing of Django.
"""

from __future__ import annotations

from datetime import datetime, timedelta


def closed_moment(
    *, closed_at: datetime | None, listed_at: datetime | None, after_days: int, now: datetime
) -> datetime | None:
    """
    Say since when a thread has been closed, by hand or by age, whichever came first.

    None while it is open. It never closes by age when `after_days` is 0.
    """
    moments = [closed_at]
    if after_days and listed_at is not None:
        moments.append(listed_at + timedelta(days=after_days))
    return min((each for each in moments if each is not None and each <= now), default=None)
