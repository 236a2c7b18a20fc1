"""From what was read to what might be a hashtag: one candidate for all spellings of a thing."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain

from reader.hashtags.extract.linking import ByWords, add, link
from reader.hashtags.extract.plain_words import BREAKERS, GENERIC
from reader.hashtags.extract.proper import FAMOUS, NOT_NAMES, SAME_ELSEWHERE, SAME_THING, TITLES
from reader.hashtags.extract.reading import Chunk, Mentions, Reading
from reader.hashtags.extract.subjects import SUBJECT_OF, subjects_in
from reader.hashtags.naming import fold, singular, written

SUBJECT_SLUGS = frozenset(singular(fold(name)) for name in SUBJECT_OF.values())
# Months and small words that are family names, too.
SILENT = frozenset({"may", "march", "june", "august", "will", "long", "case", "price", "young"})
NAME_MAX_WORDS = 5
# What makes two phrases one, the phrase as written, its place, whether it is surely a noun.
Stretch = tuple[tuple[str, ...], tuple[str, ...], int, bool]
# German writes every noun with a capital, so a single one is no name yet.
NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
COMPOUND_LETTERS = 8


@dataclass(slots=True)
class Candidate:
    slug: str
    name: str
    count: float
    first: int
    words: int
    is_name: bool
    sure: int = 0
    # One of those that newspapers keep a page for.
    is_subject: bool = False


def names(reading: Reading, language: str) -> list[Candidate]:
    """Find people, places and bodies: capitals that are not owed to a sentence's beginning."""
    plain = BREAKERS.get(language, frozenset()) | GENERIC.get(language, frozenset())
    by_words: dict[tuple[str, ...], Mentions] = {}
    for words, mentions in reading.names.items():
        kept = _without_chance_capital(words, mentions, reading.tokens, plain)
        if kept:
            add(by_words, kept, mentions)
    _count_silent_ends(by_words, reading.tokens)
    link(by_words)
    found: dict[str, Candidate] = {}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    english = language in ("en", "")
    alike = SAME_THING if english else SAME_ELSEWHERE.get(language, {})
    for words, mentions in by_words.items():
        name = written(words)
        slug = fold(name)
        same = alike.get(slug) or (FAMOUS.get(slug) if len(words) == 1 else None)
        if same:
            name, slug = same, fold(same)
        if len(words) == 1 and not mentions.sure and not name.isupper():
            # Seen at beginnings of sentences only: as likely any word.
            continue
        if slug in NOT_NAMES or len(slug) < 2 or slug.isdigit() or len(words) > NAME_MAX_WORDS:
            continue
        if english and singular(slug) in SUBJECT_SLUGS:
            continue
        spellings[slug][name] += mentions.count
        candidate = found.get(slug)
        if candidate is None:
            found[slug] = Candidate(
                slug, name, mentions.count, mentions.first, len(words), True, mentions.sure
            )
        else:
            candidate.count += mentions.count
            candidate.sure += mentions.sure
            candidate.first = min(candidate.first, mentions.first)
    _join_plurals(found, spellings)
    for slug, candidate in found.items():
        candidate.name = max(spellings[slug].items(), key=_better_spelling)[0]
        if language in NOUNS_HAVE_CAPITALS and candidate.words == 1:
            candidate.is_name = False
            # Koalitionsvertrag, Klimaschutz: what German makes one word is a subject.
            candidate.is_subject = len(slug) >= COMPOUND_LETTERS
    return list(found.values())


def subjects(text: str) -> list[Candidate]:
    """Find what newspapers keep a page for, under its usual name whatever the text calls it."""
    found = []
    for name, sighting in subjects_in(text).items():
        words = name.split()
        hashtag = written(words)
        found.append(
            Candidate(
                fold(hashtag),
                hashtag,
                sighting.count,
                sighting.first,
                len(words),
                is_name=False,
                sure=sighting.count,
                is_subject=True,
            )
        )
    return found


def things(reading: Reading, language: str) -> list[Candidate]:
    """Find key phrases: two or three content words that recur, or one noun again and again."""
    if language not in BREAKERS:
        return []
    english = language == "en"
    # What stands once cannot be in anything that stands twice; most words stand once.
    heads = [tuple(map(singular, words)) if english else words for words, _, _ in reading.chunks]
    often = {word for word, count in Counter(chain.from_iterable(heads)).items() if count > 1}
    stretches = [
        stretch
        for chunk, singulars in zip(reading.chunks, heads, strict=True)
        if not often.isdisjoint(singulars)
        for stretch in _stretches(chunk, singulars, often)
    ]
    counts = Counter([stretch[0] for stretch in stretches])
    generic = GENERIC.get(language, frozenset())
    repeated = {
        key: Candidate("", "", count, sys.maxsize, len(key), False)
        for key, count in counts.items()
        if count > 1
        and not (english and key in SUBJECT_OF)
        and _is_thing(key, count, generic, english=english)
    }
    spellings: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for key, words, place, led in stretches:
        candidate = repeated.get(key)
        if candidate is not None:
            candidate.first = min(candidate.first, place)
            candidate.sure += led
            spellings[key][words] += 1
    for key, candidate in repeated.items():
        candidate.name = written(
            max(spellings[key].items(), key=lambda pair: (pair[1], pair[0]))[0]
        )
        candidate.slug = fold(candidate.name)
    return [one for one in _without_parts(repeated) if one.words > 1 or one.sure]


