"""
What the index keeps of one article. Imports nothing but the words of this room.

Laid out so that both engines see the same: PostgreSQL keeps at most 255 positions of a lexeme and
none above 16,383, so neither engine gets more than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reader.search.words import tokens_of

POSITION_MAX = 16_000
# Whatever comes after the first of these is given the second: not next to anything.
LATE_FROM, LATE_POSITION = 16_200, 16_300
SAME_TOKEN_MAX = 250
# Of words that first come after the last position; they are found, but not as part of a phrase.
LATE_TOKENS_MAX = 4_000
# A tsvector holds 1 MB; only nonsense comes near.
DISTINCT_BYTES_MAX = 600_000
# Stands for a token left out, so that its neighbours do not become a phrase. No text has it.
GAP = "·"

# A place is a moment in seconds and, below it, the article's number.
NUMBER_BITS = 27
NUMBER_MASK = (1 << NUMBER_BITS) - 1
SECONDS_MAX = (1 << 36) - 1
PLACE_MAX = (1 << 63) - 1
_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """The tokens of an article, field by field, and where it stands among all."""

    place: int
    title: Sequence[str]
    standfirst: Sequence[str]
    body: Sequence[str]
    marks: Sequence[str]


def lay_out(
    *,
    place: int,
    title: str,
    standfirst: str,
    body: str,
    marks: Sequence[str],
) -> Entry:
    fields = [tokens_of(title), tokens_of(standfirst), tokens_of(body)]
    if sum(map(len, fields)) > SAME_TOKEN_MAX:
        counts = Counter[str]()
        for tokens in fields:
            counts.update(tokens)
        if counts.total() > POSITION_MAX or max(counts.values()) > SAME_TOKEN_MAX:
            fields = _within_limits(fields)
    in_title, in_standfirst, in_body = fields
    return Entry(place, in_title, in_standfirst, in_body, marks)


def _within_limits(fields: list[list[str]]) -> list[list[str]]:
    """Put gaps for what comes too often; of what comes too late keep new words, between gaps."""
    kept: list[list[str]] = []
    counts = Counter[str]()
    position = size = late = 0
    for tokens in fields:
        field: list[str] = []
        for token in tokens:
            seen = counts[token]
            if not seen:
                size += len(token.encode())
            if size > DISTINCT_BYTES_MAX or late > LATE_TOKENS_MAX:
                return [*kept, field, *([] for _ in fields[len(kept) + 1 :])]
            position += 1
            if position > POSITION_MAX:
                if not seen:
                    late += 1
                    field += (GAP, token)
            else:
                field.append(token if seen < SAME_TOKEN_MAX else GAP)
            counts[token] += 1
        kept.append(field)
    return kept


def place_of(article_id: int, listed_at: datetime) -> int:
    """
    Number an article so that newer ones have greater numbers, and no two the same one.

    The index is walked newest first without looking at the articles themselves.
    """
    seconds = int((listed_at - _YEAR_ONE).total_seconds())
    return (min(max(seconds, 0), SECONDS_MAX) << NUMBER_BITS) | (article_id & NUMBER_MASK)


def place_at(moment: datetime) -> int:
    """Return the lowest place of articles listed at that moment or later."""
    return place_of(0, moment)


def article_at(place: int) -> int:
    return place & NUMBER_MASK


def publisher_mark(publisher_id: int) -> str:
    """Name a publisher as a token that no text contains."""
    return f"{GAP}p{publisher_id}"


def positions(entry: Entry) -> Iterator[tuple[str, str, int]]:
    """
    Yield field letter, token and position, as PostgreSQL counts them.

    Fields are two apart, so that no phrase begins in one and ends in the next.
    """
    position = 0
    for letter, tokens in (("A", entry.title), ("B", entry.standfirst), ("D", entry.body)):
        for token in tokens:
            position += 1
            if token != GAP:
                yield letter, token, position if position < LATE_FROM else LATE_POSITION
        position += 2
