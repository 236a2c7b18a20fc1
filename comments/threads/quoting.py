"""A comment's words as a quotation to answer. static/js/quote.js writes the same form."""

from __future__ import annotations

import re

# A reply needs room for its own words.
QUOTED_MAX = 1000
CUT_AT_SPACE = re.compile(r"\s\S*\Z")
MARKUP = re.compile(r"([\\`*_\[\]<>&])")


def quotation_of(words: str, author: str, comment_pk: int) -> str:
    """Quote what somebody typed, as Markdown, with a link to where it stands."""
    words = words.strip()
    if len(words) > QUOTED_MAX:
        words = CUT_AT_SPACE.sub("", words[:QUOTED_MAX]) + "…"
    lines = [*words.split("\n"), "", f"— [{_as_words(author)}](/comments/{comment_pk}/)"]
    return "".join(f"{f'> {line}'.rstrip()}\n" for line in lines) + "\n"


def _as_words(name: str) -> str:
    return MARKUP.sub(r"\\\1", name)
