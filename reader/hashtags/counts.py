"""How many visible articles each hashtag has: kept while things change, and counted anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from reader.hashtags.models import ArticleHashtag, Hashtag


def move_counts(moves: Mapping[int, int]) -> None:
    """
    Move each hashtag's count by so many; call it in the transaction that changed the links.

    What moves under an alias moves the count of what it means.
    """
    moved = [hashtag_id for hashtag_id, amount in moves.items() if amount]
    if not moved:
        return
    aliases = Hashtag.objects.filter(pk__in=moved, alias_of__isnull=False)
    means = dict(aliases.values_list("pk", "alias_of"))
    amounts: Counter[int] = Counter()
    for hashtag_id in moved:
        amounts[means.get(hashtag_id) or hashtag_id] += moves[hashtag_id]
    by_amount: dict[int, list[int]] = defaultdict(list)
    for hashtag_id, amount in amounts.items():
        if amount:
            by_amount[amount].append(hashtag_id)
    if not by_amount:
        return
    _lock_rows([hashtag_id for ids in by_amount.values() for hashtag_id in ids])
    for amount, ids in by_amount.items():
        Hashtag.objects.filter(pk__in=ids).update(
            article_count=Greatest(F("article_count") + amount, Value(0))
        )


def _lock_rows(hashtag_ids: Sequence[int]) -> None:
    """Lock hashtags in one order, whoever asks, so that two changes never wait for each other."""
    rows = Hashtag.objects.select_for_update().filter(pk__in=hashtag_ids).order_by("pk")
    list(rows.values_list("pk"))


def wrong_counts() -> dict[int, tuple[int, int]]:
    """Compare every count with a recount: `{hashtag id: (stored, right)}` where they differ."""
    right = ArticleHashtag.objects.counts_by_hashtag()
    stored = Hashtag.objects.values_list("pk", "article_count").iterator()
    return {pk: (count, right.get(pk, 0)) for pk, count in stored if count != right.get(pk, 0)}


def count_links(*hashtags: Hashtag) -> None:
    """Count anew what hashtags have; call it alone, with rows that are as they are stored."""
    for hashtag in hashtags:
        links = ArticleHashtag.objects.of_hashtags(hashtag)
        count = 0 if hashtag.alias_of_id else links.filter(is_counted=True).count()
        if count != hashtag.article_count:
            hashtag.article_count = count
            hashtag.save(update_fields=["article_count"])


@transaction.atomic
def recount_hashtags() -> int:
    """Set every count to what a recount says; return how many were wrong."""
    links = ArticleHashtag.objects
    links.visibly_shown().filter(is_counted=False).update(is_counted=True)
    links.not_visibly_shown().filter(is_counted=True).update(is_counted=False)
    wrong = wrong_counts()
    by_number: dict[int, list[int]] = defaultdict(list)
    for hashtag_id, (_stored, right) in wrong.items():
        by_number[right].append(hashtag_id)
    for right, ids in by_number.items():
        Hashtag.objects.filter(pk__in=ids).update(article_count=right)
    return len(wrong)
