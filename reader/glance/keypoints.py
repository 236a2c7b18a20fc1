"""
Which sentences say most of what a text says. Imports nothing of ours but its neighbours.

A sentence is worth what its words are worth: those that many sentences of the text, or its title,
have in common. News says the main thing first, so early sentences are worth more. Each one picked
makes its own words cheap, so that the next says something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from reader.glance.furniture import is_furniture
from reader.glance.quotations import whole_sentences
from reader.glance.sentences import Span, split_sentences
from reader.glance.standing import is_credit, is_prose, opening_end, stands
from reader.glance.terms import TermReader, count_words

POINTS_MOST = 3
WORDS_LEAST = 120
WORDS_A_POINT = 70
# Two that share more than this part of the smaller one's words say the same.
ALIKE = 0.5
# What a word counts once it has been said.
SAID = 0.3
# What coming first counts beside saying most.
EARLINESS = 0.7
# A word of the title counts so much more.
IN_TITLE = 1.5
# A sentence with hardly a word that the title lacks only repeats it.
NEW_LEAST = 0.2
# A sentence of fewer words is not worth more for it.
TERMS_LEAST = 12
# In a language whose words of grammar nobody listed, they are those in so many sentences.
EVERYWHERE = 0.4


@dataclass(slots=True, eq=False)
class _Candidate:
    span: Span
    terms: set[str]
    standing: float
    # 1 is first.
    earliness: float


def pick_key_points(
    text: str, *, title: str = "", stopwords: Collection[str] = frozenset()
) -> list[Span]:
    """Pick about three sentences, in the order of the text; fewer or none from a short one."""
    wanted = min(POINTS_MOST, count_words(text) // WORDS_A_POINT)
    if count_words(text) < WORDS_LEAST:
        return []
    reader = _reader_for(frozenset(stopwords))
    sentences = split_sentences(text)
    terms = [reader.terms(text[start:end]) for start, end in sentences]
    title_terms = reader.terms(title)
    candidates = _candidates(text, sentences, terms, title_terms)
    worth = _worth(terms, title_terms, knows_grammar=reader.knows_grammar)
    picked = _pick(text, candidates, worth, wanted)
    # The one good sentence of a text in disorder is a find by chance.
    return sorted(picked) if len(picked) * 2 >= wanted else []


@lru_cache(maxsize=16)
def _reader_for(stopwords: frozenset[str]) -> TermReader:
    return TermReader(stopwords)


def _candidates(
    text: str, sentences: Sequence[Span], terms: Sequence[set[str]], title_terms: set[str]
) -> list[_Candidate]:
    copies = Counter(text[start:end] for start, end in sentences)
    found = []
    for number, is_whole in enumerate(whole_sentences(text, sentences)):
        start, end = sentences[number]
        # What stands there twice belongs to the page.
        if not is_whole or copies[text[start:end]] > 1:
            continue
        start = opening_end(text, number, sentences[number])
        standing = stands(text[start:end], is_first=number == 0)
        if not standing or _repeats(terms[number], title_terms):
            continue
        if number + 1 < len(sentences) and is_credit(text, sentences[number + 1]):
            continue
        found.append(_Candidate((start, end), terms[number], standing, 1 / sqrt(1 + number)))
    return found


def _repeats(terms: set[str], title_terms: set[str]) -> bool:
    return len(terms - title_terms) <= NEW_LEAST * len(terms)


def _worth(
    terms: Sequence[set[str]], title_terms: set[str], *, knows_grammar: bool
) -> dict[str, float]:
    """Say what each word is worth in this text."""
    counts = Counter[str]()
    for own in terms:
        counts.update(own)
    most = len(terms) if knows_grammar else max(3, EVERYWHERE * len(terms))
    worth = {}
    for term, count in counts.items():
        value = (log(1 + count) if count > 1 else 0.2) if count <= most else 0
        worth[term] = value * IN_TITLE if term in title_terms else value
    return worth


def _pick(
    text: str, candidates: list[_Candidate], worth: dict[str, float], wanted: int
) -> list[Span]:
    picked: list[_Candidate] = []
    while len(picked) < wanted and (best := _best(text, candidates, worth, picked)):
        picked.append(best)
        for term in best.terms:
            worth[term] *= SAID
    return [candidate.span for candidate in picked]


def _best(
    text: str,
    candidates: list[_Candidate],
    worth: dict[str, float],
    picked: Sequence[_Candidate],
) -> _Candidate | None:
    """Take the best candidate from the list, and with it those that were better but are no good."""
    values = [
        sum(map(worth.__getitem__, one.terms)) / sqrt(max(TERMS_LEAST, len(one.terms)))
        for one in candidates
    ]
    highest = max(values, default=0) or 1
    ranks = [
        (value / highest + EARLINESS * one.earliness) * one.standing
        for value, one in zip(values, candidates, strict=True)
    ]
    spent = set()
    best = None
    for place in sorted(range(len(ranks)), key=ranks.__getitem__, reverse=True):
        spent.add(place)
        if _is_good(text, candidates[place], picked):
            best = candidates[place]
            break
    candidates[:] = [one for place, one in enumerate(candidates) if place not in spent]
    return best


def _is_good(text: str, one: _Candidate, picked: Sequence[_Candidate]) -> bool:
    if any(_are_alike(one.terms, other.terms) for other in picked):
        return False
    sentence = text[one.span[0] : one.span[1]]
    return is_prose(sentence) and not is_furniture(sentence)


def _are_alike(terms: set[str], others: set[str]) -> bool:
    return len(terms & others) > ALIKE * min(len(terms), len(others))
