"""Within one text: which names mean the same person, place or body. Pure, touches counts only."""

from __future__ import annotations

from collections import defaultdict

from reader.hashtags.extract.proper import BODY_ENDINGS, FAMOUS, SAME_THING
from reader.hashtags.extract.reading import Mentions
from reader.hashtags.naming import fold

ByWords = dict[tuple[str, ...], Mentions]
NUMERALS = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "XIV", "XVI"})
# Where the family's name stands first, it stands alone: Kim for Kim Jong Un.
FAMILY_FIRST = frozenset(
    {
        *("Chen", "Choi", "Gao", "Guo", "Han", "He", "Hu", "Huang", "Jiang", "Kim", "Li", "Lin"),
        *("Liu", "Ma", "Moon", "Nguyen", "Park", "Sun", "Tran", "Wang", "Wen", "Wu", "Xi", "Xu"),
        *("Yang", "Yi", "Zhang", "Zhao", "Zheng", "Zhou", "Zhu"),
    }
)
COUNTRIES = frozenset(fold(country) for country in SAME_THING.values())


def link(by_words: ByWords) -> None:
    """Count short names for long ones, `Behring` or not, `AEMO` or in full, under one of them."""
    _part_from_places(by_words)
    _join_middle_names(by_words)
    _give_short_to_long(by_words)
    _join_acronyms(by_words)


def _part_from_places(by_words: ByWords) -> None:
    """`Jane Doe of North Carolina` is Jane Doe, once she is named without."""
    for words in [words for words in by_words if "of" in words]:
        person = words[: words.index("of")]
        if len(person) > 1 and person in by_words:
            add(by_words, person, by_words.pop(words))


def _join_middle_names(by_words: ByWords) -> None:
    """`Anders Behring Breivik` and `Anders Breivik` are one: the form that comes more often."""
    forms: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for words in by_words:
        if len(words) in (2, 3) and not words[-1].isupper():
            forms[words[0], words[-1]].append(words)
    for same in forms.values():
        if len(same) > 1 and any(len(words) == 2 for words in same):
            same.sort(key=lambda words: (-by_words[words].count, -len(words)))
            for words in same[1:]:
                if 2 in (len(words), len(same[0])):
                    add(by_words, same[0], by_words.pop(words))


def _give_short_to_long(by_words: ByWords) -> None:
    """
    Count `Trump` for `Donald Trump` and `Amnesty` for `Amnesty International`.

    A country's name stays itself, whoever carries it too.
    """
    by_end: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_first: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, mentions in by_words.items():
        ends = [(words[start:], by_end) for start in range(1, len(words))]
        if words[-1] in NUMERALS:
            # Elizabeth and Queen Elizabeth are Queen Elizabeth II.
            ends += [(words[start:-1], by_end) for start in range(len(words) - 1)]
        for part, table in [*ends, (words[:1], by_first)]:
            other = table.get(part)
            if len(words) > len(part) and (other is None or by_words[other].count < mentions.count):
                table[part] = words
    moved: dict[tuple[str, ...], tuple[str, ...]] = {}
    # Longer ones first, so that what a short one is given to stands at its last place.
    for words in sorted(by_words, key=len, reverse=True):
        if len(words) == 1:
            slug = fold(words[0])
            if slug in COUNTRIES or slug in SAME_THING or slug in FAMOUS:
                continue
        short = by_words[words]
        long = by_end.get(words)
        if long is None:
            long = by_first.get(words)
            if long is None or by_words[moved.get(long, long)].first > short.first:
                continue
            if long[-1].lower() not in BODY_ENDINGS and words[0] not in FAMILY_FIRST:
                continue
        long = moved[words] = moved.get(long, long)
        add(by_words, long, by_words.pop(words))
    _resolve_famous(by_words, by_end)


def _resolve_famous(by_words: ByWords, by_end: dict[tuple[str, ...], tuple[str, ...]]) -> None:
    """Keep `Trump` for `Donald Trump`, unless the text knows another Trump only."""
    for words in [words for words in by_words if len(words) == 1 and fold(words[0]) in FAMOUS]:
        long = by_end.get(words)
        known = FAMOUS[fold(words[0])]
        full = [
            other for other in by_words if len(other) > 1 and fold("".join(other)) == fold(known)
        ]
        if full:
            add(by_words, full[0], by_words.pop(words))
        elif long in by_words:
            add(by_words, long, by_words.pop(words))


def _join_acronyms(by_words: ByWords) -> None:
    """Count a body's full name and its initials as one, under the initials once they are used."""
    initials = {words[0].replace(".", ""): words for words in by_words if _is_acronym(words)}
    if not initials:
        return
    for words in [words for words in by_words if len(words) > 1]:
        capitals = [word[0] for word in words if word[0].isupper()]
        short = initials.get("".join(capitals)) if len(capitals) > 1 else None
        if short is None or short not in by_words:
            continue
        if by_words[short].count > 1 or len(words) > 4:
            add(by_words, short, by_words.pop(words))
        else:
            add(by_words, words, by_words.pop(short))


def _is_acronym(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and 2 <= len(words[0].replace(".", "")) <= 7 and words[0].isupper()


def add(by_words: ByWords, words: tuple[str, ...], more: Mentions) -> None:
    mentions = by_words.get(words)
    if mentions is None:
        by_words[words] = Mentions(more.count, more.first, more.sure)
    else:
        mentions.count += more.count
        mentions.sure += more.sure
        mentions.first = min(mentions.first, more.first)
