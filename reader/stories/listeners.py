"""What this room does when articles change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from reader.stories.services.settling import note_places
from reader.stories.tasks import settle_changed


def note_changes(article_ids: Sequence[int], *, bulk: bool) -> None:
    """
    Move the articles to their new places in their stories; the rest soon, by itself.

    Readers need not wait for that: what they see of a story is asked of the gate. Articles about to
    be deleted are announced too, while their rows are there, so that their stories are known.
    """
    if story_ids := note_places(article_ids):
        transaction.on_commit(partial(settle_changed.enqueue, story_ids))
