"""Votes: one per reader and comment, counted in the transaction that casts them."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.models import Comment, Vote
from comments.threads.people import Writer
from comments.threads.querysets import CommentQuerySet
from comments.threads.rank_sql import rank_in_sql
from comments.threads.refusals import CommentRefused
from comments.threads.services.closing import check_open
from comments.threads.services.lifting import carry_rank
from comments.threads.services.locking import lock_comment, mark_changed
from reader.accounts.models import User


@transaction.atomic
def vote_comment(comment: Comment, *, by: Writer, value: int) -> Comment:
    """
    Vote for (1) or against (-1) a comment, or take the vote back (0); return it as stored.

    Only people with an account vote; nobody does on what they wrote as a guest in the same browser.
    Counts and rank move in one statement, which reads what it adds to. Raise CommentRefused.
    """
    voter = by.user
    if voter is None:
        raise ValueError("a guest has no vote")
    if value not in (-1, 0, 1):
        raise ValueError(f"{value!r} is no vote")
    thread, current = lock_comment(comment)
    if value < 0 and settings.COMMENT_VOTES == "up":
        raise CommentRefused(gettext("Here you can vote for a comment, not against it."), "up_only")
    if by.wrote(current):
        raise CommentRefused(gettext("You cannot vote on your own comment."), "own")
    if not current.is_published:
        raise CommentRefused(gettext("This comment can no longer be voted on."), "gone")
    check_open(thread)

    vote = Vote.objects.filter(comment=current, voter=voter).first()
    before = vote.value if vote else 0
    if before == value:
        return current
    if vote is None:
        Vote.objects.create(comment=current, voter=voter, value=value)
    elif value == 0:
        vote.delete()
    else:
        Vote.objects.filter(pk=vote.pk).update(value=value, voted_at=timezone.now())
    _move_vote(current, before=before, to=value)
    mark_changed(thread)
    return current


def take_votes_back(comments: CommentQuerySet, *, voter: User) -> None:
    """Take back what one reader voted on these comments of a thread; the caller holds it."""
    votes = Vote.objects.filter(voter=voter, comment__in=comments)
    for vote in votes.select_related("comment"):
        vote.delete()
        _move_vote(vote.comment, before=vote.value, to=0)


def _move_vote(comment: Comment, *, before: int, to: int) -> None:
    """Count one vote that was `before`; the caller holds the thread."""
    up = F("up") + ((to == 1) - (before == 1))
    down = F("down") + ((to == -1) - (before == -1))
    rank = rank_in_sql(up, down, imported_score=comment.imported_score)
    Comment.objects.filter(pk=comment.pk).update(up=up, down=down, rank=rank)
    comment.refresh_from_db(fields=["up", "down", "rank", "best", "lifted_by"])
    carry_rank(comment)
