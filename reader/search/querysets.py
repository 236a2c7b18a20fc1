"""What is asked of the tables of this room, beside the index itself."""

# ruff: noqa: S608, S611  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from reader.articles.models import Article

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.accounts.models import User
    from reader.search.models import (  # noqa: F401
        CountedArticle,
        SavedSearch,
        SearchEntry,
        Word,
    )

LAST_CHARACTER = "\U0010ffff"


def begins_with(field: str, beginning: str) -> Q:
    """
    Narrow to what begins so, in a way that an index answers.

    PostgreSQL has one for LIKE beside every unique text. SQLite's LIKE knows no index, but there
    texts are in the order of their characters.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": beginning})
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + LAST_CHARACTER})


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def found_after(self, moment: datetime) -> SearchEntryQuerySet:
        """Keep what readers could first find after a moment."""
        return self.filter(found_at__gt=moment, found_at__lte=timezone.now())

    def lowest_places(self, moments: Sequence[datetime]) -> list[int | None]:
        """Find the lowest place of what came after each of some moments, in one statement."""
        # The sum keeps the database from walking up the places instead of the moments.
        part = (
            "SELECT {n} AS n, MIN(place + 0) FROM search_searchentry"
            " WHERE found_at > %s AND found_at <= %s"
        )
        parts = " UNION ALL ".join(part.format(n=n) for n in range(len(moments)))
        adapt = connection.ops.adapt_datetimefield_value
        now = timezone.now()
        params = [
            adapt(moment) for pair in ((moment, now) for moment in moments) for moment in pair
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"{parts} ORDER BY n", params)
            return [place for _, place in cursor.fetchall()]


class WordQuerySet(models.QuerySet["Word"]):
    def shared(self) -> WordQuerySet:
        """Keep words of more than one article: the rest are mostly somebody's mistakes."""
        return self.filter(article_count__gt=1)

    def beginning(self, letters: str) -> WordQuerySet:
        """Keep what letters may become, the commonest first."""
        return self.filter(begins_with("word", letters)).order_by("-article_count", "word")

    def unused(self) -> WordQuerySet:
        """Keep what no article has any more."""
        return self.filter(article_count__lte=0)

    def ready_for_errors(self, from_counts: Mapping[int, int]) -> WordQuerySet:
        """Keep words common enough for more errors in them to be forgiven than are so far."""
        ready = [Q(article_count__gte=n, errors_forgiven__lt=e) for e, n in from_counts.items()]
        return self.filter(reduce(or_, ready)).order_by("pk")

    def near(
        self, *, keys: Collection[int], tokens: Collection[str], words: Collection[str]
    ) -> WordQuerySet:
        """
        Find what misspellings lead to, what has one of the tokens, and what is written so.

        In one statement, each of its parts by an index.
        """
        marks = ", ".join(["%s"] * len(keys)) or "NULL"
        sql = f"SELECT word_id FROM search_misspelt WHERE key IN ({marks})"
        spelled = RawSQL(sql, tuple(keys))
        return (
            self.filter(pk__in=spelled)
            .union(self.filter(token__in=tokens), self.filter(word__in=words))
            .order_by()
        )


class CountedArticleQuerySet(models.QuerySet["CountedArticle"]):
    def due(self) -> CountedArticleQuerySet:
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")

    def of_closed(self, article_ids: Sequence[int]) -> CountedArticleQuerySet:
        """Keep what is in the counts although its gate is closed."""
        closed = Article.objects.filter(pk__in=article_ids, shown_from__isnull=True)
        return self.filter(article_id__in=closed.values("pk"), revision_number__gt=0, words="")

    def articles_without(self, *, after: int) -> models.QuerySet[Article, int]:
        """Number the articles with a gate that nobody has noted, upward."""
        known = self.filter(article_id=OuterRef("pk"))
        articles = Article.objects.filter(~Exists(known), pk__gt=after, shown_from__isnull=False)
        return articles.order_by("pk").values_list("pk", flat=True)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, person: User) -> SavedSearchQuerySet:
        return self.filter(person=person)

    def for_query(self, key: str) -> SavedSearchQuerySet:
        return self.filter(key=key)
