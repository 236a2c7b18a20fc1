"""Every change to key points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from reader.articles.models import Article
from reader.glance.keypoints import pick_key_points
from reader.glance.models import KeyPoints, hash_of
from reader.glance.sentences import Span
from reader.stopwords import stopwords_for

# As many texts as are held in memory at once.
BATCH_SIZE = 500


def refresh_key_points(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """
    Make the key points of articles fit their texts as they are now, drafts included.

    A text takes one or two milliseconds, so an import waits for it.
    """
    for start in range(0, len(article_ids), BATCH_SIZE):
        _refresh_batch(article_ids[start : start + BATCH_SIZE])


def refresh_everywhere(*, again: bool = False, say: Callable[[str], None]) -> int:
    """Read the articles that were not read yet, or `again` all; return how many."""
    articles = Article.objects.all() if again else Article.objects.filter(key_points=None)
    ids = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH_SIZE):
        batch = ids[start : start + BATCH_SIZE]
        refresh_key_points(batch, bulk=True)
        say(f"{start + len(batch)} of {len(ids)} articles read")
    return len(ids)


@transaction.atomic
def _refresh_batch(article_ids: Sequence[int]) -> None:
    before = KeyPoints.objects.for_articles(article_ids).in_bulk()
    # Locked, so that a text read before an edit is not written after it.
    articles = (
        Article.objects.filter(pk__in=article_ids)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", "title", "body_text", "language")
    )
    now = timezone.now()
    found = [
        KeyPoints(
            article_id=pk,
            spans=[list(span) for span in _picked(text, title, language)],
            method=KeyPoints.Method.PICKED,
            content_hash=hash_of(text),
            made_at=now,
        )
        for pk, title, text, language in articles
    ]
    KeyPoints.objects.bulk_create(
        [points for points in found if not points.says_the_same_as(before.get(points.pk))],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["spans", "method", "content_hash", "made_at"],
    )


def _picked(text: str, title: str, language: str) -> list[Span]:
    return pick_key_points(text, title=title, stopwords=stopwords_for(language))
