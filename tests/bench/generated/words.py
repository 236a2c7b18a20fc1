"""Text that reads like text from a distance: made-up words among the real little ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from reader.stopwords import STOPWORDS

STARTS = [*"bcdfghlmnprstv", "br", "cl", "dr", "fl", "gr", "pl", "pr", "st", "tr"]
LATIN = (STARTS, [*"aeiou", "ai", "ea", "io", "ou"], ["", "", "", *"lnrst", "nd", "st"])
ARABIC = (list("بتجحدرزسشعفقكلمنهوي"), ["ا", "و", "ي", ""], ["", "", "ن", "ة", "ر"])
# How often each language is written, and of what its words are made.
LANGUAGES = {
    "en": (60, LATIN),
    "es": (14, LATIN),
    "de": (8, LATIN),
    "fr": (7, LATIN),
    "ar": (7, ARABIC),
    "pt": (4, LATIN),
}
WORDS = 8_000
SENTENCES = 6_000
# Of a sentence's words, those that carry grammar.
LITTLE_SHARE = 0.45
FIRST_NAMES, LAST_NAMES = 500, 5_000


@dataclass(frozen=True, slots=True)
class Voice:
    """One language: content words, commonest first, and sentences made with them."""

    tag: str
    words: list[str]
    sentences: list[str]

    def sentence(self, random: Random) -> str:
        return self.sentences[int(random.random() * len(self.sentences))]

    def passage(self, random: Random, count: int) -> str:
        sentences, size, chance = self.sentences, len(self.sentences), random.random
        return " ".join([sentences[int(chance() * size)] for _ in range(count)])


@cache
def voice(tag: str) -> Voice:
    random = Random(f"voice {tag}")
    words = _new_words(random, LANGUAGES[tag][1], WORDS, syllables=(1, 2, 2, 3, 3, 4))
    little = sorted(word for word in STOPWORDS[tag] if word.isalpha())
    return Voice(tag, words, _sentences(random, words, little))


def pick_language(random: Random) -> str:
    shares = [share for share, _ in LANGUAGES.values()]
    return random.choices(list(LANGUAGES), weights=shares)[0]


@cache
def _names() -> tuple[list[str], list[str]]:
    random = Random("names")
    first = _new_words(random, LATIN, FIRST_NAMES, syllables=(2, 2, 3))
    last = _new_words(random, LATIN, LAST_NAMES, syllables=(2, 3))
    return [name.title() for name in first], [name.title() for name in last]


def person_name(random: Random) -> str:
    first, last = _names()
    return f"{first[skewed(random, len(first))]} {last[skewed(random, len(last))]}"


def place_name(random: Random) -> str:
    _, last = _names()
    return last[int(random.random() * len(last))]


def skewed(random: Random, size: int, power: float = 2.0) -> int:
    """Draw a number below `size`, small ones far more often."""
    return int(size * random.random() ** power)


def _new_words(
    random: Random, sounds: tuple[list[str], ...], count: int, syllables: tuple[int, ...]
) -> list[str]:
    starts, vowels, ends = sounds
    words: dict[str, None] = {}
    while len(words) < count:
        length = random.choice(syllables)
        middle = "".join(random.choice(starts) + random.choice(vowels) for _ in range(length))
        words[middle + random.choice(ends)] = None
    return list(words)


def _sentences(random: Random, words: list[str], little: list[str]) -> list[str]:
    common = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    sentences = []
    for _ in range(SENTENCES):
        length = max(4, int(random.lognormvariate(2.6, 0.45)))
        content = random.choices(words, cum_weights=common, k=length)
        spoken = [random.choice(little) if random.random() < LITTLE_SHARE else w for w in content]
        if length > 12:
            spoken[length // 2] += ","
        spoken[0] = spoken[0].capitalize()
        sentences.append(" ".join(spoken) + random.choice("....?!"))
    return sentences
