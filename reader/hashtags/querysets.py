"""Every question about hashtags."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of
from reader.hashtags.naming import fold, spellings

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.hashtags.models import ArticleHashtag, Hashtag  # noqa: F401


class HashtagQuerySet(models.QuerySet["Hashtag"]):
    def canonical(self) -> HashtagQuerySet:
        """Leave out aliases."""
        return self.filter(alias_of__isnull=True)

    def shown(self) -> HashtagQuerySet:
        """Keep what readers may be led to: no alias, not blocked, with articles."""
        return self.canonical().filter(is_blocked=False, article_count__gt=0)

    def busiest_first(self) -> HashtagQuerySet:
        return self.order_by("-article_count", "slug")

    def from_spelling(self, start: str) -> HashtagQuerySet:
        """Order by the alphabet, from a spelling on."""
        return self.filter(slug__gte=fold(start)).order_by("slug")

    def meant_by(self, word: str) -> HashtagQuerySet:
        """
        Find what a typed word stands for, the exact spelling first, aliases with their hashtag.

        Case, accents, plural and singular do not matter.
        """
        slugs = spellings(fold(word))
        ranks = [When(slug=slug, then=Value(rank)) for rank, slug in enumerate(slugs)]
        return (
            self.filter(slug__in=slugs)
            .exclude(slug="")
            .select_related("alias_of")
            .order_by(Case(*ranks, default=Value(len(ranks))))
        )

    def with_name(self, name: str) -> HashtagQuerySet:
        """Find the one that has this name, whatever its case and accents."""
        return self.filter(slug=fold(name)).exclude(slug="").select_related("alias_of")

    def with_recount(self) -> HashtagQuerySet:
        """Add `recount`: how many visible articles have the hashtag, counted anew."""
        counted = Q(
            article_links__state="shown", article_links__article__in=Article.objects.visible()
        )
        return self.annotate(recount=Count("article_links", filter=counted))

    def miscounted(self) -> HashtagQuerySet:
        """Keep those whose count is not what a recount says."""
        return self.with_recount().exclude(article_count=F("recount"))

    def unused(self) -> HashtagQuerySet:
        """Keep those that nobody would miss: no article, no alias, no word and no decision."""
        return self.canonical().filter(
            article_links=None, aliases=None, description="", is_blocked=False
        )


class ArticleHashtagQuerySet(models.QuerySet["ArticleHashtag"]):
    def shown(self) -> ArticleHashtagQuerySet:
        return self.filter(state="shown", hashtag__is_blocked=False)

    def for_articles(self, article_ids: Collection[int]) -> ArticleHashtagQuerySet:
        """Load the hashtags that articles show, each article's in order."""
        return (
            self.shown()
            .filter(article__in=article_ids)
            .select_related("hashtag")
            .order_by("article_id", "place", "pk")
        )

    def for_desk(self) -> ArticleHashtagQuerySet:
        """Load an article's hashtags as an editor sees them, the rejected ones last."""
        return self.select_related("hashtag").order_by("-state", "place", "pk")

    def river_of(self, hashtag: Hashtag) -> ArticleHashtagQuerySet:
        """
        Keep a hashtag's visible articles, with all that a list shows of them.

        Page it by `-listed_at` and `-article_id`: that is one walk along one index, and the gate is
        asked for each row of the page only.
        """
        return (
            self.visibly_shown()
            .filter(hashtag=hashtag)
            .select_related("article__publisher", "article__section")
            .defer(*heavy_fields_of("article"))
        )

    def around(self, article: Article, hashtag: Hashtag) -> ArticleHashtagQuerySet:
        """
        Load what stands right before and after an article in the river of a hashtag.

        Each is one step along the index of the river; the rows themselves are then got by key.
        """
        river = self.visibly_shown().filter(hashtag=hashtag)
        at, number = article.listed_at, article.pk
        newer = river.filter(
            Q(listed_at__gt=at) | Q(listed_at=at, article__gt=number), listed_at__gte=at
        ).order_by("listed_at", "article_id")
        older = river.filter(
            Q(listed_at__lt=at) | Q(listed_at=at, article__lt=number), listed_at__lte=at
        ).newest_first()
        return (
            self.filter(
                Q(pk=Subquery(newer.values("pk")[:1])) | Q(pk=Subquery(older.values("pk")[:1]))
            )
            .select_related("article__publisher")
            .defer(*heavy_fields_of("article"))
        )

    def newest_of(self, hashtag: Hashtag, count: int) -> ArticleHashtagQuerySet:
        shown = self.filter(hashtag=hashtag, state="shown", is_counted=True)
        return shown.newest_first()[:count]

    def newest_first(self) -> ArticleHashtagQuerySet:
        return self.order_by("-listed_at", "-article_id")

    def beside(self, hashtag: Hashtag, *, among: int) -> models.QuerySet[Any, Any]:
        """
        Count what hashtags the newest `among` articles have besides: rows with `together`.

        Looks at no more articles than that, so a busy hashtag costs what a quiet one does.
        """
        newest = self.newest_of(hashtag, among).values("article")
        return (
            self.shown()
            .filter(article__in=newest, hashtag__alias_of__isnull=True)
            .filter(hashtag__article_count__gt=0)
            .exclude(hashtag=hashtag)
            .values("hashtag", "hashtag__article_count")
            .annotate(together=Count("pk"))
            .filter(together__gt=1)
            .order_by()
        )

    def in_latest_articles(self, count: int) -> models.QuerySet[Any, Any]:
        """Count the hashtags of the newest `count` articles: rows with `lately`."""
        latest = Article.objects.visible().newest_first().values("pk")[:count]
        return (
            self.shown()
            .filter(article__in=latest)
            .values("hashtag")
            .annotate(lately=Count("pk"))
            .filter(lately__gt=1)
            .order_by("-lately", "-hashtag__article_count", "hashtag__slug")
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

    def decided_by_editor(self) -> ArticleHashtagQuerySet:
        """Keep what an editor added or rejected."""
        return self.filter(Q(source="editor") | Q(state="rejected"))

    def undecided(self) -> ArticleHashtagQuerySet:
        return self.exclude(Q(source="editor") | Q(state="rejected"))


def _on_visible_article() -> Exists:
    return Exists(Article.objects.visible().filter(pk=OuterRef("article_id")))
