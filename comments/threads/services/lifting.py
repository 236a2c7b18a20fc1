"""How a reply lifts what it answers: `best` and `lifted_by`, carried up from what changed."""

from __future__ import annotations

from collections.abc import Iterable

from comments.threads.models import Comment
from comments.threads.ranking import REACH, Lifter, lifted, lifter

# What the walk upwards reads of each comment.
LIFT_FIELDS = ("parent_id", "status", "rank", "best", "lifted_by")


def carry_rank(comment: Comment) -> None:
    """Let a comment stand where its own rank puts it now, and what it answers follow."""
    best_reply = Comment.objects.best_lifter(comment.pk) if comment.reply_count else None
    if _stand(comment, best_reply) and comment.parent_id is not None:
        above = Comment.objects.above(comment, nearest=REACH).only(*LIFT_FIELDS)
        carry_lift(comment, reversed(above))


def carry_lift(comment: Comment, above: Iterable[Comment]) -> None:
    """
    Let what a comment answers, nearest first, stand where the comment lifts it now.

    Ends at the first that stays where it is. The caller holds the thread and has written the
    comment's row and every `in_tree`.
    """
    reply = comment
    for answered in above:
        if answered.lifted_by is None:
            # No other reply lifts it, so this one decides.
            best_reply = lifter(
                pk=reply.pk,
                best=reply.best,
                lifted_by=reply.lifted_by,
                is_published=reply.is_published,
            )
        else:
            best_reply = Comment.objects.best_lifter(answered.pk)
        if not _stand(answered, best_reply):
            break
        reply = answered


def _stand(comment: Comment, best_reply: Lifter | None) -> bool:
    best, lifted_by = lifted(comment.pk, comment.rank, best_reply)
    if (best, lifted_by) == (comment.best, comment.lifted_by):
        return False
    comment.best, comment.lifted_by = best, lifted_by
    Comment.objects.filter(pk=comment.pk).update(best=best, lifted_by=lifted_by)
    return True
