"""What a reader sees of an article at a glance."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q

from reader.articles.models import Article
from reader.glance.querysets import KeyPointsQuerySet
from reader.glance.sentences import Span


def hash_of(text: str) -> str:
    """Tell one text from another; places count in exactly the text they were found in."""
    return hashlib.sha256(text.encode()).hexdigest()


class KeyPoints(models.Model):
    """
    Where an article's most telling sentences stand.

    Places only: the words are read from the article when they are shown, so they are its own.
    """

    class Method(models.IntegerChoices):
        PICKED = 1, "Sentences picked from the text"

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="key_points"
    )
    # [[start, end], …] in code points of the article's body_text, in its order; empty when the
    # text was read and has no sentence worth showing.
    spans = models.JSONField(default=list)
    method = models.PositiveSmallIntegerField(choices=Method, default=Method.PICKED)
    # Of the body_text that was read. Another text there now makes the places worthless.
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = KeyPointsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "key points"
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=[1]), name="glance_keypoints_method_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Key points of article {self.article_id}"

    def spans_in(self, text: str) -> list[Span]:
        """Return the places if this is the text they were found in, else none."""
        return [(start, end) for start, end in self.spans] if self.fits(text) else []

    def fits(self, text: str) -> bool:
        return self.content_hash == hash_of(text)

    def says_the_same_as(self, other: KeyPoints | None) -> bool:
        """Tell whether nothing differs but the moment."""
        return other is not None and (self.spans, self.method, self.content_hash) == (
            other.spans,
            other.method,
            other.content_hash,
        )
