"""How many visible articles each hashtag has: kept while things change, and counted anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from reader.hashtags.activity import Moves, move_activity, recount_activity, wrong_activity
from reader.hashtags.knowing import settle_all_known, settle_known, unsettled
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagDay
from reader.hashtags.turns import alone

__all__ = [
    "Moves",
    "check_hashtags",
    "count_links",
    "move_counts",
    "recount_activity",
    "recount_hashtags",
    "wrong_activity",
    "wrong_counts",
]


def move_counts(moves: Mapping[tuple[int, date], int]) -> None:
    """
    Move hashtags' counts and days by so many; call it in the transaction that changed the links.

    What moves under an alias moves what it means. What moves by nothing is named because an article
    that nobody can see yet has it: then it is settled from when readers know of it.
    """
    if not moves:
        return
    aliases = Hashtag.objects.filter(pk__in={pk for pk, _ in moves}, alias_of__isnull=False)
    means = dict(aliases.values_list("pk", "alias_of"))
    by_day: Counter[tuple[int, date]] = Counter()
    amounts: Counter[int] = Counter()
    for (pk, day), amount in moves.items():
        meant = means.get(pk) or pk
        by_day[meant, day] += amount
        amounts[meant] += amount
    _lock_rows(amounts, means)
    settle_known({*amounts, *means})
    by_amount: dict[int, list[int]] = defaultdict(list)
    for hashtag_id, amount in amounts.items():
        if amount:
            by_amount[amount].append(hashtag_id)
    for amount, ids in by_amount.items():
        Hashtag.objects.filter(pk__in=ids).update(
            article_count=Greatest(F("article_count") + amount, Value(0))
        )
    move_activity(by_day)


def _lock_rows(amounts: Mapping[int, int], aliases: Iterable[int]) -> None:
    """
    Lock hashtags in one order, whoever asks, so that two changes never wait for each other.

    Aliases and those that move by nothing are left alone where nothing is to be settled.
    """
    moved = [pk for pk, amount in amounts.items() if amount]
    still = [*aliases, *(pk for pk, amount in amounts.items() if not amount)]
    to_settle = Q(pk__in=Hashtag.objects.unknown().filter(pk__in=still))
    rows = Hashtag.objects.select_for_update().filter(Q(pk__in=moved) | to_settle)
    list(rows.order_by("pk").values_list("pk"))


def wrong_counts() -> dict[int, tuple[int, int]]:
    """Compare every count with a recount: `{hashtag id: (stored, right)}` where they differ."""
    right = ArticleHashtag.objects.counts_by_hashtag()
    stored = Hashtag.objects.values_list("pk", "article_count").iterator()
    return {pk: (count, right.get(pk, 0)) for pk, count in stored if count != right.get(pk, 0)}


def count_links(*hashtags: Hashtag) -> None:
    """Count anew what hashtags have; call it alone, with rows that are as they are stored."""
    ids = [hashtag.pk for hashtag in hashtags]
    settle_known(ids)
    recount_activity(ids)
    counts = HashtagDay.objects.totals(ids)
    for hashtag in hashtags:
        count = counts.get(hashtag.pk, 0)
        if count != hashtag.article_count:
            hashtag.article_count = count
            hashtag.save(update_fields=["article_count"])


@transaction.atomic
def recount_hashtags() -> int:
    """Set every count and every day to what a recount says; return how many counts were wrong."""
    links = ArticleHashtag.objects
    links.visibly_shown().filter(is_counted=False).update(is_counted=True)
    links.not_visibly_shown().filter(is_counted=True).update(is_counted=False)
    wrong = wrong_counts()
    by_number: dict[int, list[int]] = defaultdict(list)
    for hashtag_id, (_stored, right) in wrong.items():
        by_number[right].append(hashtag_id)
    for right, ids in by_number.items():
        Hashtag.objects.filter(pk__in=ids).update(article_count=right)
    recount_activity(wrong_activity())
    settle_all_known()
    return len(wrong)


def check_hashtags(*, repair: bool) -> Iterator[str]:
    """Say one sentence for each hashtag whose count or days are wrong; mend them where asked."""
    wrong, days, unknown = wrong_counts(), wrong_activity(), unsettled()
    named = Hashtag.objects.in_bulk({*wrong, *days, *unknown})
    if repair and named:
        # Nobody writes a link meanwhile that the recount has not seen.
        alone(recount_hashtags)()
    for pk, (stored, right) in wrong.items():
        yield f"{named[pk]}: {stored} articles stored, {right} counted"
    for pk in days:
        yield f"{named[pk]}: its articles by day are not what was counted"
    for pk in unknown:
        yield f"{named[pk]}: from when readers know of it is not what its articles say"
