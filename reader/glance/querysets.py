"""Every question about key points."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.glance.models import KeyPoints  # noqa: F401


class KeyPointsQuerySet(models.QuerySet["KeyPoints"]):
    def for_articles(self, article_ids: Collection[int]) -> KeyPointsQuerySet:
        """Load the key points of articles, whether or not they still fit the texts."""
        return self.filter(article__in=article_ids)
