"""Searches that somebody keeps: saved, looked at again, removed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from reader.accounts.models import User
from reader.search.addresses import query_of
from reader.search.correcting import count_articles
from reader.search.entries import PLACE_MAX, place_at
from reader.search.forms import FilterForm
from reader.search.grammar import parse_question
from reader.search.looking import given_of, is_search
from reader.search.models import NAME_MAX_LENGTH, SavedSearch
from reader.search.narrowing import chosen_filters, said
from reader.search.nodes import Node, Question, Span

# Nobody looks through more.
SAVED_MAX = 100
# More are not counted: each costs a look.
NEW_MAX = 99


class SearchRefused(Exception):
    """A search cannot be kept. The message is for whoever wanted to."""


@dataclass(frozen=True)
class Kept:
    """A saved search as the list shows it."""

    saved: SavedSearch
    # How many articles were published since the last look; NEW_MAX and one stand for more.
    new_count: int
    # What one of its filters names is not here any more, so it finds nothing.
    is_lost: bool = False

    @property
    def is_more(self) -> bool:
        return self.new_count > NEW_MAX

    @property
    def count_shown(self) -> int:
        return min(self.new_count, NEW_MAX)

    @property
    def feed_query(self) -> str:
        given = dict(QueryDict(self.saved.query).items())
        return query_of(given, time="", order="")


@dataclass(frozen=True)
class Asked:
    """What a query string asks for, as this site writes it."""

    question: Question
    filters: FilterForm
    # Without the `?`.
    query: str

    @property
    def key(self) -> str:
        return sha256(self.query.encode()).hexdigest()

    @property
    def name(self) -> str:
        given = given_of(QueryDict(self.query), self.filters)
        return said(self.question, chosen_filters(self.filters, given))


def read_query(query: str, *, like: FilterForm | None = None) -> Asked:
    """Read a query string; raise SearchRefused where there is nothing to look for in it."""
    address = QueryDict(query)
    filters = FilterForm(address, like=like)
    question = parse_question(address.get("q", ""))
    if not is_search(question, filters):
        raise SearchRefused(gettext("There is nothing to look for in that search."))
    # In which order it is read, and of what kind, is no part of what is kept.
    given = given_of(address, filters)
    return Asked(question, filters, query_of(given, tab="", order="", exact="")[1:])


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
    """Count what is new of each: two or three statements for one, whatever it finds."""
    first: FilterForm | None = None
    kept = []
    for saved in searches:
        try:
            asked = read_query(saved.query, like=first)
        except SearchRefused:
            # What the grammar took for a search once is none now.
            kept.append(Kept(saved, 0))
            continue
        first = first or asked.filters
        if asked.filters.is_lost:
            kept.append(Kept(saved, 0, is_lost=True))
            continue
        new: tuple[Node, ...] = (Span(place_at(saved.looked_at), PLACE_MAX),)
        within = (*asked.filters.within, *new)
        kept.append(Kept(saved, count_articles(asked.question, within=within, most=NEW_MAX + 1)))
    return kept


def is_saved(person: User, query: str) -> bool:
    """Whether somebody keeps the search of this query string, which this site has written."""
    key = sha256(query.encode()).hexdigest()
    return SavedSearch.objects.of(person).for_query(key).exists()
