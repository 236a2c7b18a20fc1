"""Badges are given and taken here; whose answers count under an article follows at once."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.badges.models import Badge
from comments.badges.rules import tell_changed
from reader.accounts.models import User
from reader.articles.models import Article


@transaction.atomic
def grant_badge(badge: Badge, *, by: User) -> Badge:
    """Store a new badge and who gave it. Raise ValidationError for one that cannot be."""
    badge.granted_by, badge.granted_at = by, timezone.now()
    badge.full_clean()
    try:
        with transaction.atomic():
            badge.save(force_insert=True)
    except IntegrityError:
        badge.full_clean()  # says so in words when somebody has just given the same
        raise
    _tell(badge)
    return badge


@transaction.atomic
def reword_badge(badge: Badge, *, words: str) -> Badge:
    """Change what a badge says; for whom and where it holds is another badge's matter."""
    badge.words = words
    badge.full_clean()
    badge.save(update_fields=["words"])
    return badge


@transaction.atomic
def revoke_badge(badge: Badge) -> None:
    badge.delete()  # tell_of_deleted() hears of it


def revoke_lost_roles(action: str, **kwargs: Any) -> None:
    """Take the badge from moderators who are none any more; listens to Django's groups."""
    if action in {"post_remove", "post_clear"}:
        Badge.objects.of_former_moderators().delete()


def tell_of_deleted(instance: Badge, origin: object, **kwargs: Any) -> None:
    """Tell of badges that go by themselves, or with their person; listens to Django."""
    if origin is instance:
        _tell(instance)
    elif (article_id := instance.article_id) is not None:
        # Not here: whoever deletes a person holds rows that the listeners wait for.
        transaction.on_commit(lambda: _tell_if_there(article_id), robust=True)


def _tell_if_there(article_id: int) -> None:
    if Article.objects.filter(pk=article_id).exists():
        tell_changed(article_id)


def _tell(badge: Badge) -> None:
    if badge.article_id is not None:
        tell_changed(badge.article_id)
