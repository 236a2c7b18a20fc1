"""What a comment said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from comments.threads.models import Comment


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    body_src: str
    body_html: str
    written_at: datetime
    is_current: bool


def load_history(comment_id: int) -> list[Revision]:
    """
    Tell what a public comment said from its first words to now, oldest first.

    Raise Comment.DoesNotExist unless everybody may read it.
    """
    comment = Comment.objects.public().get(pk=comment_id)
    history = [
        Revision(old.number, old.body_src, old.body_html, old.written_at, is_current=False)
        for old in comment.revisions.order_by("number")
    ]
    now = Revision(
        comment.revision_no,
        comment.body_src,
        comment.body_html,
        comment.edited_at or comment.created_at,
        is_current=True,
    )
    return [*history, now]
