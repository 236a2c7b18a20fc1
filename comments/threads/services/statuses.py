"""How a comment passes from one status to another, with every count that depends on it."""

from __future__ import annotations

from django.db import transaction

from comments.threads.models import Comment, Thread
from comments.threads.refusals import CommentChanged
from comments.threads.rules import tell_changed, tell_published
from comments.threads.services.counting import move_counts
from comments.threads.services.locking import lock_comment, mark_changed
from comments.threads.services.wording import mentioned_by

Status = Comment.Status

# What may follow what. Withdrawn is final but for its author, who can undo it for a while.
NEXT = {
    Status.PUBLISHED: {Status.HELD, Status.WITHDRAWN, Status.REMOVED},
    Status.HELD: {Status.PUBLISHED, Status.WITHDRAWN, Status.REMOVED},
    Status.REMOVED: {Status.PUBLISHED},
    Status.WITHDRAWN: set(),
}


@transaction.atomic
def change_comment_status(
    comment: Comment, *, to: str, seen_revision: int | None = None
) -> Comment:
    """
    Move a comment to another status if it still is what the caller saw; return it as stored.

    Seen are the status of the instance given and, where it matters, the revision. Raise
    CommentChanged with the present row when either differs or the way there is not open.
    """
    thread, current = lock_comment(comment)
    seen = current.status == comment.status and seen_revision in (None, current.revision_no)
    if not seen or to not in NEXT[Status(current.status)]:
        raise CommentChanged(current)
    return set_status(thread, current, to)


def set_status(thread: Thread, comment: Comment, to: str) -> Comment:
    """Write a status and move the counts; the caller holds the thread and has judged the change."""
    was_published, was_in_tree = comment.is_published, comment.in_tree
    comment.status = to
    comment.in_tree = comment.belongs_in_tree()
    if comment.is_published and comment.arrival is None:
        comment.arrival = thread.last_arrival = thread.last_arrival + 1
    comment.save(update_fields=["status", "in_tree", "arrival"])
    by = comment.is_published - was_published
    if by:
        move_counts(comment, by=by, was_in_tree=was_in_tree)
    mark_changed(thread, last_arrival=thread.last_arrival)
    if comment.is_published and not was_published:
        tell_published(comment, mentioned_by(comment))
    if by:
        tell_changed([comment.pk])
    return comment
