"""
Text into the tokens that are stored and looked for. Imports nothing of ours.

Both databases get these tokens and split nothing themselves, so a query finds the same articles on
either. Changing what this module answers needs `manage.py index_articles --all`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# PostgreSQL refuses lexemes over 2 KB; nobody looks for a word this long.
TOKEN_MAX_LENGTH = 64
# Words that are shorter have too many neighbours to mean any of them; longer ones are none.
SPELLED_MIN_LENGTH, SPELLED_MAX_LENGTH = 3, 32
# How many different words keep their tokens at hand; a large import meets about this many.
MEMORY_SIZE = 200_000

# Characters that \w leaves out although they belong to the word around them: combining accents,
# Hebrew and Arabic points, the vowel signs of India, soft hyphen and joiners.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0900-\u0963\u0971-\u0df3\u3099\u309a\u00ad\u200c\u200d"
)
# Scripts written without spaces, and Korean, whose endings stick to the word: read as bigrams.
_UNSPACED = (
    "\u0e01-\u0e4e\u0e80-\u0edf\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17dd"
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_WORD = re.compile(
    r"(?<!\w)[A-Za-z](?:\.[A-Za-z])+\b\.?"  # U.S., e.g.
    rf"|[\w{_MARKS}{_UNSPACED}]+(?:['’ʼ][sS]\b)?"
)
_PIECE = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_]|[{_MARKS}])+")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")
_POSSESSIVE = re.compile(r"['’ʼ]s$")
_LOST = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u00ad\u200c\u200d]"
)
# What Unicode does not take apart, and letters that Arabic and Persian keyboards write differently.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
        "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا",
    }
)  # fmt: skip
_ARABIC = re.compile("[\u0621-\u064a]+")
_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ها", "يه", "ه")


class Spot(NamedTuple):
    """Where a token stands in the text it was read from."""

    start: int
    end: int
    token: str


def tokens_of(text: str) -> list[str]:
    """
    Read a text as tokens, in order.

    A run of characters without spaces becomes its bigrams and its last character, so that a single
    character can be found as the beginning of a token.
    """
    memory = _memory
    if len(memory) > MEMORY_SIZE:
        memory.clear()
    return [token for word in _WORD.findall(text) for token in memory[word]]


def spots_of(text: str) -> Iterator[Spot]:
    """Read a text as tokens with their places."""
    for match in _WORD.finditer(text):
        yield from _spots_in(match.group(), match.start())


def folded(word: str) -> str:
    """Return a word, or the beginning of one, as words_in() writes it."""
    return "".join(_PIECE.findall(_fold(word)))


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """
    Read a text as words with a spelling, folded but not stemmed, each with its token.

    In order, hardly one of them twice. What has digits has none, nor what has no spaces.
    """
    memory = _written
    if len(memory) > MEMORY_SIZE:
        memory.clear()
    for word in dict.fromkeys(_WORD.findall(text)):
        yield from memory[word]


def is_bigram_script(token: str) -> bool:
    return _UNSPACED_RUN.match(token) is not None


class _Memory(dict[str, tuple[str, ...]]):
    def __missing__(self, word: str) -> tuple[str, ...]:
        tokens = self[word] = tuple(_tokens_in(word))
        return tokens


_memory = _Memory()


class _Written(dict[str, tuple[tuple[str, str], ...]]):
    def __missing__(self, word: str) -> tuple[tuple[str, str], ...]:
        pieces = _PIECE.findall(_fold(word))
        written = self[word] = tuple((p, _stem(p)) for p in pieces if _has_a_spelling(p))
        return written


def _has_a_spelling(piece: str) -> bool:
    return (
        SPELLED_MIN_LENGTH <= len(piece) <= SPELLED_MAX_LENGTH
        and piece.isalpha()
        and not _UNSPACED_RUN.match(piece)
    )


_written = _Written()


def _tokens_in(word: str) -> Iterator[str]:
    for piece in _PIECE.findall(_fold(word)):
        if _UNSPACED_RUN.match(piece):
            yield from _bigrams(piece)
        elif token := _stem(piece)[:TOKEN_MAX_LENGTH]:
            yield token


def _bigrams(run: str) -> Iterator[str]:
    for i in range(len(run)):
        yield run[i : i + 2]


def _spots_in(word: str, start: int) -> Iterator[Spot]:
    end = start + len(word)
    tokens = _memory[word]
    # A bigram's place is known where folding kept every character in its place.
    in_place = len(tokens) > 1 and len(_fold(word)) == len(word)
    if not in_place:
        yield from (Spot(start, end, token) for token in tokens)
        return
    folded = _fold(word)
    for match in _PIECE.finditer(folded):
        piece, at = match.group(), start + match.start()
        if _UNSPACED_RUN.match(piece):
            for i, token in enumerate(_bigrams(piece)):
                yield Spot(at + i, at + i + len(token), token)
        else:
            yield Spot(at, at + len(piece), _stem(piece)[:TOKEN_MAX_LENGTH])


def _fold(word: str) -> str:
    """Drop what readers leave out: case, accents, vowel points, possessives, abbreviating dots."""
    if word.isascii():
        folded = word.lower().replace(".", "")
        return folded[:-2] if folded.endswith("'s") else folded
    folded = unicodedata.normalize("NFKD", word).casefold()
    folded = _LOST.sub("", unicodedata.normalize("NFKD", folded)).translate(_LETTERS)
    return unicodedata.normalize("NFC", _POSSESSIVE.sub("", folded))


def _stem(word: str) -> str:
    """Take off what plurals add; singular and plural meet at a stem, which need not be a word."""
    if word.isascii():
        return _stem_english(word)
    return _stem_arabic(word) if _ARABIC.fullmatch(word) else word


def _stem_english(word: str) -> str:
    # Without its s "news" would meet every "new".
    if len(word) < 4 or word == "news":
        return word
    if word.endswith("s") and word[-2] not in "us":
        word = word[:-1]
    # ferries and ferry meet this way, and so do movies and movie.
    if word.endswith("ie") and len(word) > 4:
        return f"{word[:-2]}y"
    # churches and church, boxes and box, heroes and hero; so cache and shoe lose theirs too.
    if word.endswith(("che", "she", "xe", "sse", "ze", "oe")) and len(word) > 3:
        return word[:-1]
    return word


def _stem_arabic(word: str) -> str:
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word.removeprefix(article)
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
