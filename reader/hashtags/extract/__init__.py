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
from reader.hashtags.extract.candidates import Candidate, names, things
from reader.hashtags.extract.keywords import keyword_names
from reader.hashtags.extract.languages import HAN, NAMES_KEEP_THEIR_FORM, language_of
from reader.hashtags.extract.reading import TOKEN, read
from reader.hashtags.naming import fold, singular, words_of

# News says what it is about early, and the time one article takes stays bounded.
READ_CHARACTERS = 4500
LEAD_TOKENS = 70
SHOWN_MOST = 8
SHOWN_LEAST = 3
# A publisher that names its subjects leaves less to be found.
KEYWORDS_ENOUGH = 3
SHOWN_BESIDE_ENOUGH = 6
# What scores below this share of the best is beside the point.
WORTH = 0.4
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
    """Keep the few that are worth following: all keywords, then what scores near the best."""
    if sum(one.is_keyword for one in suggestions) >= KEYWORDS_ENOUGH:
        most = min(most, SHOWN_BESIDE_ENOUGH)
    chosen: list[Suggestion] = []
    best = max((one.score for one in suggestions if not one.is_keyword), default=0)
    for suggestion in suggestions:
        if len(chosen) == most:
            break
        if (
            suggestion.is_keyword
            or suggestion.score >= WORTH * best
            or (len(chosen) < SHOWN_LEAST and suggestion.score >= WORTH * best / 2)
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
        return _scored(found, unspaced.grams(title), set(), lead_end=len(title + standfirst) + 120)
    if language not in NAMES_KEEP_THEIR_FORM:
        return []
    # A headline in capitals would make names of everything: it counts, but it names nothing.
    reading = read(f"{standfirst}\n\n{text}" if standfirst or text else title, language)
    found = names(reading, language) + things(reading, language)
    lead_end = LEAD_TOKENS + len(TOKEN.findall(standfirst))
    return _scored(found, _grams(title), _grams(standfirst), lead_end=lead_end)


def _scored(
    found: list[Candidate], in_title: set[str], in_standfirst: set[str], *, lead_end: int
) -> list[Suggestion]:
    """Weigh how often, how early and how prominently a thing is named; the best scores 1."""
    scored = []
    for candidate in found:
        forms = (
            {candidate.slug} if candidate.is_name else {candidate.slug, singular(candidate.slug)}
        )
        titled = bool(forms & in_title)
        early = candidate.first < lead_end or bool(forms & in_standfirst)
        if not _is_salient(candidate, titled=titled, early=early):
            continue
        weight = math.log2(1 + candidate.count) * (1 + 0.6 * titled + 0.3 * early)
        if candidate.is_name:
            weight *= 1.15 if candidate.words > 1 else 1.0
        else:
            weight *= 1.0 if candidate.words > 1 else 0.7
        scored.append((weight, candidate))
    # Between equals the earlier one is first; the name makes the order the same every time.
    scored.sort(key=lambda pair: (-pair[0], pair[1].first, pair[1].name))
    best = scored[0][0] if scored else 1
    return [
        Suggestion(c.name, c.slug, round(weight / best, 4), is_name=c.is_name)
        for weight, c in scored
    ]


def _is_salient(candidate: Candidate, *, titled: bool, early: bool) -> bool:
    if candidate.is_name:
        return candidate.count >= 2 or titled or (early and candidate.words > 1)
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
