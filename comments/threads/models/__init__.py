from comments.threads.models.comments import NAME_MAX_LENGTH, RECORD_ID_MAX_LENGTH, Comment
from comments.threads.models.footprints import Footprint
from comments.threads.models.marks import VISIT, ReadMark
from comments.threads.models.revisions import CommentRevision
from comments.threads.models.threads import Thread
from comments.threads.models.votes import Vote

__all__ = [
    "NAME_MAX_LENGTH",
    "RECORD_ID_MAX_LENGTH",
    "VISIT",
    "Comment",
    "CommentRevision",
    "Footprint",
    "ReadMark",
    "Thread",
    "Vote",
]
