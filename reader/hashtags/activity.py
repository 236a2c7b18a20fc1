"""How many visible articles each hashtag has of each day: kept with the counts, and made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagDay
from reader.hashtags.querysets import ArticleHashtagQuerySet
from reader.hashtags.sparkline import DAYS_NEEDED, Chart, choose_chart

TABLE = HashtagDay._meta.db_table
# Three parameters each; SQLite takes 32,766 a statement.
ROWS_A_STATEMENT = 5_000


def day_of(moment: datetime) -> date:
    """Tell the day of the site, whatever zone a reader has chosen."""
    return timezone.localdate(moment, timezone.get_default_timezone())


class Moves(Counter[tuple[int, date]]):
    """By how many articles hashtags change, day by day."""

    def count(self, link: ArticleHashtag, by: int = 1) -> None:
        self[link.hashtag_id, day_of(link.listed_at)] += by


@dataclass(frozen=True, slots=True)
class Activity:
    """Since when articles have a hashtag, and how busy it was."""

    first: date | None
    chart: Chart | None


def activity_of(hashtag: Hashtag, *, today: date) -> Activity:
    """Read it from the days, in two queries of bounded cost."""
    first, last = hashtag.days.edges(until=today)
    if first is None or last is None:
        return Activity(None, None)
    days = hashtag.days.between(last - timedelta(days=DAYS_NEEDED), last)
    counts = dict(days.values_list("day", "article_count"))
    return Activity(first, choose_chart(counts, today=today))


def move_activity(moves: Mapping[tuple[int, date], int]) -> None:
    """Move the days of hashtags, no aliases; the caller has locked their rows."""
    rows = [(*key, amount) for key, amount in sorted(moves.items()) if amount]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            some = rows[start : start + ROWS_A_STATEMENT]
            places = ", ".join(["(%s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {TABLE} (hashtag_id, day, article_count) VALUES {places}"  # noqa: S608
                " ON CONFLICT (hashtag_id, day) DO UPDATE"
                f" SET article_count = {TABLE}.article_count + excluded.article_count",
                [value for row in some for value in row],
            )
    fewer = {hashtag_id for hashtag_id, _, amount in rows if amount < 0}
    if fewer:
        HashtagDay.objects.filter(hashtag__in=fewer, article_count__lte=0).delete()


def recount_activity(hashtag_ids: Collection[int]) -> None:
    """
    Count the days of hashtags anew, in a few statements however many links they have.

    The days of their aliases are theirs, so an alias has none. Call it in the transaction that
    changed what they mean, with `is_counted` as it should be.
    """
    if not hashtag_ids:
        return
    aliases = Hashtag.objects.filter(alias_of__in=hashtag_ids).values_list("pk", flat=True)
    stored_under = {*hashtag_ids, *aliases}
    HashtagDay.objects.filter(hashtag__in=stored_under).delete()
    # An alias among them has its days under what it means, which is not asked for here.
    meant = Q(hashtag__alias_of=None) | Q(hashtag__alias_of__in=hashtag_ids)
    links = ArticleHashtag.objects.filter(meant, hashtag__in=stored_under, is_counted=True)
    sql, params = links.by_day().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (hashtag_id, day, article_count) {sql}", params)


def wrong_activity() -> list[int]:
    """Name the hashtags whose days are not what a recount says."""
    links: ArticleHashtagQuerySet = ArticleHashtag.objects.visibly_shown()
    right = links.by_day()
    stored = HashtagDay.objects.order_by().values_list("hashtag", "day", "article_count")
    wrong = [*right.difference(stored), *stored.difference(right)]
    return sorted({row[0] for row in wrong})
