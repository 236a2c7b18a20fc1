"""What the index keeps of one comment. Knows nothing of Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from reader.search.entries import (
    GAP,
    Entry,
    author_marks,
    language_marks,
    lay_out,
    publisher_mark,
    section_mark,
)

# Raise it when entries are laid out in another way: whatever has an older one counts as missing.
LAYOUT = 1
# A rendered comment is made by our own cleaner; an address in it may hold a sign.
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_INLINE_TAG = re.compile(r'</?(?:a|code|em|strong)(?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?>')


def plain_text(body_html: str) -> str:
    """Read the words of a rendered comment as they are seen; lines and paragraphs part them."""
    return unescape(_TAG.sub("\n", _INLINE_TAG.sub("", body_html))).strip()


def person_mark(user_id: int) -> str:
    return f"{GAP}u{user_id}"


def article_marks(*, publisher_id: int | None, section_id: int | None, language: str) -> list[str]:
    """Mark what matches are counted by."""
    marks = [publisher_mark(publisher_id)] if publisher_id else []
    marks += [section_mark(section_id)] if section_id else []
    return [*marks, *language_marks(language)[:1]]


def entry_of(
    *,
    place: int,
    body_html: str,
    facts: Sequence[str],
    language: str,
    author_id: int | None,
    guest_name: str,
) -> Entry:
    """Lay a comment out: a person is a number, which outlives the name; a guest is the name."""
    author = author_marks([guest_name]) if author_id is None else [person_mark(author_id)]
    return lay_out(
        place=place,
        texts=(plain_text(body_html),),
        marks=[*facts, *language_marks(language)[1:], *author],
    )
