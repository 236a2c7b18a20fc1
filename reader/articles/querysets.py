"""Every question about publishers and articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils import timezone

from reader.articles.records import SAMPLE_SOURCE

if TYPE_CHECKING:
    from reader.accounts.models import User

    # Named in quotes below: the models import this module.
    from reader.articles.models import (  # noqa: F401
        Article,
        ArticleRevision,
        Publisher,
        Section,
    )

# So many of the newest articles tell which sections are busy.
LATELY = 500
# Lists show the excerpt, never the whole text.
HEAVY_FIELDS = ("body_html", "body_text", "record_extra", "keywords")
# How a key of ours is spelt, no longer than a database can hold.
OWN_KEY = re.compile(r"[1-9][0-9]{0,17}")


def heavy_fields_of(relation: str) -> list[str]:
    """Name what to defer where articles come along by a relation: `comment__article`."""
    return [f"{relation}__{name}" for name in HEAVY_FIELDS]


class PublisherQuerySet(models.QuerySet["Publisher"]):
    def by_name(self) -> PublisherQuerySet:
        return self.order_by("name")

    def known(self) -> PublisherQuerySet:
        """
        Keep those of which readers may see an article, or could until it was withdrawn.

        The others are named nowhere: drafts and embargoes are nobody's business. Each costs a look
        into the index of its articles, which ends at the first that is visible.
        """
        return self.filter(Exists(self._articles().seen()))

    def with_page(self) -> PublisherQuerySet:
        """Keep the known ones and those without any article, made at the desk or bereft."""
        articles = self._articles()
        return self.filter(Exists(articles.seen()) | ~Exists(articles))

    def _articles(self) -> ArticleQuerySet:
        articles = self.model.articles.rel.related_model.objects  # type: ignore[attr-defined]
        return articles.filter(publisher=OuterRef("pk"))


class ArticleQuerySet(models.QuerySet["Article"]):
    """What the site asks about articles. Each method narrows, orders or adds."""

    def visible(self) -> ArticleQuerySet:
        """
        Keep what readers may see now: published, schedule reached, embargo over, not withdrawn.

        The one gate. Every page, feed, sitemap, search, related list and export goes through it.
        """
        return self.filter(shown_from__lte=timezone.now())

    def seen(self) -> ArticleQuerySet:
        """Keep what readers may see now, or could until it was withdrawn; never to be shown."""
        return self.filter(Q(shown_from__lte=timezone.now()) | Q(status="withdrawn"))

    def hidden(self) -> ArticleQuerySet:
        """
        Keep all others: the opposite of visible().

        Says of each status what the constraints know, so that one index has the answer and nobody
        looks at the many that are visible.
        """
        return self.filter(
            Q(status__in=["draft", "withdrawn"])
            | Q(status__in=["scheduled", "published"], shown_from__gt=timezone.now())
        )

    def waiting(self) -> ArticleQuerySet:
        """Keep what the clock alone hides: of hidden(), what opens by itself at its moment."""
        return self.filter(shown_from__gt=timezone.now())

    def closed(self) -> ArticleQuerySet:
        """Keep the rest of hidden(), drafts and withdrawn articles, what is dated last first."""
        closed = self.filter(shown_from__isnull=True)
        # The first says nothing, but it is where the index begins.
        return closed.order_by("-shown_from", "-listed_at", "-id")

    def for_crawlers(self) -> ArticleQuerySet:
        """Keep the visible ones that search engines may list; see NOINDEX_REPUBLISHED."""
        visible = self.visible()
        return visible.filter(original_url="") if settings.NOINDEX_REPUBLISHED else visible

    def published_since(self, moment: datetime) -> ArticleQuerySet:
        """Keep what its publisher dated then or later; what came without a date has none."""
        return self.filter(listed_at__gte=moment, published_at__isnull=False)

    def due(self) -> ArticleQuerySet:
        """Keep scheduled articles whose moment has come; readers see them already."""
        return self.filter(status="scheduled", shown_from__lte=timezone.now())

    def drafts_of(self, user: User) -> ArticleQuerySet:
        """Keep drafts that `user` began: all that an author may see at the desk."""
        return self.filter(status="draft", revisions__number=1, revisions__made_by=user)

    def newest_first(self) -> ArticleQuerySet:
        """Order by place in the river; the key breaks ties, so paging shows no row twice."""
        return self.order_by("-listed_at", "-id")

    def most_discussed(self) -> ArticleQuerySet:
        return self.filter(comment_count__gt=0).order_by("-comment_count", "-listed_at", "-id")

    def for_list(self) -> ArticleQuerySet:
        """Load what `articles/_article_item.html` shows, without the texts."""
        return self.select_related("publisher", "section").defer(*HEAVY_FIELDS)

    def for_page(self) -> ArticleQuerySet:
        return self.select_related("publisher", "section")

    def known_as(self, record_id: Any) -> ArticleQuerySet:
        return self.filter(record_id=record_id)

    def written_here(self, public_ids: Iterable[str]) -> ArticleQuerySet:
        """Keep the articles that exports call so and no import brought."""
        keys = [int(name) for name in public_ids if OWN_KEY.fullmatch(name)]
        return self.filter(record_id=None, pk__in=keys)

    def from_sample(self) -> ArticleQuerySet:
        """Keep the invented articles of the sample edition."""
        return self.filter(source=SAMPLE_SOURCE)

    def besides(self, articles: Iterable[Article]) -> ArticleQuerySet:
        """Leave out those that the page shows already."""
        return self.exclude(pk__in=[article.pk for article in articles])

    def in_blocks(self, sections: Iterable[Section], *, size: int) -> ArticleQuerySet:
        """Keep the newest `size` of each section, in one statement."""
        wanted = Q(pk__in=[])
        for section in sections:
            newest = self.filter(section=section).newest_first().values("pk")[:size]
            wanted |= Q(pk__in=newest)
        return self.filter(wanted)

    def latest(self, count: int) -> ArticleQuerySet:
        """Load the newest few for a list, such as the one on an error page."""
        return self.visible().for_list().newest_first()[:count]


class SectionQuerySet(models.QuerySet["Section"]):
    def for_masthead(self, count: int) -> SectionQuerySet:
        """
        Choose `count` sections: in the order editors gave them, then the busiest of late.

        Looks at the newest articles only, so its two queries cost the same on a site of any size.
        """
        articles = self.model.articles.rel.related_model.objects  # type: ignore[attr-defined]
        latest = articles.visible().newest_first().values("pk")[:LATELY]
        busy = (
            articles.filter(pk__in=latest, section__isnull=False)
            .values_list("section")
            .annotate(articles=Count("pk"))
            .order_by("-articles", "section")[:count]
        )
        ranks = [When(pk=pk, then=rank) for rank, (pk, _) in enumerate(busy)]
        # Without ranks the case would be a bare number, which PostgreSQL takes for a column's.
        by_rank = [Case(*ranks, default=len(ranks))] if ranks else []
        return self.order_by(F("place").asc(nulls_last=True), *by_rank, "name")[:count]


class RevisionQuerySet(models.QuerySet["ArticleRevision"]):
    def newest_first(self) -> RevisionQuerySet:
        return self.select_related("made_by").order_by("-number")
