"""What authors do with the words of their own comments."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.models import Comment, CommentRevision, Thread
from comments.threads.people import Writer
from comments.threads.refusals import CommentRefused
from comments.threads.rules import has_history, tell_changed, tell_published, tell_unmentioned
from comments.threads.services.closing import check_open
from comments.threads.services.locking import lock_comment, mark_changed, read_thread
from comments.threads.services.statuses import set_status
from comments.threads.services.wording import WORDS_FIELDS, html_of, mentioned_by, set_words
from comments.threads.typed import checked_text

Status = Comment.Status

# This long after it was posted, a comment nobody has relied on yet changes without a trace.
GRACE = timedelta(minutes=3)


def edit_comment(comment: Comment, *, text: str, by: Writer) -> Comment:
    """
    Change the words of one's own comment and keep the old ones as a revision.

    Within the grace nothing is kept, but the revision counts up: whoever decides about the comment
    decides about the words they read. Where guests are held, a guest's edit is held as well: what
    was approved were other words. Raise CommentRefused.
    """
    text = checked_text(text)
    with transaction.atomic():
        thread, current = lock_comment(comment)
        check_edit(current, by, thread)
        if text == current.body_src:
            return current
        changed = [*WORDS_FIELDS, "revision_no"]
        now = timezone.now()
        if not _is_in_grace(current, now):
            _keep_revision(current)
            current.edited_at = now
            changed.append("edited_at")
        mentioned = mentioned_by(current)
        set_words(current, text)
        current.revision_no += 1
        current.save(update_fields=changed)
        now_mentioned = mentioned_by(current)
        if no_longer := mentioned - now_mentioned:
            tell_unmentioned(current, no_longer)
        if current.author_id is None and settings.COMMENT_GUESTS == "held":
            return set_status(thread, current, Status.HELD)
        mark_changed(thread)
        newly_mentioned = now_mentioned - mentioned
        if current.is_published and newly_mentioned:
            tell_published(current, newly_mentioned)
        if current.is_published:
            tell_changed([current.pk])
    return current


def preview_edit(comment: Comment, *, text: str, by: Writer) -> str:
    """Render words as an edit would show them; store nothing. Raise what the edit would."""
    text = checked_text(text)
    check_edit(comment, by, read_thread(comment.article_id))
    return html_of(comment.article, text)


def check_edit(comment: Comment, writer: Writer, thread: Thread) -> None:
    check_own(comment, writer)
    check_open(thread)


def check_own(comment: Comment, writer: Writer) -> None:
    if not writer.wrote(comment):
        raise CommentRefused(gettext("Only its author can change a comment."), "not_yours")
    if comment.status == Status.WITHDRAWN:
        raise CommentRefused(gettext("You have withdrawn this comment."), "gone")
    if comment.status == Status.REMOVED:
        raise CommentRefused(gettext("This comment was removed by a moderator."), "gone")


def _is_in_grace(comment: Comment, now: datetime) -> bool:
    return (
        now - comment.created_at < GRACE
        and comment.edited_at is None
        and not comment.replies.exists()
        and not comment.votes.exists()
        and not has_history(comment)
    )


def _keep_revision(comment: Comment) -> None:
    CommentRevision.objects.create(
        comment=comment,
        number=comment.revision_no,
        body_src=comment.body_src,
        body_html=comment.body_html,
        written_at=comment.edited_at or comment.created_at,
    )
