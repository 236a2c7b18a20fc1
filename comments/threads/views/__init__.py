from comments.threads.views.arrivals import thread_arrivals, thread_version
from comments.threads.views.comments import (
    comment_delete,
    comment_detail,
    comment_edit,
    comment_history,
    comment_restore,
    comment_vote,
)
from comments.threads.views.guests import guest_comments
from comments.threads.views.marks import comments_read
from comments.threads.views.people import person_detail
from comments.threads.views.threads import article_comments, comment_replies, comment_reply

__all__ = [
    "article_comments",
    "comment_delete",
    "comment_detail",
    "comment_edit",
    "comment_history",
    "comment_replies",
    "comment_reply",
    "comment_restore",
    "comment_vote",
    "comments_read",
    "guest_comments",
    "person_detail",
    "thread_arrivals",
    "thread_version",
]
