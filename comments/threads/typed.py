"""What people type: kept as typed, refused with a sentence when it cannot be kept."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from comments.threads.refusals import CommentRefused
from reader.accounts import names
from reader.numbers import in_thousands

TEXT_MAX_LENGTH = 4000


def checked_text(typed: str) -> str:
    """Return the words of a comment as they were typed, or raise CommentRefused."""
    # On the wire forms say CR LF for what was one line feed in the field.
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    over = len(text) - TEXT_MAX_LENGTH
    if over > 0:
        words = ngettext(
            "That is %(over)s character over %(most)s. Could you shorten it?",
            "That is %(over)s characters over %(most)s. Could you shorten it?",
            over,
        )
        numbers = {"over": in_thousands(over), "most": in_thousands(TEXT_MAX_LENGTH)}
        raise CommentRefused(words % numbers, "too_long")
    if not names.is_visible(text):
        raise CommentRefused(gettext("Write a few words first."), "empty")
    if names.UNSHOWABLE.search(text):
        raise CommentRefused(
            gettext("There is a character in it that cannot be shown. Please take it out."),
            "characters",
        )
    return text


def checked_name(typed: str) -> str:
    """Return a guest's name on one line, empty when there is nothing to see; or refuse it."""
    try:
        return names.checked_name(typed)
    except names.BadName as bad:
        raise CommentRefused(gettext(bad.words) % bad.facts, "name")
