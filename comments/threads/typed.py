"""What people type: kept as typed, refused with a sentence when it cannot be kept."""

from __future__ import annotations

import re
import unicodedata

from comments.threads.refusals import CommentRefused

TEXT_MAX_LENGTH = 4000
GUEST_NAME_MAX_LENGTH = 60

# Control characters other than line feed and tab, and halves of a character: neither can be shown,
# and PostgreSQL cannot keep some of them.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Invisible marks that turn the direction of text; in a name they would turn the words around it.
TURNING_MARKS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def checked_text(typed: str) -> str:
    """Return the words of a comment as they were typed, or raise CommentRefused."""
    # On the wire forms say CR LF for what was one line feed in the field.
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    over = len(text) - TEXT_MAX_LENGTH
    if over > 0:
        characters = "character" if over == 1 else "characters"
        raise CommentRefused(
            f"That is {over:,} {characters} over {TEXT_MAX_LENGTH:,}. Could you shorten it?",
            "too_long",
        )
    if not is_visible(text):
        raise CommentRefused("Write a few words first.", "empty")
    if UNSHOWABLE.search(text):
        raise CommentRefused(
            "There is a character in it that cannot be shown. Please take it out.", "characters"
        )
    return text


def checked_name(typed: str) -> str:
    """Return a guest's name on one line, empty when there is nothing to see; or refuse it."""
    if UNSHOWABLE.search(typed):
        raise CommentRefused("There is a character in the name that cannot be shown.", "name")
    name = " ".join(TURNING_MARKS.sub("", typed).split())
    if len(name) > GUEST_NAME_MAX_LENGTH:
        raise CommentRefused(f"A name has {GUEST_NAME_MAX_LENGTH} characters at most.", "name")
    return name if is_visible(name) else ""


def is_visible(text: str) -> bool:
    """Tell whether there is more than spaces, controls and invisible marks."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)