def _stretches(chunk: Chunk, heads: tuple[str, ...], often: set[str]) -> list[Stretch]:
    """List the runs of up to three words in a chunk; plural and singular share one key."""
    words, place, led = chunk
    if len(words) == 1:
        return [(heads, words, place, led)]
    last = len(words) - 1
    found: list[Stretch] = []
    for end, head in enumerate(heads):
        if head not in often:
            continue
        # A noun closes its chunk: "the ceasefire", not "the ceasefire talks".
        sure = led and end == last
        found.append(((head,), words[end : end + 1], place, sure))
        if end:
            found.append(((words[end - 1], head), words[end - 1 : end + 1], place, sure))
        if end > 1:
            found.append(
                ((words[end - 2], words[end - 1], head), words[end - 2 : end + 1], place, sure)
            )
    return found


def _is_thing(
    words: tuple[str, ...], count: int, generic: frozenset[str], *, english: bool
) -> bool:
    head = words[-1]
    if len(words) == 1:
        return (
            len(head) > 3
            and head not in generic
            and f"{head}s" not in generic
            and not (english and head.endswith(("ly", "ed", "er", "est")))
        )
    if any(len(word) < 3 for word in words):
        return False
    plain = [word in generic or f"{word}s" in generic or word in TITLES for word in words]
    if all(plain) and (count < 3 or any(word in TITLES for word in words)):
        return False
    if not english:
        # Without knowing nouns, two words in a row are a phrase only by how often they come.
        return True
    return not head.endswith(("ly", "ed", "ing", "ous", "ful", "ive")) and not words[0].endswith(
        "ly"
    )


def _without_parts(repeated: dict[tuple[str, ...], Candidate]) -> list[Candidate]:
    """
    Drop a phrase that nearly always stands inside a longer one.

    Also one that begins with the end of a more frequent one: `human rights`, not `rights group`.
    """
    whole: dict[tuple[str, ...], float] = {}
    tails: dict[str, float] = {}
    for key, candidate in repeated.items():
        if len(key) > 1:
            tails[key[-1]] = max(tails.get(key[-1], 0), candidate.count)
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                part = key[start:end]
                if len(part) < len(key):
                    whole[part] = max(whole.get(part, 0), candidate.count)
    return [
        candidate
        for key, candidate in repeated.items()
        if whole.get(key, 0) < 0.7 * candidate.count
        and (len(key) == 1 or tails.get(singular(key[0]), 0) < candidate.count)
    ]


def _without_chance_capital(
    words: tuple[str, ...], mentions: Mentions, tokens: Counter[str], plain: frozenset[str]
) -> tuple[str, ...]:
    """Drop a word that is capitalised only because a sentence begins there."""
    first = words[0]
    small = first.lower()
    shouted = len(first) > 1 and first.isupper()
    if len(words) == 1:
        # A common word with a capital here and there is no name either: the Bill, the Court.
        doubtful = small in plain or tokens[small] > (mentions.count if mentions.sure else 0)
        return () if doubtful and not shouted else words
    if not mentions.sure and not shouted and (small in tokens or small in plain):
        # Of «Bank of Altmark» at a beginning nothing is left to start with «of».
        start = next((at for at, word in enumerate(words) if at and not word.islower()), len(words))
        return words[start:]
    return words


def _count_silent_ends(by_words: ByWords, tokens: Counter[str]) -> None:
    """Count `May` for `Theresa May`, which by itself would be a month or a small word."""
    ends: dict[str, tuple[str, ...]] = {}
    for words, mentions in by_words.items():
        if len(words) == 2 and words[1].lower() in SILENT and words[1].istitle():
            other = ends.get(words[1])
            if other is None or by_words[other].count < mentions.count:
                ends[words[1]] = words
    for end, words in ends.items():
        by_words[words].count = max(by_words[words].count, tokens[end])


def _join_plurals(found: dict[str, Candidate], spellings: dict[str, Counter[str]]) -> None:
    """Where a text has both, `Dead Sea Scroll` is counted for `Dead Sea Scrolls`."""
    for slug in list(found):
        one = singular(slug)
        if one != slug and one in found:
            keep, drop = (slug, one) if found[slug].count >= found[one].count else (one, slug)
            gone = found.pop(drop)
            found[keep].count += gone.count
            found[keep].sure += gone.sure
            found[keep].first = min(found[keep].first, gone.first)


def _better_spelling(spelling: tuple[str, int]) -> tuple[bool, int, str]:
    """Prefer `HongKong` to `HONGKONG`, then the more frequent, then any, always the same."""
    name, count = spelling
    return (len(name) < 6 or not name.isupper(), count, name)
