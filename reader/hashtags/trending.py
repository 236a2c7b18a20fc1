"""
What is trending: more articles than its own past and the day of the week let one expect.

A hashtag that is always busy is expected to be, so it does not trend. Read from the counts by day,
at a cost that the number of articles does not change.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reader.hashtags.models import Hashtag, HashtagDay

# Lately is so many days, and the past so many weeks before: the same days of the week are compared.
DAYS = 3
WEEKS = 4
# With less past than this on the site, nothing can be said to burst.
WEEKS_LEAST = 1
# Fewer articles are no burst, however quiet it was before.
ARTICLES_LEAST = 3
# Only those with the most articles lately are looked at.
CANDIDATES = 300
# So many times what was expected.
RATIO_LEAST = 2
SCORE_LEAST = 1.5
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Trend:
    hashtag: Hashtag
    recent: int
    # Of as many days, in the weeks before.
    expected: float


def trending_hashtags(*, today: date, count: int = SHOWN) -> list[Trend]:
    """
    Return what bursts in the latest days with articles, at most `count`, in four queries.

    The score is (recent - expected) / sqrt(expected + variance + 1): what stands out of the past by
    more than its own ups and downs.
    """
    first, last = HashtagDay.objects.edges(until=today)
    if first is None or last is None:
        return []
    weeks = min(WEEKS, (last - timedelta(days=DAYS - 1) - first).days // 7)
    if weeks < WEEKS_LEAST:
        return []
    recent = _recent(last)
    past = _past(list(recent), last, weeks)
    scores: dict[int, float] = {}
    for pk, amount in recent.items():
        score = burst(amount, past.get(pk, [0] * weeks))
        if score >= SCORE_LEAST:
            scores[pk] = score
    best = sorted(scores, key=lambda pk: (-scores[pk], -recent[pk], pk))[:count]
    found = Hashtag.objects.in_bulk(best)
    return [Trend(found[pk], recent[pk], statistics.fmean(past.get(pk, [0]))) for pk in best]


def burst(recent: int, past: Sequence[int]) -> float:
    """Say how far a number stands out of those of the weeks before; 0 where it does not."""
    expected = statistics.fmean(past)
    if recent < RATIO_LEAST * expected:
        return 0.0
    spread = statistics.pvariance(past)
    return (recent - expected) / math.sqrt(expected + spread + 1)


def _recent(last: date) -> dict[int, int]:
    days = HashtagDay.objects.between(last - timedelta(days=DAYS - 1), last)
    rows = days.busy(least=ARTICLES_LEAST)[:CANDIDATES]
    return {row["hashtag"]: row["recent"] for row in rows}


def _past(hashtag_ids: list[int], last: date, weeks: int) -> Mapping[int, list[int]]:
    """Add up the same days of each week before, the latest week first."""
    ages = {
        last - timedelta(days=7 * week + day): week - 1
        for week in range(1, weeks + 1)
        for day in range(DAYS)
    }
    past: dict[int, list[int]] = defaultdict(lambda: [0] * weeks)
    for pk, day, amount in HashtagDay.objects.on_days(hashtag_ids, list(ages)):
        past[pk][ages[day]] += amount
    return past
