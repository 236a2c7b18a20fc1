"""Every question about key points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from reader.articles.models import Article

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.glance.models import KeyPoints  # noqa: F401


class KeyPointsQuerySet(models.QuerySet["KeyPoints"]):
    def visible(self) -> KeyPointsQuerySet:
        """Keep those of articles that readers may see now."""
        return self.filter(article__in=Article.objects.visible())

    def for_export(self) -> KeyPointsQuerySet:
        """Load key points with the little that an export says of their articles, in one order."""
        return (
            self.select_related("article")
            .only(
                "spans",
                "content_hash",
                "article__record_id",
                "article__original_url",
                "article__body_text",
            )
            .order_by("article_id")
        )
