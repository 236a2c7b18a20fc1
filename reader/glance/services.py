"""Every change to key points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from reader.articles.models import Article
from reader.glance.keypoints import pick_key_points
from reader.glance.models import KeyPoints, hash_of
from reader.stopwords import stopwords_for

# As many texts as are held in memory at once.
BATCH_SIZE = 500
READ_FIELDS = ("spans", "method", "content_hash", "made_at")


def refresh_key_points(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """
    Make the key points of articles fit their texts as they are now, drafts included.

    Reading a text takes about a millisecond, so an import can wait for it.
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
    # Locked, so that a text read before an edit is not written after it.
    articles = (
        Article.objects.filter(pk__in=article_ids)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", "title", "body_text", "language")
    )
    now = timezone.now()
    KeyPoints.objects.bulk_create(
        (
            KeyPoints(
                article_id=pk,
                spans=pick_key_points(text, title=title, stopwords=stopwords_for(language)),
                method=KeyPoints.Method.EXTRACTED,
                content_hash=hash_of(text),
                made_at=now,
            )
            for pk, title, text, language in articles
        ),
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=READ_FIELDS,
    )
