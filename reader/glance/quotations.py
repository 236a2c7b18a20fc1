"""
Which sentences stand inside somebody's speech. Imports nothing of ours but its neighbour.

A sentence from the middle of a quotation, shown by itself, would look like the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.glance.sentences import Span

_MARKS = re.compile("[\"“”„«»「」『』'‘’]")
_PAIRS = {"“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_BEFORE_OPENING = ' \t\n\r\N{NO-BREAK SPACE}([{—–-/:“"‘'


def whole_sentences(text: str, sentences: Sequence[Span]) -> Iterator[bool]:
    """Tell of each sentence whether every quotation in it begins and ends in it."""
    double = single = ""
    place = 0
    for start, end in sentences:
        # Speech that goes on after a paragraph break is opened again there.
        if "\n" in text[place:start]:
            double = single = ""
        place = end
        starts_inside = bool(double or single)
        if starts_inside and text[start] in '"“„«「':
            # The end of the speech before was never marked.
            starts_inside, double, single = False, "", ""
        for mark in _MARKS.finditer(text, start, end):
            sign = mark.group()
            if sign in "'‘’":
                single = _after_single(text, mark.start(), single)
            else:
                double = _after_double(text, mark.start(), sign, double)
        yield not (starts_inside or double or single)


def _after_double(text: str, place: int, sign: str, closer: str) -> str:
    """Return what will close the speech that is open after this mark; nothing when none is."""
    if sign == '"':
        if closer == '"':
            return "" if not _could_open(text, place) or _could_close(text, place) else closer
        return '"' if not closer and _could_open(text, place) else closer
    if sign == closer or (closer and sign in "”»」』"):
        return ""
    return closer or _PAIRS.get(sign, "")


def _after_single(text: str, place: int, closer: str) -> str:
    """Do the same for marks that may be apostrophes as well."""
    if closer:
        return "" if text[place] != "‘" and _could_close(text, place) else closer
    following = text[place + 1 : place + 2]
    opens = text[place] in "'‘" and _could_open(text, place) and following.isalpha()
    return "’" if opens else ""


def _could_open(text: str, place: int) -> bool:
    before, following = text[place - 1 : place] if place else " ", text[place + 1 : place + 2]
    return (before in _BEFORE_OPENING or not before) and not following.isspace()


def _could_close(text: str, place: int) -> bool:
    before, following = text[place - 1 : place] if place else " ", text[place + 1 : place + 2]
    return not before.isspace() and not following.isalnum()
