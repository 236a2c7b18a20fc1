"""
Why two articles are related, in words that stand in both. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reader.related.everyday import (
    HALF_NAMES,
    HONORIFICS,
    PRINTED,
    is_date,
    is_first_name,
    is_time,
    names_nothing,
)
from reader.related.profiles import Counts, Keys, Profile, term_key, unpack_words
from reader.related.similarity import Floats, shared_places
from reader.related.words import fold, name_terms

MOST_WORDS = 3
# So many of the words that tell most are looked at; many are not worth naming.
LOOKED_AT = 40
# A word that adds less than this share of the likeness is no reason for it.
LEAST_SHARE = 0.02
# What shared_words() answers where both have words of which none is worth naming.
UNNAMED = ""
# What is written small is rarely what an article is about.
COMMON_NOUN_SHARE = 0.6
# Said no more often in both together, a common noun is said in passing.
IN_PASSING = 2
# AIDS and aids are two things; ELECTION is shouted.
LONGEST_ACRONYM = 4
_GLUED = re.compile("[a-z]{3}[A-Z][a-z]{3}")
WHY_MAX_LENGTH = 300


@dataclass(frozen=True)
class Side:
    """One of the two articles: its weighed terms, how it writes them, the names in it."""

    keys: Keys  # sorted
    weights: Floats
    counts: Counts
    surfaces: list[str]
    names: dict[str, str]
    language: str = ""
    # The publisher's own name stands in many of its articles and says nothing about them.
    publisher: str = ""

    @cached_property
    def edges(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The words that its names begin with, end with, and those that are half of a name."""
        parts = [name.split(" ") for name in self.names if " " in name]
        return (
            frozenset(words[0] for words in parts),
            frozenset(words[-1] for words in parts),
            frozenset(words[1] for words in parts if words[0] in HALF_NAMES),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    gain: float
    word: str
    terms: frozenset[str]


def side_of(profile: Profile, weights: Floats, *, publisher: str = "") -> Side:
    return Side(
        keys=profile.keys,
        weights=weights,
        counts=profile.counts,
        surfaces=unpack_words(profile.surfaces),
        names={fold(name): name for name in unpack_words(profile.names)},
        language=profile.language,
        publisher=publisher,
    )


def shared_words(a: Side, b: Side) -> list[str]:
    """
    List up to three names or words that stand in both articles, those that tell most first.

    Each is written as it stands in both, apart from capitals, and is worth naming: no number, date
    or unit, nothing that can be said of anything, and what is said in passing only where there is
    nothing else. None when they share no word, and UNNAMED when they share none worth naming.
    """
    in_a, in_b = shared_places(a.keys, b.keys)
    gains = a.weights[in_a] * b.weights[in_b]
    gain_of = dict(zip(a.keys[in_a].tolist(), gains.tolist(), strict=True))
    boring = name_terms(a.publisher) | name_terms(b.publisher)
    offers: list[Offer] = []
    passing: list[Offer] = []
    names = a.names.keys() & b.names.keys()
    for name in names:
        terms, written = name_terms(name), _written(a.names[name], b.names[name])
        if written is None or terms <= boring or _is_cut_off(name, names):
            continue
        if _is_name(written, a, b):
            gain = sum(gain_of.get(term_key(term), 0.0) for term in terms)
            offers.append(Offer(gain, written, terms))
    for place in np.argsort(-gains, kind="stable")[:LOOKED_AT]:
        at_a, at_b = in_a[place], in_b[place]
        word = _written(a.surfaces[at_a], b.surfaces[at_b])
        if word is None or fold(word) in boring or not _is_worth_naming(word, a, b):
            continue
        share = COMMON_NOUN_SHARE if word.islower() else 1.0
        offer = Offer(float(gains[place]) * share, word, frozenset([fold(word)]))
        is_passing = word.islower() and a.counts[at_a] + b.counts[at_b] <= IN_PASSING
        (passing if is_passing else offers).append(offer)
    least = LEAST_SHARE * sum(gain_of.values())
    return _best(offers, least=least) or _best(passing, least=least) or [UNNAMED] * bool(least)


def _is_name(name: str, a: Side, b: Side) -> bool:
    """Whether words that stand together with capitals are a name rather than a headline's."""
    words = [fold(word) for word in name.split(" ")]
    if len(words) == 1:
        return _is_worth_naming(name, a, b)
    return not (
        len(words[-1]) == 1
        or words[-1] in HONORIFICS
        or not PRINTED.isdisjoint(words)
        or all(is_time(word, a.language) for word in words)
        or is_date(words[0], a.language)
        # Where a line ran into the next: Jane Roe | Jane RoeDemocrats.
        or len(set(words)) < len(words)
        or _GLUED.search(name)
    )


def _is_cut_off(name: str, names: Set[str]) -> bool:
    """Whether a family name follows in both texts: President George | H. W. Bush."""
    last = name.rpartition(" ")[2]
    return is_first_name(last) and any(other.startswith(f"{name} ") for other in names)


def _is_worth_naming(word: str, a: Side, b: Side) -> bool:
    term = fold(word)
    is_small = word.islower()
    if word[0].isdigit() or any(
        names_nothing(term, side.language, is_small=is_small) for side in (a, b)
    ):
        return False
    if is_small:
        # German writes what is a noun with a capital; of two letters there are only particles.
        return "de" not in (a.language, b.language) and (len(word) > 2 or not word.isascii())
    for begins, ends, halves in (a.edges, b.edges):
        if term in halves or (is_first_name(term) and (term in begins or term not in ends)):
            return False
    return True


def _best(offers: list[Offer], *, least: float) -> list[str]:
    found: list[str] = []
    said: set[str] = set()
    for offer in sorted(offers, key=lambda each: (-each.gain, -len(each.word), each.word)):
        if len(found) == MOST_WORDS or offer.gain < least:
            break
        if not any(_same_stem(term, other) for term in offer.terms for other in said):
            found.append(offer.word)
            said |= offer.terms
    return found


def _same_stem(a: str, b: str) -> bool:
    """Whether one is the other with another ending, as in gift and gifts, or two pairs overlap."""
    if len(a) == len(b) == 2 and not a.isascii():
        return not set(a).isdisjoint(b)
    least = min(max(4, min(len(a), len(b)) - 2), 8)
    return (
        a == b
        or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))
        or a[:least] == b[:least]
    )


def _written(a: str, b: str) -> str | None:
    """Give the form that both texts have; one may have an ending or an article more."""
    if a.casefold() == b.casefold():
        small, big = sorted((a, b), key=str.islower, reverse=True)
        if small.islower() and big.isupper() and len(big) <= LONGEST_ACRONYM:
            return None
        # What one text writes small, the other has at the beginning of a sentence.
        if small.islower():
            return small
        # The name of one text may be shouted in the other.
        return b if a.isupper() and len(a) > LONGEST_ACRONYM else a
    short, long = sorted((a, b), key=len)
    return short if short.casefold() in long.casefold() else None


def why_of(words: list[str]) -> str:
    """Say the evidence as a sentence; nothing when there is nothing to name."""
    if not words or words == [UNNAMED]:
        return ""
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"Both mention {listed}"[:WHY_MAX_LENGTH]
