"""Every question about hashtags."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of
from reader.hashtags.meaning import meanings, names
from reader.hashtags.naming import fold

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.hashtags.models import (  # noqa: F401
        ArticleHashtag,
        Hashtag,
        HashtagChange,
        HashtagDay,
    )

# What a link means: the hashtag under which it is stored may be an alias by now.
MEANT = Coalesce("hashtag__alias_of", "hashtag")
# Which of two links of one article stands.
RANK = Case(
    When(source="editor", state="shown", then=Value(3)),
    When(state="rejected", then=Value(2)),
    When(state="shown", then=Value(1)),
    default=Value(0),
)


def rank_of(slugs: Sequence[str]) -> Case:
    """Order rows as their keys stand here."""
    ranks = [When(slug=slug, then=Value(rank)) for rank, slug in enumerate(slugs)]
    return Case(*ranks, default=Value(len(ranks)))


class HashtagQuerySet(models.QuerySet["Hashtag"]):
    def canonical(self) -> HashtagQuerySet:
        """Leave out aliases."""
        return self.filter(alias_of__isnull=True)

    def shown(self) -> HashtagQuerySet:
        """Keep what readers may be led to: no alias, not blocked, with articles."""
        return self.canonical().filter(is_blocked=False, article_count__gt=0)

    def known(self) -> HashtagQuerySet:
        """
        Keep what a stranger may hear of: an article that has it could be seen, now or once.

        Withdrawn articles leave it known. An alias is known when its name and what it means are.
        """
        now = timezone.now()
        meant_is_known = Q(alias_of__isnull=True) | Q(alias_of__known_from__lte=now)
        return self.filter(meant_is_known, known_from__lte=now)

    def unknown(self) -> HashtagQuerySet:
        """Keep those that had no visible article under their own name so far, nor were typed."""
        return self.filter(Q(known_from__isnull=True) | Q(known_from__gt=timezone.now()))

    def busiest_first(self) -> HashtagQuerySet:
        return self.order_by("-article_count", "slug")

    def first_from_each(self, starts: Collection[str]) -> set[str]:
        """Give the first shown spelling from each of these on, in one query of short walks."""
        steps = Q()
        for start in starts:
            first = self.shown().filter(slug__gte=start).order_by("slug")
            steps |= Q(pk=Subquery(first.values("pk")[:1]))
        return set(self.filter(steps).values_list("slug", flat=True)) if starts else set()

    def from_spelling(self, start: str) -> HashtagQuerySet:
        """Order by the alphabet, from a spelling on."""
        return self.filter(slug__gte=fold(start)).order_by("slug")

    def meant_by(self, word: str) -> HashtagQuerySet:
        """
        Find what a typed word stands for, the exact spelling first, aliases with their hashtag.

        Case, accents, plural and singular do not matter, and other names of the same thing do.
        """
        return self._first_of(meanings(fold(word)))

    def called(self, name: str) -> HashtagQuerySet:
        """Find what has this name, else what the name is another name of; no plurals."""
        return self._first_of(names(fold(name)))

    def _first_of(self, slugs: Sequence[str]) -> HashtagQuerySet:
        return (
            self.filter(slug__in=slugs)
            .exclude(slug="")
            .select_related("alias_of")
            .order_by(rank_of(slugs))
        )

    def with_name(self, name: str) -> HashtagQuerySet:
        """Find the one that has this name, whatever its case and accents."""
        return self.filter(slug=fold(name)).exclude(slug="").select_related("alias_of")

    def unused(self) -> HashtagQuerySet:
        """Keep those that nobody would miss: no reader could know them, and nothing names them."""
        relations = self.model._meta.related_objects
        nothing: dict[str, Any] = {relation.name: None for relation in relations}
        return self.canonical().filter(**nothing, known_from=None, description="", is_blocked=False)


class ArticleHashtagQuerySet(models.QuerySet["ArticleHashtag"]):
    def shown(self) -> ArticleHashtagQuerySet:
        return self.filter(state="shown", hashtag__is_blocked=False)

    def for_articles(self, article_ids: Collection[int]) -> ArticleHashtagQuerySet:
        """Load the hashtags that articles show, each article's in order."""
        return (
            self.shown()
            .filter(article__in=article_ids)
            .select_related("hashtag__alias_of")
            .order_by("article_id", "place", "pk")
        )

    def for_desk(self) -> ArticleHashtagQuerySet:
        """Load an article's hashtags as an editor sees them: waiting, shown, then rejected."""
        standing = self.standing().select_related("hashtag__alias_of")
        return standing.order_by("-state", "place", "pk")

    def standing(self) -> ArticleHashtagQuerySet:
        """Leave out what stands behind another link of the same article."""
        return self.exclude(state="doubled")

    def waiting(self) -> ArticleHashtagQuerySet:
        """Load what waits for an editor, the newest articles' first."""
        return (
            self.filter(state="waiting", hashtag__is_blocked=False)
            .select_related("hashtag__alias_of", "article__publisher")
            .defer(*heavy_fields_of("article"))
        )

    def of_hashtags(self, *hashtags: Hashtag) -> ArticleHashtagQuerySet:
        """Keep all links of hashtags, those that are stored under their aliases included."""
        return self.filter(hashtag__in=[pk for hashtag in hashtags for pk in hashtag.link_ids])

    def beaten_by(
        self, others: ArticleHashtagQuerySet, *, if_equal: bool
    ) -> ArticleHashtagQuerySet:
        """
        Keep the links that do not stand when their hashtag becomes one with that of `others`.

        What an editor added counts before what one rejected, and both before what was suggested.
        """
        better = {"article": OuterRef("article"), f"rank__gt{'e' * if_equal}": OuterRef("rank")}
        return self.annotate(rank=RANK).filter(Exists(others.annotate(rank=RANK).filter(**better)))

    def counts_by_hashtag(self) -> dict[int, int]:
        """Count by what they mean the links that belong into the counts."""
        rows = self.visibly_shown().order_by().values_list(MEANT).annotate(recount=Count("pk"))
        return dict(rows)

    def by_day(self) -> models.QuerySet[Any, Any]:
        """Count by what they mean and by day of the site: rows as HashtagDay has them."""
        day = TruncDate("listed_at", tzinfo=timezone.get_default_timezone())
        return self.order_by().values_list(MEANT, day).annotate(recount=Count("pk"))

    def with_articles(self) -> ArticleHashtagQuerySet:
        """Load all that a list shows of their articles."""
        return self.select_related("article__publisher", "article__section").defer(
            *heavy_fields_of("article")
        )

    def newest_first(self) -> ArticleHashtagQuerySet:
        return self.order_by("-listed_at", "-article_id")

    def beside(self, hashtag: Hashtag, *, among: list[int]) -> models.QuerySet[Any, Any]:
        """Count what hashtags some articles have besides: rows of `meant` with `together`."""
        return (
            self.shown()
            .filter(article__in=among)
            .exclude(hashtag__in=hashtag.link_ids)
            .order_by()
            .annotate(
                meant=MEANT,
                busy=Coalesce("hashtag__alias_of__article_count", "hashtag__article_count"),
            )
            .filter(busy__gt=0)
            .values("meant", "busy")
            .annotate(together=Count("pk"))
            .filter(together__gt=1)
        )

    def in_latest_articles(self, count: int) -> models.QuerySet[Any, Any]:
        """Count the hashtags of the newest `count` articles: rows of `meant` with `lately`."""
        latest = Article.objects.visible().newest_first().values("pk")[:count]
        return (
            self.shown()
            .filter(article__in=latest)
            .order_by()
            .annotate(
                meant=MEANT,
                busy=Coalesce("hashtag__alias_of__article_count", "hashtag__article_count"),
            )
            .values("meant", "busy")
            .annotate(lately=Count("pk"))
            .filter(lately__gt=1)
            .order_by("-lately", "-busy", "meant")
        )

    def visibly_shown(self) -> ArticleHashtagQuerySet:
        """Keep what belongs into the counts: shown, on an article that readers may see."""
        return self.filter(_on_visible_article(), state="shown")

    def not_visibly_shown(self) -> ArticleHashtagQuerySet:
        """
        Keep the rest.

        Not an exclude(): PostgreSQL would look for each link in a list of all the others.
        """
        return self.filter(~_on_visible_article() | ~Q(state="shown"))


