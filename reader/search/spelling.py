"""
What a mistyped word may have been meant to be. Imports nothing but the words of
this room.

Words are found by what is left of them when letters are taken out (symmetric deletes): two words
that differ by one letter, in whatever way, have a piece in common that lacks one letter of each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from reader.search.words import SPELLED_MIN_LENGTH

# From this length on two letters may be wrong.
LONG_FROM = 7
# Deletes are taken from the beginning only, which keeps their number small; the whole words are
# compared afterwards.
BEGINNING = 7

# What an error takes from a word's weight, which is the logarithm of its articles.
FIRST_ERROR, SECOND_ERROR = 3.0, 5.0
OTHER_FIRST_LETTER = 2.5
# Typed the other way round, doubled, or hit beside the key: likelier than any other letter.
LIKELY = 1.0
# As many times commoner must a word be to be meant instead of one that is known.
FAR_MORE = 20

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the vocabulary, and in how many articles it is."""

    word: str
    count: int


def errors_in(word: str) -> int:
    return 2 if len(word) >= LONG_FROM else 1


def keys_of(word: str, errors: int) -> set[int]:
    """Number what is left of a word when up to so many letters are taken out."""
    pieces = last = {word[:BEGINNING]}
    for _ in range(errors):
        last = {piece[:i] + piece[i + 1 :] for piece in last for i in range(len(piece))}
        pieces = pieces | last
    # A signed number of 32 bits fits the smallest column on either database.
    return {crc32(piece.encode()) - (1 << 31) for piece in pieces}


def keys_asked(word: str) -> set[int]:
    """Number what leads to the words that may have been meant."""
    # One letter more or less than the word that is meant decides about a second error.
    return keys_of(word, 2 if len(word) >= LONG_FROM - 1 else 1)


def ranked(typed: str, candidates: Iterable[Candidate], *, known: int = 0) -> list[Candidate]:
    """
    Return what may have been meant, the likeliest first.

    Where the typed word is `known` to so many articles, only what is far commoner.
    """
    weighed = [
        (weight, candidate)
        for candidate in candidates
        if candidate.word != typed
        for weight in [_weight(typed, candidate)]
        if weight is not None and candidate.count >= known * FAR_MORE
    ]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].word))
    return [candidate for _, candidate in weighed]


def halves_of(word: str) -> list[tuple[str, str]]:
    """Part a word in two wherever both are words: newyork is new york."""
    cuts = range(SPELLED_MIN_LENGTH, len(word) - SPELLED_MIN_LENGTH + 1)
    return [(word[:cut], word[cut:]) for cut in cuts]


def best_halves(word: str, counts: Mapping[str, int]) -> str | None:
    """Part a word where the rarer of its halves is commonest."""
    known = [
        (min(counts[a], counts[b]), f"{a} {b}")
        for a, b in halves_of(word)
        if a in counts and b in counts
    ]
    return max(known)[1] if known else None


def distance(a: str, b: str, most: int) -> int:
    """Count wrong, missing, added and swapped letters; beyond `most` only that there are more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _weight(typed: str, candidate: Candidate) -> float | None:
    word = candidate.word
    most = min(errors_in(word), 2 if len(typed) >= LONG_FROM - 1 else 1)
    errors = distance(typed, word, most)
    if errors > most:
        return None
    weight = math.log(candidate.count + 1)
    weight -= FIRST_ERROR + (SECOND_ERROR if errors > 1 else 0)
    if typed[0] != word[0] and typed[:2] != word[1::-1]:
        weight -= OTHER_FIRST_LETTER
    return weight + (LIKELY if errors == 1 and _is_likely(typed, word) else 0)


def _is_likely(typed: str, word: str) -> bool:
    """Tell whether the one difference is how fingers err."""
    i = next((i for i, (x, y) in enumerate(zip(typed, word, strict=False)) if x != y), -1)
    if len(typed) == len(word):
        return typed[i + 1 :] != word[i + 1 :] or _are_beside(typed[i], word[i])
    longer = max(typed, word, key=len)
    # A letter twice instead of once, or once instead of twice.
    return longer[i] == longer[i - 1] if i >= 0 else longer[-1] == longer[-2]


def _are_beside(x: str, y: str) -> bool:
    if x not in _KEYS or y not in _KEYS:
        return False
    (a, b), (c, d) = _KEYS[x], _KEYS[y]
    return abs(a - c) <= 1 and abs(b - d) <= 1
