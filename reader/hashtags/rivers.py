"""The articles of a hashtag, newest first, with those of what was merged into it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, Q, Subquery

from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.querysets import ArticleHashtagQuerySet
from reader.keyset import NEWEST_FIRST, Page, keyset_page, merged_keys, merged_page

FIELDS = ("-listed_at", "-article_id")
# However many names there are, each gives at least this part of a sample.
LEAST_SHARES = 10


def river_page(hashtag: Hashtag, *, after: str | None, size: int) -> Page[ArticleHashtag]:
    """Load a page of links with their articles; as quick on the last page as on the first."""
    shown = ArticleHashtag.objects.visibly_shown()
    if len(hashtag.link_ids) == 1:
        links = shown.filter(hashtag=hashtag).with_articles()
        return keyset_page(links, after=after, fields=FIELDS, size=size)
    return merged_page(
        shown,
        under=("hashtag", hashtag.link_ids),
        rows=ArticleHashtag.objects.with_articles(),
        after=after,
        fields=FIELDS,
        size=size,
    )


def articles_page(hashtag_ids: Sequence[int], *, after: str | None, size: int) -> Page[Article]:
    """Load a page of the articles whose links are stored under any of these, each article once."""
    return merged_page(
        ArticleHashtag.objects.visibly_shown(),
        under=("hashtag", hashtag_ids),
        rows=Article.objects.for_list(),
        after=after,
        fields=FIELDS,
        size=size,
        key="article_id",
        row_fields=NEWEST_FIRST,
    )


def newest_articles(hashtag: Hashtag, count: int) -> list[int]:
    """
    Return the keys of the newest articles in one query along indexes; some may be hidden.

    The gate is for the caller: here it would be asked for each row of every name that was merged
    into this. Of many names none gives more than its share three times over.
    """
    share = max(count // LEAST_SHARES, count * 3 // len(hashtag.link_ids))
    return merged_keys(
        ArticleHashtag.objects.filter(state=ArticleHashtag.State.SHOWN),
        under=("hashtag", hashtag.link_ids),
        after=None,
        fields=FIELDS,
        count=count,
        key="article_id",
        each=min(count, share),
    )


def links_around(article: Article, hashtag: Hashtag) -> ArticleHashtagQuerySet:
    """
    Give what stands right before and after an article, at most two links and in no order.

    One statement; two more where links are stored under several names, however many those are.
    """
    if len(hashtag.link_ids) == 1:
        newer, older = _steps(article, hashtag.pk)
        nearest = Q(pk=newer) | Q(pk=older)
    else:
        nearest = Q(pk__in=_nearest(article, hashtag.link_ids))
    found = ArticleHashtag.objects.filter(nearest).select_related("article__publisher")
    return found.defer(*heavy_fields_of("article"))


def _nearest(article: Article, names: Sequence[int]) -> list[int]:
    """Step to both sides under each name, and keep the nearest of all."""
    newer, older = _steps(article, OuterRef("pk"))
    ends = Hashtag.objects.filter(pk__in=names).order_by().values_list(newer, older)
    links = ArticleHashtag.objects.filter(pk__in={pk for row in ends for pk in row if pk})
    here = article.listed_at, article.pk
    places = sorted(links.values_list("listed_at", "article_id", "pk"))
    before = [pk for *place, pk in places if tuple(place) < here]
    after = [pk for *place, pk in places if tuple(place) > here]
    return [*before[-1:], *after[:1]]


def _steps(article: Article, name: int | OuterRef) -> tuple[Subquery, Subquery]:
    """Step to the next newer and the next older link, each by one look at the index."""
    at, number = article.listed_at, article.pk
    links = ArticleHashtag.objects.visibly_shown().filter(hashtag=name)
    newer = links.filter(
        Q(listed_at__gt=at) | Q(listed_at=at, article__gt=number), listed_at__gte=at
    )
    older = links.filter(
        Q(listed_at__lt=at) | Q(listed_at=at, article__lt=number), listed_at__lte=at
    )
    first = newer.order_by("listed_at", "article_id").values("pk")[:1]
    return Subquery(first), Subquery(older.newest_first().values("pk")[:1])
