"""Everything that the search page shows of one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reader.keyset import BadCursor
from reader.search.addresses import query_of
from reader.search.correcting import Meant, count_articles, find_meant
from reader.search.engines import TookTooLong
from reader.search.facets import EXACT_MAX
from reader.search.finding import NEWEST, Found, read_after
from reader.search.forms import FilterForm
from reader.search.grammar import parse_question
from reader.search.narrowing import (
    Chosen,
    Group,
    address_of,
    chosen_filters,
    groups_of,
    said,
)
from reader.search.nodes import Node, Question
from reader.search.saying import count_said
from reader.search.tabs import Count, Listed, Tab, Wanted, asked_tabs, find_tab, registered_tabs


@dataclass(frozen=True, slots=True)
class TabLink:
    label: str
    # Empty where counting would take too long.
    count: SafeString | str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Look:
    """What a search page shows."""

    # As it was typed.
    question: Question
    filters: FilterForm
    found: Found | Listed
    after: int | None
    # What the results are of, which may be spelled otherwise.
    asked: Question
    # Only of articles.
    meant: Meant | None
    # None for the articles.
    tab: Tab | None
    # What the address says, see addresses.query_of().
    given: dict[str, object]
    tabs: Sequence[TabLink] = ()
    chosen: Sequence[Chosen] = ()
    groups: Sequence[Group] = field(default_factory=list)

    @property
    def path(self) -> str:
        return address_of(self.given)

    @property
    def results_template(self) -> str:
        return self.tab.results_template if self.tab else "search/_results.html"

    @property
    def summary_template(self) -> str:
        return self.tab.summary_template if self.tab else "search/_summary.html"

    @property
    def feed(self) -> str:
        """Name the address of its feeds; what can find nothing has none."""
        if self.filters.is_lost:
            return ""
        return self.tab.feed if self.tab else "search:search_feed"

    @property
    def feed_query(self) -> str:
        """What its feed is asked; the newest come first there, and as many as there are."""
        words = self.asked.text
        return query_of(self.given, q=words, tab="", order="", exact="", time="")

    @property
    def saved_query(self) -> str:
        """What saving.py keeps of it."""
        return query_of(self.given, q=self.asked.text, order="", exact="")[1:]

    @property
    def is_search(self) -> bool:
        """Whether there is something to look for, in words or in filters."""
        return is_search(self.question, self.filters)

    @property
    def name(self) -> str:
        """Name the search by its words and filters."""
        return said(self.asked, self.chosen)

    @property
    def elsewhere(self) -> list[TabLink]:
        """Link to what the question of the articles names, as in:comments does."""
        return [
            _tab_link(tab.key, str(tab.label), None, False, self.given)
            for tab in (asked_tabs(self.question) if self.tab is None else [])
        ]

    def context(self) -> dict[str, Any]:
        return {
            "look": self,
            "question": self.question,
            "filters": self.filters,
            "found": self.found,
            "meant": self.meant,
            "after": self.after,
            "tab": self.tab,
            "address": self.given,
        }


@dataclass(frozen=True, slots=True)
class FeedWanted:
    """What the address of a feed asks for."""

    question: Question
    within: tuple[Node, ...]
    after: int | None
    name: str
    given: dict[str, object]


def read_feed(address: Mapping[str, str]) -> FeedWanted:
    """
    Read what a feed is asked, of any kind of thing.

    A feed cannot say that a filter was left out, and whoever follows it would not see it: so where
    one is not understood, or what it names is gone, there is no such feed. Raise Http404 then.
    """
    question = parse_question(address.get("q", ""))
    filters = FilterForm(address)
    try:
        after = read_after(address.get("after", ""), order=NEWEST)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    if not filters.is_understood:
        raise Http404("No such filter")
    given = given_of(address, filters)
    name = said(question, chosen_filters(filters, given))
    return FeedWanted(question, filters.within_feed, after, name, given)


def is_search(question: Question, filters: FilterForm) -> bool:
    return bool(question.tree or (filters.within and not question.text))


def given_of(address: Mapping[str, str], filters: FilterForm) -> dict[str, object]:
    """Say what of an address is understood; see addresses.query_of()."""
    tab = find_tab(address.get("tab", ""))
    return {
        "q": parse_question(address.get("q", "")).text,
        "tab": tab.key if tab else "",
        "exact": "1" if "exact" in address else "",
        **filters.given,
    }


def look(
    address: Mapping[str, str], filters: FilterForm, after: int | None, *, with_facets: bool
) -> Look:
    """Find what an address asks for, and everything that stands around it."""
    question = parse_question(address.get("q", ""))
    tab = find_tab(address.get("tab", ""))
    within = filters.within
    found: Found | Listed
    if tab is None:
        meant = find_meant(
            question,
            exactly="exact" in address,
            within=within,
            order=filters.chosen_order,
            after=after,
            with_facets=with_facets,
        )
        found, asked = meant.found, meant.asked
    else:
        meant, asked = None, question
        found = tab.find(Wanted(question, within, filters.chosen_order), after)
    given = given_of(address, filters)
    if found.facets:
        filters.offer_languages(facet.value for facet in found.facets.languages)
    tabs = []
    if with_facets and is_search(question, filters):
        tabs = _tabs(Wanted(asked, within, filters.chosen_order), found, tab, given)
    return Look(
        question=question,
        filters=filters,
        found=found,
        after=after,
        asked=asked,
        meant=meant,
        tab=tab,
        given=given,
        tabs=tabs,
        chosen=chosen_filters(filters, given),
        groups=groups_of(found.facets, filters, given),
    )


def _tabs(
    wanted: Wanted, found: Found | Listed, current: Tab | None, given: Mapping[str, object]
) -> list[TabLink]:
    """Link to the articles and whatever else is searched, each with its count."""
    tabs = registered_tabs()
    if not tabs:
        return []
    here = None if found.is_too_long else Count(found.count, found.count_is_exact)
    articles = here if current is None else _in_time(_count_articles, wanted)
    links = [_tab_link("", gettext("Articles"), articles, current is None, given)]
    for tab in tabs:
        count = here if tab is current else _in_time(tab.count, wanted)
        links.append(_tab_link(tab.key, str(tab.label), count, tab is current, given))
    return links


def _in_time(count: Callable[[Wanted], Count], wanted: Wanted) -> Count | None:
    try:
        return count(wanted)
    except TookTooLong:
        return None


def _tab_link(
    key: str, label: str, count: Count | None, is_current: bool, given: Mapping[str, object]
) -> TabLink:
    shown = count_said(count.number, count.is_exact) if count else ""
    return TabLink(label, shown, address_of(given, tab=key, after=None), is_current)


def _count_articles(wanted: Wanted) -> Count:
    count = count_articles(wanted.question, within=wanted.within, most=EXACT_MAX + 1)
    return Count(min(count, EXACT_MAX), count <= EXACT_MAX)
