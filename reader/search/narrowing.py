"""How a search may be narrowed further, and what it is narrowed to: links, all of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reader.search.addresses import query_of
from reader.search.facets import Facet, Tally
from reader.search.forms import HASHTAGS_MAX, PERIODS, FilterForm
from reader.search.nodes import Question
from reader.search.saying import count_said, day_name, language_name, month_name

# More than these are not read.
LINKS_MAX = 8
MONTHS_MAX = 12

Given = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on; the link takes it away."""

    kind: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Narrower:
    """A link to fewer results."""

    label: str
    count: SafeString | str
    # Decides singular or plural.
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    links: list[Narrower]


def address_of(given: Given, **changes: object) -> str:
    return reverse("search:search_page") + query_of(given, **changes)


def chosen_filters(filters: FilterForm, given: Given) -> list[Chosen]:
    """List what the results are narrowed to, each with the address without it."""
    chosen = []

    def add(name: str, label: object, **changes: object) -> None:
        kind = str(filters.fields[name].label)
        address = address_of(given, after=None, **(changes or {name: None}))
        chosen.append(Chosen(kind, str(label), address))

    if filters.publisher_chosen:
        add("publisher", filters.publisher_chosen)
    if filters.section_chosen:
        add("section", filters.section_chosen)
    slugs = {word: tag.slug if tag else word for word, tag in filters.hashtags_chosen.items()}
    for word, hashtag in filters.hashtags_chosen.items():
        rest = ",".join(slug for other, slug in slugs.items() if other != word)
        add("hashtag", f"#{hashtag.name if hashtag else word}", hashtag=rest)
    for name, value in filters.lost.items():
        add(name, value)
    if given.get("lang"):
        add("lang", language_name(str(given["lang"])))
    if given.get("time"):
        add("time", PERIODS[str(given["time"])][0])
    first, last = filters.days
    if first or last:
        add("time", period_said(first, last), since=None, until=None)
    return chosen


def period_said(first: date | None, last: date | None) -> str:
    if first and last:
        if first == last:
            return day_name(first)
        if (first, last) == _days_of_month(first.year, first.month):
            return month_name(f"{first:%Y-%m}")
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return str(first.year)
        return gettext("%(first)s to %(last)s") % {
            "first": day_name(first),
            "last": day_name(last),
        }
    if first:
        return gettext("From %(day)s") % {"day": day_name(first)}
    return gettext("To %(day)s") % {"day": day_name(last)} if last else ""


def groups_of(tally: Tally | None, filters: FilterForm, given: Given) -> list[Group]:
    """Offer what tells the matches apart; what all of them share narrows nothing."""
    if tally is None:
        return []

    def links(facets: Iterable[Facet], name: str, most: int = LINKS_MAX) -> list[Narrower]:
        some = [facet for facet in facets if facet.count < tally.count]
        return [
            _narrower(facet, tally, address_of(given, after=None, **_added(given, name, facet)))
            for facet in some[:most]
        ]

    groups = []
    if not filters.publisher_chosen:
        groups.append(
            Group("publisher", gettext("Publisher"), links(tally.publishers, "publisher"))
        )
    taken = {h.slug for h in filters.hashtags_chosen.values() if h}
    hashtags = [
        Facet(facet.value, f"#{facet.name}", facet.count)
        for facet in tally.hashtags
        if facet.value not in taken
    ]
    if len(filters.hashtags_chosen) < HASHTAGS_MAX:
        groups.append(Group("hashtag", gettext("Hashtag"), links(hashtags, "hashtag")))
    if not filters.section_chosen:
        groups.append(Group("section", gettext("Section"), links(tally.sections, "section")))
    if not given.get("lang"):
        languages = [Facet(f.value, language_name(f.value), f.count) for f in tally.languages]
        groups.append(Group("lang", gettext("Language"), links(languages, "lang")))
    if len(tally.years) > 1:
        groups.append(Group("year", gettext("Year"), links(tally.years, "year")))
    else:
        months = [Facet(f.value, month_name(f.value), f.count) for f in tally.months]
        groups.append(Group("month", gettext("Month"), links(months, "month", MONTHS_MAX)))
    return [group for group in groups if group.links]


def _narrower(facet: Facet, tally: Tally, address: str) -> Narrower:
    return Narrower(facet.name, count_said(facet.count, tally.is_exact), facet.count, address)


def _added(given: Given, name: str, facet: Facet) -> dict[str, object]:
    if name == "hashtag":
        return {name: ",".join(filter(None, [str(given.get(name) or ""), facet.value]))}
    if name == "year":
        return _period(date(int(facet.value), 1, 1), date(int(facet.value), 12, 31))
    if name == "month":
        return _period(*_days_of_month(*map(int, facet.value.split("-"))))
    return {name: facet.value}


def _period(first: date, last: date) -> dict[str, object]:
    return {"since": first, "until": last}


def _days_of_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def said(question: Question, chosen: Sequence[Chosen]) -> str:
    """Name a search by its words and filters."""
    words = [question.quoted] if question.text else []
    return " · ".join([*words, *(one.label for one in chosen)])
