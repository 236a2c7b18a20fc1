"""Searches that somebody keeps: saved, looked at again, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from reader.accounts.models import User
from reader.search.addresses import query_of
from reader.search.arriving import count_new_articles, lowest_places
from reader.search.engines import TookTooLong, patience
from reader.search.entries import PLACE_MAX, place_at
from reader.search.forms import FilterForm
from reader.search.grammar import parse_question
from reader.search.looking import given_of, is_search
from reader.search.models import NAME_MAX_LENGTH, SavedSearch
from reader.search.narrowing import chosen_filters, said
from reader.search.nodes import Question, Span
from reader.search.tabs import Tab, Wanted, find_tab

# Nobody looks through more.
SAVED_MAX = 100
# More are not counted: each costs a look.
NEW_MAX = 99
# So long may one count take, and all of a page.
COUNT_SECONDS, COUNTING_SECONDS = 0.25, 1.0


class SearchRefused(Exception):
    """A search cannot be kept. The message is for whoever wanted to."""


@dataclass(frozen=True)
class Kept:
    """A saved search as the list shows it."""

    saved: SavedSearch
    # How many can be found that could not at the last look; NEW_MAX and one stand for more, None
    # for what would take too long to count.
    new_count: int | None
    # The name of the address of its feeds.
    feed: str = ""
    # What one of its filters names is not here any more, so it finds nothing.
    is_lost: bool = False

    @property
    def is_more(self) -> bool:
        return (self.new_count or 0) > NEW_MAX

    @property
    def count_shown(self) -> int:
        return min(self.new_count or 0, NEW_MAX)

    @property
    def feed_query(self) -> str:
        given = dict(QueryDict(self.saved.query).items())
        return query_of(given, tab="", time="", order="")


@dataclass(frozen=True)
class Asked:
    """What a query string asks for, as this site writes it."""

    question: Question
    filters: FilterForm
    # None for the articles.
    tab: Tab | None
    # Without the `?`.
    query: str

    @property
    def key(self) -> str:
        return sha256(self.query.encode()).hexdigest()

    @property
    def name(self) -> str:
        given = given_of(QueryDict(self.query), self.filters)
        name = said(self.question, chosen_filters(self.filters, given))
        return f"{self.tab.label} · {name}" if self.tab else name

    @property
    def feed(self) -> str:
        return self.tab.feed if self.tab else "search:search_feed"


def read_query(query: str, *, like: FilterForm | None = None) -> Asked:
    """Read a query string; raise SearchRefused where there is nothing to look for in it."""
    address = QueryDict(query)
    filters = FilterForm(address, like=like)
    question = parse_question(address.get("q", ""))
    if not is_search(question, filters):
        raise SearchRefused(gettext("There is nothing to look for in that search."))
    # In which order it is read is no part of what is kept.
    query = query_of(given_of(address, filters), order="", exact="")[1:]
    return Asked(question, filters, find_tab(address.get("tab", "")), query)


@transaction.atomic
def save_search(person: User, *, query: str) -> SavedSearch:
    """
    Keep a search under the name of its words and filters; what is kept already stays as it is.

    Locks the person, so that nobody keeps more than may be. Raise SearchRefused.
    """
    asked = read_query(query)
    User.objects.select_for_update().get(pk=person.pk)
    mine = SavedSearch.objects.of(person)
    if saved := mine.for_query(asked.key).first():
        return saved
    if mine.count() >= SAVED_MAX:
        raise SearchRefused(
            gettext("You have %(n)s saved searches. Remove one to save another.") % {"n": SAVED_MAX}
        )
    name = asked.name[:NAME_MAX_LENGTH]
    saved = SavedSearch(person=person, query=asked.query, key=asked.key, name=name)
    saved.full_clean()
    saved.save()
    return saved


def remove_search(person: User, *, saved_id: int) -> bool:
    """Remove a person's own search; False when they have no such one."""
    removed, _ = SavedSearch.objects.of(person).filter(pk=saved_id).delete()
    return bool(removed)


def look_at(saved: SavedSearch) -> None:
    """From now on only what comes later is new."""
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=timezone.now())


def kept_of(searches: list[SavedSearch]) -> list[Kept]:
    """Count what is new of each: a statement for all, and one to three for each with some."""
    with patience(COUNTING_SECONDS):
        return _counted(searches)


def _counted(searches: Sequence[SavedSearch]) -> list[Kept]:
    lowest = lowest_places([saved.looked_at for saved in searches])
    first: FilterForm | None = None
    kept = []
    for saved, place in zip(searches, lowest, strict=True):
        try:
            asked = read_query(saved.query, like=first)
        except SearchRefused:
            # What the grammar took for a search once is none now.
            kept.append(Kept(saved, 0))
            continue
        first = first or asked.filters
        if asked.filters.is_lost:
            kept.append(Kept(saved, 0, is_lost=True))
        else:
            kept.append(Kept(saved, _count_in_time(asked, saved.looked_at, place), asked.feed))
    return kept


def _count_in_time(asked: Asked, after: datetime, lowest: int | None) -> int | None:
    try:
        with patience(COUNT_SECONDS):
            return _count_new(asked, after, lowest)
    except TookTooLong:
        return None


def _count_new(asked: Asked, after: datetime, lowest: int | None) -> int:
    within = asked.filters.within
    if asked.tab:
        # Other things come when they are said.
        since = Span(place_at(after), PLACE_MAX)
        return asked.tab.count(Wanted(asked.question, (*within, since))).number
    if lowest is None:
        return 0
    return count_new_articles(
        asked.question, within=within, after=after, lowest=lowest, most=NEW_MAX + 1
    )


def is_saved(person: User, query: str) -> bool:
    """Whether somebody keeps the search of this query string, which this site has written."""
    key = sha256(query.encode()).hexdigest()
    return SavedSearch.objects.of(person).for_query(key).exists()