def _on_visible_article() -> Exists:
    return Exists(Article.objects.visible().filter(pk=OuterRef("article_id")))


class HashtagChangeQuerySet(models.QuerySet["HashtagChange"]):
    def newest_first(self) -> HashtagChangeQuerySet:
        return self.order_by("-pk")

    def of_hashtag(self, hashtag: Hashtag) -> HashtagChangeQuerySet:
        return self.filter(hashtags=hashtag)

    def for_desk(self) -> HashtagChangeQuerySet:
        return self.select_related("made_by", "undone_by").newest_first()

    def after(self, change: HashtagChange) -> HashtagChangeQuerySet:
        """Keep the later changes of the same hashtags that still stand, the last one first."""
        touched = change.hashtags.values("pk")
        later = self.filter(pk__gt=change.pk, undone_at=None, hashtags__in=touched)
        return later.distinct().newest_first()


class HashtagDayQuerySet(models.QuerySet["HashtagDay"]):
    def between(self, first: date, last: date) -> HashtagDayQuerySet:
        """Keep the days from the first to the last, both included."""
        return self.filter(day__range=(first, last))

    def edges(self, *, until: date) -> tuple[date | None, date | None]:
        """
        Give the first and the last day with articles, no later than a day.

        Two steps along an index in one query: SQLite reads all rows for the least and the greatest.
        """
        days = self.filter(day__lte=until).values("day")
        first, last = days.order_by("day")[:1], days.order_by("-day")[:1]
        ends = self.order_by().values_list(Subquery(first), Subquery(last))[:1]
        return next(iter(ends), (None, None))

    def on_days(
        self, hashtag_ids: Collection[int], days: Collection[date]
    ) -> models.QuerySet[Any, Any]:
        """Load some days of some hashtags: hashtag, day and how many articles."""
        rows = self.filter(hashtag__in=hashtag_ids, day__in=days).order_by()
        return rows.values_list("hashtag", "day", "article_count")

    def totals(self, hashtag_ids: Collection[int]) -> dict[int, int]:
        """Add up the days of each of some hashtags."""
        rows = self.filter(hashtag__in=hashtag_ids).order_by().values_list("hashtag")
        return dict(rows.annotate(total=Sum("article_count")))

    def busy(self, *, least: int) -> models.QuerySet[Any, Any]:
        """Add up what readers may be led to: rows of `hashtag` with `recent`, the most first."""
        return (
            self.filter(hashtag__is_blocked=False)
            .order_by()
            .values("hashtag")
            .annotate(recent=Sum("article_count"))
            .filter(recent__gte=least)
            .order_by("-recent", "hashtag")
        )
