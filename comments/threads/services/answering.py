"""Which comments have an answer by somebody whose answers the thread is about."""

from __future__ import annotations

from django.db import transaction

from comments.badges.models import Badge
from comments.threads.models import Comment
from comments.threads.services.locking import lock_thread, mark_changed


def carry_answer(comment: Comment) -> None:
    """
    Let the comment above know that it has this answer now, or has lost it.

    The caller holds the thread and has written the comment's row.
    """
    if comment.parent_id is None or comment.author_id is None:
        return
    guests = Badge.objects.guests_of(comment.article_id)
    if comment.author_id in guests:
        siblings = Comment.objects.filter(parent=comment.parent_id)
        is_answered = comment.is_published or siblings.published_by(guests).exists()
        Comment.objects.filter(pk=comment.parent_id).update(is_answered=is_answered)


@transaction.atomic
def refresh_answers(article_id: int) -> None:
    """Look afresh which comments are answered: whose answers count under this article changed."""
    thread = lock_thread(article_id)
    guests = Badge.objects.guests_of(article_id)
    comments = Comment.objects.filter(article=article_id)
    answered = comments.published_by(guests).exclude(parent=None).values("parent")
    changed = comments.filter(is_answered=True).exclude(pk__in=answered).update(is_answered=False)
    changed += comments.filter(is_answered=False, pk__in=answered).update(is_answered=True)
    if changed:
        mark_changed(thread)
