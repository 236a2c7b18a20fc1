"""How authors take comments back: at once, for a while with a way back, then without a trace."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.refusals import CommentRefused
from comments.threads.services.editing import check_own
from comments.threads.services.locking import lock_comment
from comments.threads.services.statuses import set_status

Status = Comment.Status

# How long the author can think better of it; until then nobody else sees the words.
UNDO_FOR = timedelta(minutes=30)
ERASED_AT_ONCE = 200


def withdraw_comment(comment: Comment, *, by: Writer) -> Comment:
    """
    Take one's own comment back; replies stay below a placeholder.

    It can be undone for a while, and is erased afterwards. Possible after comments have closed,
    too. Raise CommentRefused.
    """
    with transaction.atomic():
        thread, current = lock_comment(comment)
        check_own(current, by)
        current.withdrawn_from = current.status
        set_status(thread, current, Status.WITHDRAWN)
        current.erase_at = timezone.now() + UNDO_FOR
        current.save(update_fields=["withdrawn_from", "erase_at"])
    return current


def undo_withdrawal(comment: Comment, *, by: Writer) -> Comment:
    """
    Put back what its author has withdrawn, as it was, while it is not erased.

    What waited for a moderator waits again, and where guests are held, so does every guest's.
    Raise CommentRefused.
    """
    with transaction.atomic():
        thread, current = lock_comment(comment)
        if not by.wrote(current):
            raise CommentRefused(gettext("Only its author can change a comment."), "not_yours")
        if current.status != Status.WITHDRAWN:
            return current
        if current.erase_at is None or current.erase_at <= timezone.now():
            raise CommentRefused(gettext("It is too late: the comment is erased."), "gone")
        is_held_guest = current.author_id is None and settings.COMMENT_GUESTS == "held"
        to = Status.HELD if is_held_guest else current.withdrawn_from or Status.PUBLISHED
        current.erase_at, current.withdrawn_from = None, ""
        current.save(update_fields=["erase_at", "withdrawn_from"])
        return set_status(thread, current, to)


def erase_withdrawn() -> int:
    """
    Erase what was withdrawn and is due: words, earlier words, a guest's name. Return how many.

    The place stays, and so do the replies.
    """
    now, erased = timezone.now(), 0
    for comment in Comment.objects.to_erase(now).only("pk", "article_id")[:ERASED_AT_ONCE]:
        erased += _erase(comment)
    return erased


@transaction.atomic
def _erase(comment: Comment) -> bool:
    _, current = lock_comment(comment)
    if current.erase_at is None or current.erase_at > timezone.now():  # undone meanwhile
        return False
    current.revisions.all().delete()
    current.body_src = current.body_html = current.guest_name = current.withdrawn_from = ""
    current.erase_at = None
    current.save(
        update_fields=["body_src", "body_html", "guest_name", "withdrawn_from", "erase_at"]
    )
    return True
