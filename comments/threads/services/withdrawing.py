"""How authors take comments back: at once, for a while with a way back, then without a trace."""

from __future__ import annotations

from datetime import datetime, timedelta

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
    Refused when the author has said the same again meanwhile. Raise CommentRefused.
    """
    with transaction.atomic():
        thread, current = lock_comment(comment)
        _check_undo(current, by)
        if current.status != Status.WITHDRAWN:
            return current
        is_held_guest = current.author_id is None and settings.COMMENT_GUESTS == "held"
        to = Status.HELD if is_held_guest else current.withdrawn_from or Status.PUBLISHED
        current.erase_at, current.withdrawn_from = None, ""
        current.save(update_fields=["erase_at", "withdrawn_from"])
        return set_status(thread, current, to)


def _check_undo(comment: Comment, writer: Writer) -> None:
    is_withdrawn, due = comment.status == Status.WITHDRAWN, comment.erase_at
    # Whose it was is erased as well.
    if is_withdrawn and due is None:
        raise CommentRefused(gettext("It is too late: the comment is erased."), "gone")
    if not writer.wrote(comment):
        raise CommentRefused(gettext("Only its author can change a comment."), "not_yours")
    if comment.status == Status.REMOVED:
        raise CommentRefused(gettext("This comment was removed by a moderator."), "gone")
    if not is_withdrawn or due is None:
        return
    if due <= timezone.now():
        raise CommentRefused(gettext("It is too late: the comment is erased."), "gone")
    if Comment.objects.said_again(comment).filter(created_at__gte=due - UNDO_FOR).exists():
        raise CommentRefused(gettext("You have posted the same words again meanwhile."), "twin")


def erase_withdrawn() -> int:
    """
    Erase what was withdrawn and is due: words, earlier words, a guest's name and key; count it.

    The place stays, and so do the replies. Each comment is a transaction of its own.
    """
    now, erased = timezone.now(), 0
    due = Comment.objects.to_erase(now).only("pk", "article_id")
    while batch := list(due[:ERASED_AT_ONCE]):
        erased += sum(_erase(comment, now) for comment in batch)
    return erased


@transaction.atomic
def _erase(comment: Comment, now: datetime) -> bool:
    _, current = lock_comment(comment)
    if current.erase_at is None or current.erase_at > now:  # undone meanwhile
        return False
    current.revisions.all().delete()
    erased = ("body_src", "body_html", "guest_name", "guest_key_hash", "withdrawn_from")
    for name in erased:
        setattr(current, name, "")
    current.erase_at = None
    current.save(update_fields=[*erased, "erase_at"])
    return True
