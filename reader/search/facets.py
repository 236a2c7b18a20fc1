"""How many of the matches each publisher, hashtag, language, section and month has."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import neg
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from reader.articles.models import Publisher, Section
from reader.hashtags.models import Hashtag
from reader.hashtags.querysets import HashtagQuerySet
from reader.search.engines import Engine, Lookup
from reader.search.entries import GAP, moment_of, place_at

# Matches are counted one by one so far; beyond, the newest of them stand for all.
EXACT_MAX = 10_000
# As many of a kind as a page may show.
SHOWN_MAX = 12
# Hashtags are looked at a little further down, for aliases may add up.
LOOKED_AT = 60

PUBLISHER, SECTION, LANGUAGE, HASHTAG = "p", "s", "l", "h"


@dataclass(frozen=True, slots=True)
class Facet:
    """What some of the matches share."""

    # As it stands in an address or after an operator: a slug, a language's code, 2026 or 2026-11.
    value: str
    name: str
    # About as many, when the tally is not exact.
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    count: int = 0
    # False when `count` and the counts of all facets are estimates.
    is_exact: bool = True
    publishers: list[Facet] = field(default_factory=list)
    hashtags: list[Facet] = field(default_factory=list)
    languages: list[Facet] = field(default_factory=list)
    sections: list[Facet] = field(default_factory=list)
    # Newest first, all of them that are among the matches.
    years: list[Facet] = field(default_factory=list)
    months: list[Facet] = field(default_factory=list)


def tally_of(engine: Engine, lookup: Lookup) -> Tally:
    """Count the matches by what they share, in two statements, three where it is no exact count."""
    rows = engine.tally(lookup, most=EXACT_MAX + 1)
    # Where nothing was found there is nothing to be about right of.
    is_exact = not rows or (len(rows) <= EXACT_MAX and not engine.is_sample(lookup))
    count = len(rows) if is_exact else max(len(rows), engine.estimate(lookup))
    rows = rows[:EXACT_MAX]
    scale = 1.0 if is_exact else count / len(rows)
    marks = [marks for _, marks in rows]
    by_kind: dict[str, Counter[str]] = {kind: Counter() for kind in "pslh"}
    for mark, number in Counter(" ".join(marks).split()).items():
        if (kind := mark[1:2]) in by_kind:
            by_kind[kind][mark[2:]] += number
    names = _names(by_kind)
    months = _by_month([place for place, _ in rows])
    years = Counter[str]()
    for month, number in months.items():
        years[month[:4]] += number
    return Tally(
        count=count,
        is_exact=is_exact,
        publishers=_facets(by_kind[PUBLISHER], names[PUBLISHER], scale),
        hashtags=_hashtags(by_kind[HASHTAG], names[HASHTAG], marks, scale),
        languages=[
            Facet(tag, tag, _scaled(number, scale))
            for tag, number in by_kind[LANGUAGE].most_common(SHOWN_MAX)
        ],
        sections=_facets(by_kind[SECTION], names[SECTION], scale),
        years=[Facet(one, one, _scaled(n, scale)) for one, n in years.items()],
        months=[Facet(one, one, _scaled(n, scale)) for one, n in months.items()],
    )


@dataclass(frozen=True, slots=True)
class _Name:
    pk: str
    name: str
    value: str
    # What an alias means, else empty.
    means: str


def _names(by_kind: dict[str, Counter[str]]) -> dict[str, list[_Name]]:
    """Name the most frequent of each kind, and hashtags with their aliases, in one statement."""
    wanted = {
        kind: [int(pk) for pk, _ in by_kind[kind].most_common(most)]
        for kind, most in ((PUBLISHER, SHOWN_MAX), (SECTION, SHOWN_MAX), (HASHTAG, LOOKED_AT))
    }
    names: dict[str, list[_Name]] = {kind: [] for kind in wanted}
    if not any(wanted.values()):
        return names
    none = Value("", output_field=CharField())
    queries: list[Any] = [
        model.objects.filter(pk__in=wanted[kind]).values_list(
            Value(kind, output_field=CharField()), _text("pk"), "name", "slug", none
        )
        for kind, model in ((PUBLISHER, Publisher), (SECTION, Section))
    ]
    queries.append(
        _hashtags_among(wanted[HASHTAG]).values_list(
            Value(HASHTAG, output_field=CharField()), _text("pk"), "name", "slug", _text("alias_of")
        )
    )
    for kind, pk, name, slug, means in queries[0].union(*queries[1:], all=True):
        names[kind].append(_Name(pk, name, slug, means or ""))
    return names


def _hashtags_among(hashtag_ids: Sequence[int]) -> HashtagQuerySet:
    """Find these, what they mean, and the aliases of either."""
    means = Hashtag.objects.filter(pk__in=hashtag_ids, alias_of__isnull=False).values("alias_of")
    return Hashtag.objects.filter(
        Q(pk__in=hashtag_ids)
        | Q(pk__in=means)
        | Q(alias_of__in=hashtag_ids)
        | Q(alias_of__in=means),
        is_blocked=False,
    )


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def _facets(numbers: Counter[str], names: Iterable[_Name], scale: float) -> list[Facet]:
    found = [
        Facet(one.value, one.name, _scaled(numbers[one.pk], scale))
        for one in names
        if numbers[one.pk]
    ]
    return sorted(found, key=lambda facet: (-facet.count, facet.name))[:SHOWN_MAX]


def _hashtags(
    numbers: Counter[str], names: Sequence[_Name], marks: Sequence[str], scale: float
) -> list[Facet]:
    """Count each hashtag with its aliases; an article that has two of them is one."""
    groups: dict[str, set[str]] = {}
    for one in names:
        if numbers[one.pk]:
            groups.setdefault(one.means or one.pk, set()).add(one.pk)
    facets = []
    for one in names:
        group = groups.get(one.pk, set())
        if len(group) > 1:
            wanted = {f"{GAP}{HASHTAG}{pk}" for pk in group}
            count = sum(not wanted.isdisjoint(some.split()) for some in marks)
        else:
            count = sum(numbers[pk] for pk in group)
        if count:
            facets.append(Facet(one.value, one.name, _scaled(count, scale)))
    return sorted(facets, key=lambda facet: (-facet.count, facet.name))[:SHOWN_MAX]


def _by_month(places: Sequence[int]) -> dict[str, int]:
    """Count places, newest first as they come, by the months of the site's clock."""
    if not places:
        return {}
    clock = timezone.get_default_timezone()
    first, last = (moment_of(place).astimezone(clock) for place in (places[-1], places[0]))
    months = [(first.year, first.month)]
    while months[-1] < (last.year, last.month):
        year, month = months[-1]
        months.append((year + month // 12, month % 12 + 1))
    counted: dict[str, int] = {}
    at = 0
    for year, month in reversed(months):
        start = place_at(datetime(year, month, 1, tzinfo=clock))
        end = bisect_right(places, -start, lo=at, key=neg)
        if end > at:
            counted[f"{year:04}-{month:02}"] = end - at
        at = end
    return counted


def _scaled(number: int, scale: float) -> int:
    return max(1, round(number * scale))
