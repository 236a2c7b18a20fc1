"""
Every change to a thread and its comments.

Each service takes the thread's row first (locking.py), moves the counts in the same transaction and
raises CommentRefused, whose message is written for the person who tried.
"""

from comments.threads.refusals import CommentChanged, CommentRefused
from comments.threads.services.answering import refresh_answers
from comments.threads.services.claiming import claim_comments
from comments.threads.services.closing import close_thread, open_thread, set_thread_mode
from comments.threads.services.editing import edit_comment, preview_edit
from comments.threads.services.footprints import (
    KEPT_SECONDS,
    forget_footprints,
    leave_footprint,
)
from comments.threads.services.locking import lock_comment, lock_threads
from comments.threads.services.pacing import report_wait
from comments.threads.services.picking import set_picked
from comments.threads.services.posting import PostedComment, post_comment, preview_comment
from comments.threads.services.statuses import change_comment_status
from comments.threads.services.visiting import mark_read, visit_thread
from comments.threads.services.voting import vote_comment
from comments.threads.services.withdrawing import (
    erase_withdrawn,
    undo_withdrawal,
    withdraw_comment,
)
from comments.threads.typed import TEXT_MAX_LENGTH

__all__ = [
    "KEPT_SECONDS",
    "TEXT_MAX_LENGTH",
    "CommentChanged",
    "CommentRefused",
    "PostedComment",
    "change_comment_status",
    "claim_comments",
    "close_thread",
    "edit_comment",
    "erase_withdrawn",
    "forget_footprints",
    "leave_footprint",
    "lock_comment",
    "lock_threads",
    "mark_read",
    "open_thread",
    "post_comment",
    "preview_comment",
    "preview_edit",
    "refresh_answers",
    "report_wait",
    "set_picked",
    "set_thread_mode",
    "undo_withdrawal",
    "visit_thread",
    "vote_comment",
    "withdraw_comment",
]
