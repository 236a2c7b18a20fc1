"""
Why two articles are related, in words that stand in both. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reader.related.profiles import Keys, Profile, term_key, unpack_words
from reader.related.similarity import Floats, shared_places
from reader.related.words import fold, name_terms

MOST_WORDS = 3
# A word that adds less than this share of the likeness is no reason for it.
LEAST_SHARE = 0.02
# What is written small is rarely what an article is about.
COMMON_NOUN_SHARE = 0.7
HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "herr", "frau", "sr", "mme"})
WHY_MAX_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles: its weighed terms, how it writes them, the names in it."""

    keys: Keys  # sorted
    weights: Floats
    surfaces: list[str]
    names: dict[str, str]
    # The publisher's own name stands in many of its articles and says nothing about them.
    publisher: str = ""


def side_of(profile: Profile, weights: Floats, *, publisher: str = "") -> Side:
    return Side(
        keys=profile.keys,
        weights=weights,
        surfaces=unpack_words(profile.surfaces),
        names={fold(name): name for name in unpack_words(profile.names)},
        publisher=publisher,
    )


def shared_words(a: Side, b: Side) -> list[str]:
    """
    List up to three names or words that stand in both articles, those that tell most first.

    Each is written as it stands in both, apart from capitals.
    """
    in_a, in_b = shared_places(a.keys, b.keys)
    gains = a.weights[in_a] * b.weights[in_b]
    gain_of = dict(zip(a.keys[in_a].tolist(), gains.tolist(), strict=True))
    total = sum(gain_of.values())
    boring = name_terms(a.publisher) | name_terms(b.publisher)
    offers: list[tuple[float, str, frozenset[str]]] = []
    for name in a.names.keys() & b.names.keys():
        terms, written = name_terms(name), _written(a.names[name], b.names[name])
        if written is not None and not terms <= boring:
            gain = sum(gain_of.get(term_key(term), 0.0) for term in terms)
            offers.append((gain, written, terms))
    for place in np.argsort(-gains, kind="stable")[: 4 * MOST_WORDS]:
        word = _written(a.surfaces[in_a[place]], b.surfaces[in_b[place]])
        if word is None or word[0].isdigit() or fold(word) in HONORIFICS | boring:
            continue
        share = COMMON_NOUN_SHARE if word.islower() else 1.0
        offers.append((float(gains[place]) * share, word, frozenset([fold(word)])))
    return _best(offers, least=LEAST_SHARE * total)


def _best(offers: list[tuple[float, str, frozenset[str]]], *, least: float) -> list[str]:
    found: list[str] = []
    said: set[str] = set()
    for gain, word, terms in sorted(
        offers, key=lambda offer: (-offer[0], -len(offer[1]), offer[1])
    ):
        if len(found) == MOST_WORDS or gain < least:
            break
        if not any(_same_stem(term, other) for term in terms for other in said):
            found.append(word)
            said |= terms
    return found


def _same_stem(a: str, b: str) -> bool:
    """Whether one is the other with an ending, as in gift and gifts, or two pairs overlap."""
    if len(a) == len(b) == 2 and not a.isascii():
        return not set(a).isdisjoint(b)
    return a == b or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))


def _written(a: str, b: str) -> str | None:
    """Give the form that both texts have; one may have an ending or an article more."""
    if a.casefold() == b.casefold():
        # The name of one text may be shouted in the other.
        return b if a.isupper() and not b.isupper() and len(a) > 4 else a
    short, long = sorted((a, b), key=len)
    return short if short.casefold() in long.casefold() else None


def why_of(words: list[str]) -> str:
    """Say the evidence as a sentence; nothing when there is none."""
    if not words:
        return ""
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"Both mention {listed}"[:WHY_MAX_LENGTH]
