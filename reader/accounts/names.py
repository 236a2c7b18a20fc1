"""
The names people go by, with an account and without: one line of what can be seen.

Knows nothing of Django.
"""

from __future__ import annotations

import re
import unicodedata

from reader.languages import marked

NAME_MAX_LENGTH = 60

# Control characters other than line feed and tab, and halves of a character: neither can be shown,
# and PostgreSQL cannot keep some of them.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Invisible marks that turn the direction of text; in a name they would turn the words around it.
TURNING_MARKS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class BadName(ValueError):
    """It cannot be anybody's name. `words` with their `facts` are for who typed it."""

    def __init__(self, words: str, **facts: int) -> None:
        super().__init__(words % facts)
        self.words = words
        self.facts = facts


def checked_name(typed: str) -> str:
    """Return a name on one line, empty when there is nothing to see; or raise BadName."""
    if UNSHOWABLE.search(typed):
        raise BadName(marked("There is a character in the name that cannot be shown."))
    name = " ".join(TURNING_MARKS.sub("", typed).split())
    if len(name) > NAME_MAX_LENGTH:
        raise BadName(marked("A name has %(most)d characters at most."), most=NAME_MAX_LENGTH)
    return name if is_visible(name) else ""


def required_name(typed: str) -> str:
    """Return a name that others can see, or raise BadName."""
    name = checked_name(typed)
    if not name:
        raise BadName(marked("Write a name that can be seen."))
    return name


def is_visible(text: str) -> bool:
    """Tell whether there is more than spaces, controls and invisible marks."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)
