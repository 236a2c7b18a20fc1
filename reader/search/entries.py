"""
What the index keeps of one article. Imports nothing but the words of this room.

Laid out so that both engines see the same: PostgreSQL keeps at most 255 positions of a lexeme and
none above 16,383, so neither engine gets more than that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reader.search.words import tokens_of

# Raise it when entries are laid out in another way: whatever has an older one counts as missing.
LAYOUT = 1
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
_TAG_PARTING = re.compile("[-_]")
LANGUAGE_PARTS_MAX = 4
AUTHOR_TOKENS_MAX = 100

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
    fields: Sequence[Sequence[str]]
    # Facts about it, as they are written into the index; GAP keeps apart what is no neighbour.
    marks: Sequence[str]


def lay_out(*, place: int, texts: Sequence[str], marks: Sequence[str]) -> Entry:
    """Read texts as the fields of an entry, within the limits of both engines."""
    fields = [tokens_of(text) for text in texts]
    if sum(map(len, fields)) > SAME_TOKEN_MAX:
        counts = Counter[str]()
        for tokens in fields:
            counts.update(tokens)
        if counts.total() > POSITION_MAX or max(counts.values()) > SAME_TOKEN_MAX:
            fields = _within_limits(fields)
    return Entry(place, fields, marks)


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


def moment_of(place: int) -> datetime:
    """Read the moment from a place, to the second."""
    most = int((datetime.max.replace(tzinfo=UTC) - _YEAR_ONE).total_seconds())
    return _YEAR_ONE + timedelta(seconds=min(place >> NUMBER_BITS, most))


def article_at(place: int) -> int:
    return place & NUMBER_MASK


# Marks are tokens that no text contains.
def publisher_mark(publisher_id: int) -> str:
    return f"{GAP}p{publisher_id}"


def section_mark(section_id: int) -> str:
    return f"{GAP}s{section_id}"


def hashtag_mark(hashtag_id: int) -> str:
    return f"{GAP}h{hashtag_id}"


def is_hashtag(mark: str) -> bool:
    return mark.startswith(f"{GAP}h")


def language_mark(tag: str) -> str:
    return f"{GAP}l{GAP.join(_TAG_PARTING.split(tag.lower()))}"


def author_mark(tokens: Sequence[str]) -> str:
    """Name the words of an author's name, of which any that are neighbours may be asked for."""
    return " ".join(f"{GAP}a{token}" for token in tokens)


def language_marks(tag: str) -> list[str]:
    """Mark a language and what it is a kind of: zh-Hant-TW is zh-Hant and zh."""
    parts = _TAG_PARTING.split(tag)[:LANGUAGE_PARTS_MAX] if tag else []
    return [language_mark("-".join(parts[:end])) for end in range(1, len(parts) + 1)]


def author_marks(names: Sequence[str]) -> list[str]:
    """Mark authors, with gaps between them, so that two do not become one."""
    marks: list[str] = []
    for name in names:
        tokens = tokens_of(name)
        if tokens and len(marks) < AUTHOR_TOKENS_MAX:
            marks += [GAP, *(author_mark([token]) for token in tokens[:AUTHOR_TOKENS_MAX])]
    return marks[: 2 * AUTHOR_TOKENS_MAX]


def positions(entry: Entry) -> Iterator[tuple[int, str, int]]:
    """
    Yield the number of the field, token and position, as PostgreSQL counts them.

    Fields are two apart, so that no phrase begins in one and ends in the next.
    """
    position = 0
    for number, tokens in enumerate(entry.fields):
        for token in tokens:
            position += 1
            if token != GAP:
                yield number, token, position if position < LATE_FROM else LATE_POSITION
        position += 2
