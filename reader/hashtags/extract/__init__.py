"""
What an article is about, in a few hashtags: the publisher's keywords, names, key phrases.

Pure: the same text gives the same answer whatever else is stored. Imports nothing of ours but word
lists and the way hashtags are written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reader.hashtags.extract import unspaced
from reader.hashtags.extract.candidates import Candidate, names, subjects, things
from reader.hashtags.extract.keywords import keyword_names
from reader.hashtags.extract.languages import HAN, NAMES_KEEP_THEIR_FORM, language_of
from reader.hashtags.extract.reading import TOKEN, as_in_text, read
from reader.hashtags.extract.subjects import subjects_in
from reader.hashtags.extract.weighing import chance, in_order, weight_of
from reader.hashtags.naming import fold, singular, words_of

# News says what it is about early, and the time one article takes stays bounded.
READ_CHARACTERS = 4500
SHOWN_MOST = 8
SHOWN_LEAST = 3
# A publisher that names its subjects leaves less to be found.
KEYWORDS_ENOUGH = 3
SHOWN_BESIDE_ENOUGH = 6
# What a reader would less likely name is beside the point.
WORTH = 0.3
WORTH_OF_FIRST = 0.08
# Without capitals nothing says how likely; the best of a text gets this.
BEST_UNSPACED = 0.75
KEYWORDS_MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    name: str
    slug: str
    score: float
    # The publisher said so; else the text did.
    is_keyword: bool = False
    # A name has one spelling; a thing may stand in the singular or the plural.
    is_name: bool = False


def ranked(
    *,
    title: str,
    text: str,
    standfirst: str = "",
    keywords: Sequence[str] = (),
    language: str = "",
    publisher: str = "",
) -> list[Suggestion]:
    """Rank everything worth a hashtag, best first: keywords, then what the text yields."""
    text = text[:READ_CHARACTERS]
    whole = f"{title}\n\n{standfirst}\n\n{text}" if standfirst else f"{title}\n\n{text}"
    language = language_of(language, whole)
    given = keyword_names(keywords, whole)
    suggestions = [
        Suggestion(name, fold(name), max(0.6, 1 - place * 0.05), is_keyword=True)
        for place, name in enumerate(given[:KEYWORDS_MOST])
    ]
    taken = {form for one in suggestions for form in (one.slug, singular(one.slug))}
    parts = {fold(word) for keyword in keywords for word in words_of(str(keyword))}
    own_names = _names_of_publisher(publisher)
    for suggestion in _from_text(title, standfirst, text, language):
        if {suggestion.slug, singular(suggestion.slug)} & taken or suggestion.slug in own_names:
            continue
        if suggestion.slug in parts or _is_inside(suggestion.slug, taken):
            continue
        taken.add(suggestion.slug)
        suggestions.append(suggestion)
    return suggestions


def choose(suggestions: Sequence[Suggestion], *, most: int = SHOWN_MOST) -> list[Suggestion]:
    """Keep the few that are worth following: all keywords, then what readers would likely name."""
    if sum(one.is_keyword for one in suggestions) >= KEYWORDS_ENOUGH:
        most = min(most, SHOWN_BESIDE_ENOUGH)
    chosen: list[Suggestion] = []
    for suggestion in suggestions:
        if len(chosen) == most:
            break
        if (
            suggestion.is_keyword
            or suggestion.score >= WORTH
            or (len(chosen) < SHOWN_LEAST and suggestion.score >= WORTH_OF_FIRST)
        ):
            chosen.append(suggestion)
    return chosen


def _names_of_publisher(publisher: str) -> set[str]:
    """A publisher that speaks of itself is not what the article is about."""
    whole = fold(publisher)
    return {whole, fold(publisher.removesuffix(" News")), fold(publisher.partition(" (")[0])} - {""}


def _is_inside(slug: str, others: set[str]) -> bool:
    """Whether a word of a script without spaces is a piece of one that is there already."""
    return not slug.isascii() and bool(HAN.match(slug)) and any(slug in other for other in others)


def _from_text(title: str, standfirst: str, text: str, language: str) -> list[Suggestion]:
    if unspaced.reads(language):
        found = unspaced.candidates(f"{title}\n{standfirst}\n{text}", language)
        return _by_count(found, unspaced.grams(title), lead_end=len(title + standfirst) + 120)
    if language not in NAMES_KEEP_THEIR_FORM:
        return []
    body = f"{standfirst}\n\n{text}" if standfirst or text else title
    reading = read(f"{as_in_text(title, body)}\n\n{body}", language)
    found = names(reading, language) + things(reading, language)
    in_title = _grams(title)
    if language == "en":
        found += subjects(f"{title}\n\n{body}")
        in_title.update(fold(name) for name in subjects_in(title.lower()))
    strongest = max((one.count for one in found if one.is_name), default=1)
    weighed = [
        (weight_of(one, titled=_stands_in(one, in_title), strongest=strongest), one)
        for one in found
    ]
    return [
        Suggestion(one.name, one.slug, round(chance(weight), 4), is_name=one.is_name)
        for weight, one in in_order(weighed)
    ]


def _stands_in(candidate: Candidate, grams: set[str]) -> bool:
    if candidate.slug in grams:
        return True
    return not candidate.is_name and singular(candidate.slug) in grams


def _by_count(found: list[Candidate], in_title: set[str], *, lead_end: int) -> list[Suggestion]:
    """Weigh how often, how early and how prominently a thing is named."""
    scored = []
    for candidate in found:
        titled, early = _stands_in(candidate, in_title), candidate.first < lead_end
        if _comes_again(candidate, titled=titled):
            weight = math.log2(1 + candidate.count) * (1 + 0.6 * titled + 0.3 * early)
            if candidate.words > 1:
                weight *= 1.15 if candidate.is_name else 1.0
            else:
                weight *= 1.0 if candidate.is_name else 0.7
            scored.append((weight, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].first, pair[1].name))
    best = scored[0][0] if scored else 1
    return [
        Suggestion(c.name, c.slug, round(BEST_UNSPACED * weight / best, 4), is_name=c.is_name)
        for weight, c in scored
    ]


def _comes_again(candidate: Candidate, *, titled: bool) -> bool:
    if candidate.is_name:
        return candidate.count >= 2 or titled
    if candidate.words > 1:
        return candidate.count >= 3 or (titled and candidate.sure >= 1)
    return candidate.sure >= 2 and candidate.count >= (3 if titled else 6)


def _grams(text: str) -> set[str]:
    """Fold every run of up to five words of a headline, singular and as it stands."""
    words = [fold(word.removesuffix("'s").removesuffix("’s")) for word in TOKEN.findall(text)]
    words = [word for word in words if word]
    grams: set[str] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            gram = "".join(words[start:end])
            grams.update((gram, singular(gram)))
    return grams
