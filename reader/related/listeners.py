"""What this room does when articles change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from reader.articles.announcements import Progress
from reader.related.models import ArticleTerms
from reader.related.services import pin_imported, relate_waiting
from reader.related.services.storying import cluster_waiting
from reader.related.tasks import relate_changed


def note_changes(article_ids: Sequence[int], *, bulk: bool) -> None:
    """
    Remember that these articles wait, pin what was imported as related, and see to the rest soon.

    After an import relate_waiting() sees to it instead.
    """
    ArticleTerms.objects.filter(pk__in=article_ids).update(related_at=None)
    pin_imported(article_ids)
    if not bulk:
        transaction.on_commit(partial(relate_changed.enqueue, list(article_ids)))


def relate_imported(*, say: Progress) -> None:
    relate_waiting(say=say)


def cluster_imported(*, say: Progress) -> None:
    cluster_waiting(say=say)
