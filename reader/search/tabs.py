"""
What else the words are looked for in: each tab of the search page is another kind of thing.

A room above registers its own in its `AppConfig.ready()`; this room knows none of them by name.
With articles alone there is nothing to choose, and no tabs are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from reader.search.facets import Tally
from reader.search.nodes import All, Asked, Node, Question
from reader.search.nodes import Any as Either


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, in words and by the filters."""

    question: Question
    # What the filters add, resolved: marks as the index of articles has them, and a Span for time.
    within: tuple[Node, ...] = ()
    # BEST or NEWEST, see finding.py.
    order: str = "best"


@dataclass(frozen=True, slots=True)
class Count:
    number: int = 0
    # False when there are about as many.
    is_exact: bool = True


@dataclass(frozen=True)
class Listed:
    """One page of what a tab has."""

    results: Sequence[Any] = ()
    # What the next page's address carries as `after`; None on the last page.
    next_after: int | None = None
    count: int = 0
    count_is_exact: bool = True
    # In the reader's language: what was not understood, or filters that say nothing here.
    notes: list[str] = field(default_factory=list)
    facets: Tally | None = None
    # Nobody knows what fits: it took longer than anybody waits. A note says so.
    is_too_long: bool = False


@dataclass(frozen=True)
class Tab:
    # `tab` in the address; the articles have none.
    key: str
    label: str | Promise
    # Says how many there are, in a query or two that look at no more than 10,000 rows. May raise
    # TookTooLong.
    count: Callable[[Wanted], Count]
    # Gets `after` as finding.read_after() reads it.
    find: Callable[[Wanted, int | None], Listed]
    # Draws `found`, a Listed with results, and the link to more of them; root `ol`.
    results_template: str
    # Says in one line of text what `found` is, of `question`.
    summary_template: str
    # The name of the address of its feeds, which takes the form: "threads:search_feed".
    feed: str = ""


_tabs: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    """Show a tab beside the articles; registered twice it is there once."""
    _tabs[tab.key] = tab


def registered_tabs() -> list[Tab]:
    return list(_tabs.values())


def find_tab(key: str) -> Tab | None:
    """Return what an address names; None for the articles and for what is unknown."""
    return _tabs.get(key)


def asked_tabs(question: Question) -> list[Tab]:
    """Return the tabs that a question of the articles names, as in:comments does."""
    names = [] if question.tree is None else list(_places_in(question.tree))
    return list({tab.key: tab for name in names if (tab := find_tab(name.lower()))}.values())


def _places_in(node: Node) -> Iterator[str]:
    if isinstance(node, Asked) and node.operator == "section":
        yield node.value
    elif isinstance(node, All | Either):
        for part in node.parts:
            yield from _places_in(part)
