from comments.threads.models.comments import (
    NAME_MAX_LENGTH,
    RECORD_ID_MAX_LENGTH,
    Comment,
    CommentRevision,
    Thread,
    Vote,
)
from comments.threads.models.footprints import Footprint

__all__ = [
    "NAME_MAX_LENGTH",
    "RECORD_ID_MAX_LENGTH",
    "Comment",
    "CommentRevision",
    "Footprint",
    "Thread",
    "Vote",
]
