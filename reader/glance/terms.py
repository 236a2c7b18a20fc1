"""
The words of a sentence, reduced so that forms of one word count as one. Imports nothing of ours.

Crude on purpose: the words are only compared within one text.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_EAST_ASIAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u30a0-\u30ff"
_EAST_ASIAN_RUN = re.compile(f"[{_EAST_ASIAN}]+")
_WORD = re.compile(rf"[^\W_{_EAST_ASIAN}]+(?:['’][^\W\d_{_EAST_ASIAN}]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
# Written without spaces, so that a word is worth this many letters.
_LETTERS_A_WORD = 2
# Characters that join rather than name.
_CHINESE_GRAMMAR = frozenset(
    "的了是在和也不就都而及与或等这那有他她它们我你为以于把被对从到将已还很"
)
_IS_ARABIC = re.compile("[\u0600-\u06ff]")
# Vowel signs and the stretching mark go; of spellings that writers mix, one stays.
_ARABIC_SIGNS = dict.fromkeys([*range(0x64B, 0x653), 0x640, 0x670])
_ARABIC_LETTERS = str.maketrans("أإآىة", "ااايه")
_ARABIC_ARTICLE = re.compile("^[وفبك]?(?:ال|لل)(?=...)")
# Long enough to tell words apart, short enough to take endings off.
_STEM_LENGTH = 6
# In a language whose words of grammar nobody listed, shorter ones are taken for them.
_UNLISTED_LENGTH_LEAST = 4
_MOST_REMEMBERED = 50_000


def count_words(text: str) -> int:
    """Count words; what is written without spaces by its letters."""
    words = len(text.split())
    if text.isascii():
        return words
    return words + sum(map(len, _EAST_ASIAN_RUN.findall(text))) // _LETTERS_A_WORD


class TermReader:
    """Reads the terms of sentences, without the words of grammar; gets faster as it goes on."""

    def __init__(self, stopwords: Collection[str] = ()) -> None:
        self.knows_grammar = bool(stopwords)
        self._reduced = _Reduced(stopwords)

    def terms(self, sentence: str) -> set[str]:
        words = sentence.lower()
        if words.isascii():
            found = set(map(self._reduced.__getitem__, _ASCII_WORD.findall(words)))
        else:
            if _IS_ARABIC.search(words):
                words = words.translate(_ARABIC_SIGNS)
            found = set(map(self._reduced.__getitem__, _WORD.findall(words)))
            for run in _EAST_ASIAN_RUN.findall(words):
                found.update(_pairs(run))
        found.discard("")
        return found


class _Reduced(dict[str, str]):
    """What a word counts as; grammar counts as nothing."""

    def __init__(self, stopwords: Collection[str]) -> None:
        super().__init__()
        self._stopwords = stopwords
        self._length_least = 2 if stopwords else _UNLISTED_LENGTH_LEAST

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = self._reduce(word.replace("’", "'"))
        return self[word]

    def _reduce(self, word: str) -> str:
        if word in self._stopwords or word.partition("'")[0] in self._stopwords:
            return ""
        word = word.removesuffix("'s")
        if word.isdigit():
            return word
        if len(word) < self._length_least:
            return ""
        if _IS_ARABIC.match(word):
            word = _ARABIC_ARTICLE.sub("", word.translate(_ARABIC_LETTERS))
        elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        return word[:_STEM_LENGTH]


def _pairs(run: str) -> list[str]:
    """Cut what is written without spaces into pairs of letters."""
    pairs = [run[place : place + 2] for place in range(len(run) - 1)]
    return [pair for pair in pairs if _CHINESE_GRAMMAR.isdisjoint(pair)]
