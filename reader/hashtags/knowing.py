"""From when readers know of a hashtag: from the first of its articles that they could see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.querysets import MEANT, HashtagQuerySet

TABLE = Hashtag._meta.db_table
# SQLite takes 32,766 parameters a statement; these are written twice.
HASHTAGS_A_STATEMENT = 5_000


def settle_known(hashtag_ids: Collection[int]) -> None:
    """
    Make `known_from` fit the articles of hashtags that readers do not know yet.

    It is the earliest moment at which one of them opens, and that may be to come. Once it is past
    it stays, whatever becomes of the articles. Call it in the transaction that changed the links,
    with the rows locked; aliases have no articles and are left alone.
    """
    wanted = sorted(hashtag_ids)
    for start in range(0, len(wanted), HASHTAGS_A_STATEMENT):
        some = wanted[start : start + HASHTAGS_A_STATEMENT]
        _settle(Hashtag.objects.unknown().filter(pk__in=some))


def settle_all_known() -> None:
    _settle(Hashtag.objects.unknown())


def _settle(unknown: HashtagQuerySet) -> None:
    unknown = unknown.canonical()
    if not unknown.exists():
        return
    unknown.filter(known_from__isnull=False).update(known_from=None)
    # What a known one was merged into: no million links need be looked at for that.
    names = Hashtag.objects.filter(alias_of=OuterRef("pk"), known_from__lte=timezone.now())
    earliest = names.order_by("known_from").values("known_from")[:1]
    unknown.filter(Exists(names)).update(known_from=Subquery(earliest))
    sql, params = _openings(unknown).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found (meant, opens) AS ({sql}) UPDATE {TABLE} SET known_from = found.opens"  # noqa: S608
            f" FROM found WHERE found.meant = {TABLE}.id",
            params,
        )


def _openings(hashtags: HashtagQuerySet) -> QuerySet[Any, Any]:
    """Give with each hashtag the moment at which the first of its articles opens."""
    names = Hashtag.objects.filter(Q(pk__in=hashtags) | Q(alias_of__in=hashtags))
    links = ArticleHashtag.objects.filter(hashtag__in=names, state=ArticleHashtag.State.SHOWN)
    opening = links.filter(article__shown_from__isnull=False).order_by().values_list(MEANT)
    return opening.annotate(opens=Min("article__shown_from"))


def unsettled() -> list[int]:
    """Name the hashtags whose `known_from` is not what their articles say."""
    unknown = Hashtag.objects.canonical().unknown()
    right = dict(_openings(unknown))
    stored = unknown.values_list("pk", "known_from")
    return sorted(pk for pk, moment in stored if moment != right.get(pk))


def hand_on_known(hashtag_ids: Collection[int]) -> None:
    """Have aliases known where what they mean is, before they mean something else again."""
    meant = Hashtag.objects.filter(pk=OuterRef("alias_of"))
    aliases = Hashtag.objects.unknown().filter(pk__in=hashtag_ids)
    aliases.filter(alias_of__in=Hashtag.objects.canonical().known()).update(
        known_from=Subquery(meant.values("known_from"))
    )
