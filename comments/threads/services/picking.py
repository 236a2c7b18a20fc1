"""What editors pick out of a thread, for those who read only the best."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from comments.threads.models import Comment
from comments.threads.refusals import CommentRefused
from comments.threads.services.locking import lock_comment, mark_changed


@transaction.atomic
def set_picked(comment: Comment, *, is_picked: bool) -> tuple[Comment, bool]:
    """
    Pick a public comment, or no longer; return it as stored, and whether that changed anything.

    Who may is for the caller to know. Raise CommentRefused.
    """
    thread, current = lock_comment(comment)
    if is_picked and not current.is_published:
        raise CommentRefused(gettext("This comment is no longer shown."), "gone")
    if current.is_picked == is_picked:
        return current, False
    current.is_picked = is_picked
    current.save(update_fields=["is_picked"])
    mark_changed(thread)
    return current, True
