"""
Where the words of a text point: a direction in a space in which like words lie near each other.
Pure.

The space comes with the package `wordllama`: a vector for each of 32,000 pieces of words. Only its
files are read, once, when the first text is; without it, or where it is broken, every text points
nowhere, and likeness rests on shared words alone. Changing what meaning_of() answers needs a new
profiles.METHOD.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

SIZE = 256
VECTORS = "weights/l2_supercat_256.safetensors"
PIECES = "tokenizers/l2_supercat_tokenizer_config.json"
# Pieces are numbered by how common they were, after marks, digits and single bytes.
FIRST_NUMBER = 200
# A word of which the known pieces make up less than this is not known.
KNOWN_SHARE = 0.5
WORD_BEGINS = "\u2581"
# In Chinese and Japanese one character can be a word; elsewhere it is a letter.
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_BYTE = re.compile("<0x[0-9A-F]{2}>")

# Of length 1, or empty where nothing is known of the text.
Meaning = NDArray[np.float16]
NO_MEANING: Meaning = np.empty(0, np.float16)


@dataclass(frozen=True, slots=True)
class Space:
    # One row a piece, longer the rarer it is.
    vectors: NDArray[np.float32]
    # The numbers of the pieces that a word is made of; none for a word that is not known.
    pieces: Callable[[str], tuple[int, ...]]


def meaning_of(words: Mapping[str, float]) -> Meaning:
    """Add up where words point, given how often each stands in the text, as it is written."""
    space = load_space()
    if space is None:
        return NO_MEANING
    numbers: list[int] = []
    counts: list[float] = []
    for word, count in words.items():
        for number in space.pieces(word):
            numbers.append(number)
            counts.append(count)
    if not numbers:
        return NO_MEANING
    total = np.array(counts, dtype=np.float32) @ space.vectors[numbers]
    length = float(np.sqrt(total @ total))
    return (total / length).astype(np.float16) if length else NO_MEANING


@lru_cache(maxsize=1)
def load_space() -> Space | None:
    """Read the vectors and the pieces; None, and a word in the log, where that does not work."""
    try:
        found = find_spec("wordllama")
        if found is None or found.origin is None:
            return None
        return _read_space(Path(found.origin).parent)
    # A damaged file, a library built for another machine: each fails in its own way, and no article
    # waits for the operator to find out which.
    except Exception as problem:
        logger.warning(
            "What words mean is not known, so articles are compared by shared words alone: "
            "wordllama cannot be read (%s: %s). Install requirements.txt anew, "
            "restart, and run `manage.py relate_articles --all`.",
            type(problem).__name__,
            problem,
        )
        return None


def _read_space(folder: Path) -> Space:
    # What the package itself needs; both take a moment that no page should wait for.
    (vectors,) = import_module("safetensors.numpy").load_file(folder / VECTORS).values()
    tokenizer = import_module("tokenizers").Tokenizer.from_file(str(folder / PIECES))
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    if vectors.shape != (len(vectors), SIZE) or max(vocabulary.values()) >= len(vectors):
        raise ValueError(f"{len(vocabulary)} pieces do not go with vectors of {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise ValueError("vectors that are no numbers")
    rarity = np.log1p(np.arange(len(vectors)).clip(min=FIRST_NUMBER) - FIRST_NUMBER) ** 2
    lengths = {number: _length(piece) for piece, number in vocabulary.items() if _tells(piece)}

    # As many words as the caches of words.py hold.
    @lru_cache(maxsize=300_000)
    def pieces(word: str) -> tuple[int, ...]:
        numbers = [
            number
            for number in tokenizer.encode(word, add_special_tokens=False).ids
            if number in lengths
        ]
        known = sum(lengths[number] for number in numbers)
        return tuple(numbers) if known >= KNOWN_SHARE * len(word) else ()

    # Rather now than in the middle of a text.
    pieces("news")
    return Space(vectors.astype(np.float32) * rarity[:, None].astype(np.float32), pieces)


def _tells(piece: str) -> bool:
    """Whether a piece says anything: a letter or a single byte stands in all kinds of words."""
    if _BYTE.fullmatch(piece):
        return False
    return _length(piece) > 1 or _IDEOGRAPH.search(piece) is not None


def _length(piece: str) -> int:
    return len(piece.removeprefix(WORD_BEGINS))
