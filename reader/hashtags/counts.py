"""How many visible articles each hashtag has: kept while things change, and counted anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from reader.hashtags.models import ArticleHashtag, Hashtag


def move_counts(moves: Mapping[int, int]) -> None:
    """Move each hashtag's count by so many; call it in the transaction that changed the links."""
    by_amount: dict[int, list[int]] = defaultdict(list)
    for hashtag_id, amount in moves.items():
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
    rows: Any = Hashtag.objects.miscounted()
    return {row.pk: (row.article_count, row.recount) for row in rows}


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
