"""Why a change in a thread is refused, in the words its author reads."""

from __future__ import annotations


class CommentRefused(Exception):
    """A rule of the discussion forbids it. The message is for its author, the code for programs."""

    def __init__(self, message: str, code: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        # Seconds until the same would be accepted, where waiting helps.
        self.retry_after = retry_after


class CommentChanged(Exception):
    """The comment is no longer what the caller decided about; `comment` is what it is now."""

    def __init__(self, comment: object) -> None:
        super().__init__("The comment has changed since.")
        self.comment = comment
