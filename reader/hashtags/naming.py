"""How a hashtag is written, and when two spellings are one hashtag. Imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

NAME_MAX_LENGTH = 60
KEY_MAX_LENGTH = 80
# What is shorter has no plural: with an s more, `u` would be `us`.
PLURAL_MIN_LENGTH = 3

NOT_WRITTEN = re.compile(r"[\W_]+")
# Arabic vowel signs and the stretching dash; letters that are written in more than one way.
ARABIC_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """
    Reduce a spelling to what all spellings of one hashtag share.

    Case, accents, punctuation and spaces go; in Arabic the vowel signs and variants of alif too.
    """
    if text.isascii():
        return NOT_WRITTEN.sub("", text.lower())[:KEY_MAX_LENGTH]
    # What is left after one pass may come together to what another would take apart.
    while (once := _folded(text)) != text:
        text = once
    return text


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    if ACCENTED.search(text):
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
        text = text.translate(LETTERS)
    text = ARABIC_SIGNS.sub("", text).translate(ARABIC_LETTERS)
    return unicodedata.normalize("NFC", _bare(text))[:KEY_MAX_LENGTH]


def _bare(text: str) -> str:
    """Drop what is not written in a hashtag: the marks of U.S., O'Neill, COVID-19, AT&T."""
    if text.isascii():
        return NOT_WRITTEN.sub("", text)
    # Vowel signs of Indian and other scripts are marks, yet a word without them is another word.
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c)[0] == "M")


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Take the plural ending off a folded English word, where that is safe to say."""
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics", "ews")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def spellings(slug: str) -> tuple[str, ...]:
    """List the folded spellings that may stand for the same thing: `tariff` and `tariffs`."""
    if len(slug) < PLURAL_MIN_LENGTH:
        return (slug,)
    one = singular(slug)
    many = (f"{one[:-1]}ies",) if one.endswith("y") else (f"{one}s", f"{one}es")
    return tuple(dict.fromkeys((slug, one, *many)))


def written(words: Iterable[str]) -> str:
    """
    Join words to the name of a hashtag: `supreme court` is `SupremeCourt`, `tariffs` stays small.

    Capitals inside the run keep it readable, and let a screen reader speak the words; scripts
    without capitals part the words by underscores.
    """
    return _written(tuple(words))


@lru_cache(maxsize=20_000)
def _written(words: tuple[str, ...]) -> str:
    parts = [part for word in words for part in word.split("-")]
    pieces = [_bare(unicodedata.normalize("NFC", part)) for part in parts]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1:
        if not any(piece.upper() != piece.lower() for piece in pieces):
            return "_".join(pieces)[:NAME_MAX_LENGTH].rstrip("_")
        pieces = [piece[:1].upper() + piece[1:] for piece in pieces]
    return "".join(pieces)[:NAME_MAX_LENGTH]


def words_of(keyword: str) -> list[str]:
    """Split a keyword into the words of its hashtag; `#FerryStrike` counts as one."""
    parts = re.split(r"[\s/_,;:()\[\]\"“”«»#]+", keyword)
    return [part for part in parts if _bare(part)]


def is_name(text: str) -> bool:
    """Whether a text can stand behind the `#`: letters, digits and underscores, not digits only."""
    bare = _bare(text)
    return text.replace("_", "") == bare != "" and not bare.isdigit()
