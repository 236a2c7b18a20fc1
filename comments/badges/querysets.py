"""What is asked about badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from comments.badges.models import Badge  # noqa: F401  (types only)
    from reader.articles.models import Article


class BadgeQuerySet(models.QuerySet["Badge"]):
    def applying_to(self, article: Article) -> BadgeQuerySet:
        """Keep those shown under one article: its own, its publisher's, those for everywhere."""
        everywhere = Q(article__isnull=True, publisher__isnull=True)
        there = Q(article=article.pk) | everywhere
        if article.publisher_id is not None:
            there |= Q(publisher=article.publisher_id)
        return self.filter(there)

    def guests_of(self, article_id: int) -> set[int]:
        """Say whose answers one article's questions wait for, as numbers of people."""
        guests = self.filter(article=article_id, kind__in=["author", "expert"])
        return set(guests.values_list("person", flat=True))
