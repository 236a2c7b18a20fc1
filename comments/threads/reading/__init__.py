"""Threads as the pages show them: read in one statement, grown into branches, for one viewer."""

from comments.threads.reading.history import Revision, load_history
from comments.threads.reading.pages import FOUND, QUESTIONS, ThreadPage, load_replies, load_thread
from comments.threads.reading.permalinks import Permalink, load_permalink

__all__ = [
    "FOUND",
    "QUESTIONS",
    "Permalink",
    "Revision",
    "ThreadPage",
    "load_history",
    "load_permalink",
    "load_replies",
    "load_thread",
]
