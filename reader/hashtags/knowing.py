"""From when readers know of a hashtag: from the first of its articles that they could see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import F, Min, Q, QuerySet
from django.db.models.expressions import Combinable
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
    it stays, whatever becomes of the articles. What is stored under an alias makes both known.
    Call it in the transaction that changed the links, with the rows locked.
    """
    wanted = sorted(hashtag_ids)
    for start in range(0, len(wanted), HASHTAGS_A_STATEMENT):
        some = wanted[start : start + HASHTAGS_A_STATEMENT]
        _settle(Hashtag.objects.unknown().filter(pk__in=some))


def settle_all_known() -> None:
    _settle(Hashtag.objects.unknown())


def _settle(unknown: HashtagQuerySet) -> None:
    if not unknown.exists():
        return
    unknown.filter(known_from__isnull=False).update(known_from=None)
    for openings in (_openings(unknown), _openings_of_aliases(unknown)):
        sql, params = openings.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH found (pk, opens) AS ({sql}) UPDATE {TABLE} SET known_from = found.opens"  # noqa: S608
                f" FROM found WHERE found.pk = {TABLE}.id",
                params,
            )


def _openings(hashtags: HashtagQuerySet) -> QuerySet[Any, Any]:
    """Give with each that is no alias the moment at which the first of its articles opens."""
    meant = hashtags.canonical()
    return _opening(Hashtag.objects.filter(Q(pk__in=meant) | Q(alias_of__in=meant)), MEANT)


def _openings_of_aliases(hashtags: HashtagQuerySet) -> QuerySet[Any, Any]:
    """Give the same of aliases, for the articles that are stored under their own name."""
    return _opening(hashtags.filter(alias_of__isnull=False), F("hashtag"))


def _opening(names: HashtagQuerySet, by: Combinable) -> QuerySet[Any, Any]:
    links = ArticleHashtag.objects.filter(hashtag__in=names, state=ArticleHashtag.State.SHOWN)
    opening = links.filter(article__shown_from__isnull=False).order_by().values_list(by)
    return opening.annotate(opens=Min("article__shown_from"))


def unsettled() -> list[int]:
    """Name the hashtags whose `known_from` is not what their articles say."""
    unknown = Hashtag.objects.unknown()
    right = {**dict(_openings(unknown)), **dict(_openings_of_aliases(unknown))}
    stored = unknown.values_list("pk", "known_from")
    return sorted(pk for pk, moment in stored if moment != right.get(pk))


def make_known(hashtag: Hashtag) -> None:
    """Have readers know of a hashtag from now on, unless they do: it stands for one they know."""
    Hashtag.objects.unknown().filter(pk=hashtag.pk).update(known_from=timezone.now())
