"""
An article as numbers: what is stored of it, so that no text need be read twice. Pure.

Changing what profile_of() answers needs a new METHOD; `relate_articles` then reads every text
again.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from reader.related.meaning import Meaning, meaning_of
from reader.related.words import Reading, read_text

METHOD = 2
# Of a text whose row is not to be believed.
NEVER_READ = 0
# More different words than nearly every article has; those it uses least are left out.
MOST_TERMS = 2000
MOST_NAMES = 120
SHINGLE_WORDS = 5
# Texts up to this length are compared exactly, longer ones by a sample.
MOST_MARKS = 4096

Keys = NDArray[np.int64]
Counts = NDArray[np.float32]
Marks = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Shingles:
    """
    A sample of a text's runs of five words: those whose mark is divisible by `step`.

    Steps are powers of two, so two samples can be compared at the larger step of both.
    """

    marks: Marks
    step: int


@dataclass(frozen=True, slots=True)
class Profile:
    language: str
    # Sorted; `counts` and `surfaces` go along.
    keys: Keys
    counts: Counts
    shingles: Shingles
    # How the text writes its terms, and its names, packed: only those that are shown get unpacked.
    surfaces: bytes
    names: bytes
    meaning: Meaning


def profile_of(title: str, body: str, *, language: str = "") -> Profile:
    reading = read_text(title, body, language=language)
    kept = sorted(reading.counts, key=lambda term: (-reading.counts[term], term))[:MOST_TERMS]
    keys = np.array([term_key(term) for term in kept], dtype=np.int64)
    order = np.argsort(keys)
    return Profile(
        language=reading.language,
        keys=keys[order],
        counts=np.array([reading.counts[term] for term in kept], dtype=np.float32)[order],
        shingles=shingles_of(reading),
        surfaces=pack_words([reading.surfaces[kept[i]] for i in order]),
        names=pack_words(reading.names[:MOST_NAMES]),
        meaning=meaning_of(reading.written),
    )


@lru_cache(maxsize=300_000)
def term_key(term: str) -> int:
    """Number a term, the same on every machine; that two terms share one is hardly possible."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def shingles_of(reading: Reading) -> Shingles:
    words = np.array([term_key(word) for word in reading.sequence], dtype=np.int64).view(np.uint64)
    size = len(words) - SHINGLE_WORDS + 1
    if size < 1:
        return Shingles(np.empty(0, dtype=np.uint32), 1)
    mixed = np.zeros(size, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        # A polynomial that wraps around at 64 bits, so that the order of the words counts.
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : place + size]
    marks = np.unique((mixed >> np.uint64(32)).astype(np.uint32))
    step = 1
    while len(marks) > MOST_MARKS:
        step *= 2
        marks = marks[marks % np.uint32(step) == 0]
    return Shingles(marks, step)


def pack_words(words: list[str]) -> bytes:
    """Pack words, none of which holds a line break."""
    return zlib.compress("\n".join(words).encode("utf-8", "surrogatepass"), 1)


def unpack_words(packed: bytes) -> list[str]:
    text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
