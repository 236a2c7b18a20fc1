from comments.threads.models.comments import (
    NAME_MAX_LENGTH,
    RECORD_ID_MAX_LENGTH,
    Comment,
    CommentRevision,
    Thread,
    Vote,
)
from comments.threads.models.footprints import Footprint
from comments.threads.models.marks import ReadMark

__all__ = [
    "NAME_MAX_LENGTH",
    "RECORD_ID_MAX_LENGTH",
    "Comment",
    "CommentRevision",
    "Footprint",
    "ReadMark",
    "Thread",
    "Vote",
]
