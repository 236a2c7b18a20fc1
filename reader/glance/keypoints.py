"""Which sentences say most of what a text says. Imports nothing of ours but its neighbour."""

from __future__ import annotations

from collections.abc import Collection

from reader.glance.sentences import Span, split_sentences

WORDS_LEAST = 120


def pick_key_points(
    text: str, *, title: str = "", stopwords: Collection[str] = (), most: int = 3
) -> list[Span]:
    """Pick up to `most` sentences, in the order of the text; none from a short one."""
    if len(text.split()) < WORDS_LEAST:
        return []
    sentences = [(s, e) for s, e in split_sentences(text) if 60 <= e - s <= 320]
    return sentences[:most]
