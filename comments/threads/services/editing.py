"""What authors do with their own comments: edit them, take them back."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.models import Comment, CommentRevision
from comments.threads.people import Writer
from comments.threads.refusals import CommentRefused
from comments.threads.render import RENDERER_VERSION, render_comment
from comments.threads.services.locking import lock_comment, mark_changed
from comments.threads.services.statuses import set_status
from comments.threads.typed import checked_text

Status = Comment.Status


def edit_comment(comment: Comment, *, text: str, by: Writer) -> Comment:
    """
    Change the words of one's own comment and keep the old ones as a revision.

    Where guests are held, a guest's edit is held as well: what was approved were other words. Raise
    CommentRefused.
    """
    text = checked_text(text)
    markup = render_comment(text)
    with transaction.atomic():
        thread, current = lock_comment(comment)
        _check_own(current, by)
        if not thread.is_open:
            raise CommentRefused(thread.closed_sentence, "closed")
        if text == current.body_src:
            return current
        CommentRevision.objects.create(
            comment=current,
            number=current.revision_no,
            body_src=current.body_src,
            body_html=current.body_html,
            written_at=current.edited_at or current.created_at,
        )
        current.body_src = text
        current.body_html = markup
        current.renderer_version = RENDERER_VERSION
        current.revision_no += 1
        current.edited_at = timezone.now()
        current.save(
            update_fields=["body_src", "body_html", "renderer_version", "revision_no", "edited_at"]
        )
        if current.author_id is None and settings.COMMENT_GUESTS == "held":
            set_status(thread, current, Status.HELD)
        else:
            mark_changed(thread)
    return current


def withdraw_comment(comment: Comment, *, by: Writer) -> Comment:
    """
    Take one's own comment back, for good; replies stay below a placeholder.

    Possible after comments have closed, too. Raise CommentRefused.
    """
    with transaction.atomic():
        thread, current = lock_comment(comment)
        _check_own(current, by)
        return set_status(thread, current, Status.WITHDRAWN)


def _check_own(comment: Comment, writer: Writer) -> None:
    if not writer.wrote(comment):
        raise CommentRefused(gettext("Only its author can change a comment."), "not_yours")
    if comment.status == Status.WITHDRAWN:
        raise CommentRefused(gettext("You have withdrawn this comment."), "gone")
    if comment.status == Status.REMOVED:
        raise CommentRefused(gettext("This comment was removed by a moderator."), "gone")
