"""What a question means on this site: operators become marks, days become places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext

from reader.articles.models import Publisher, Section
from reader.hashtags.finding import find_hashtag
from reader.hashtags.models import Hashtag
from reader.hashtags.naming import fold
from reader.languages import marked
from reader.search.engines.seam import NOTHING
from reader.search.entries import (
    PLACE_MAX,
    hashtag_mark,
    place_at,
    publisher_mark,
    section_mark,
)
from reader.search.nodes import All, Any, Asked, Mark, Node, Not, Note, Period, Question, Span
from reader.search.tabs import find_tab
from reader.search.words import tokens_of

NO_PUBLISHER = marked("No publisher here is called “%(value)s”.")
NO_SECTION = marked("No section here is called “%(value)s”.")
NO_HASHTAG = marked("No article here has the hashtag “%(value)s”.")
# So many publishers may have the word in their names that somebody asks for.
NAMESAKES_MAX = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A publisher or a section, by its names."""

    pk: int
    keys: frozenset[str]
    tokens: tuple[str, ...]


def resolve(question: Question) -> Question:
    """
    Put what the engines know for what only the site knows, in at most a query for every operator.

    What is unknown stands for no article, and a note says so.
    """
    if question.tree is None:
        return question
    resolver = _Resolver()
    tree = All(tuple(resolver.resolved(part) for part in question.tree.parts))
    notes = tuple(dict.fromkeys([*question.notes, *resolver.notes]))
    return replace(question, tree=tree, notes=notes)


def sentences(notes: Iterable[Note]) -> list[str]:
    """Write notes in the reader's language."""
    return [gettext(note.sentence) % {"value": note.value} for note in notes]


class _Resolver:
    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._known: dict[Asked, Node] = {}

    def resolved(self, node: Node) -> Node:
        if isinstance(node, Asked):
            if node not in self._known:
                self._known[node] = self._marks(node)
            return self._known[node]
        if isinstance(node, Period):
            return Span(
                since=_place(node.first) if node.first else 0,
                before=_place(node.end) if node.end else PLACE_MAX,
            )
        if isinstance(node, Not):
            return Not(self.resolved(node.part))
        if isinstance(node, All | Any):
            return replace(node, parts=tuple(self.resolved(part) for part in node.parts))
        return node

    def _marks(self, asked: Asked) -> Node:
        if asked.operator == "publisher":
            found, unknown = _called(asked.value, self._publishers, publisher_mark), NO_PUBLISHER
        elif asked.operator == "section":
            found, unknown = _called(asked.value, self._sections, section_mark), NO_SECTION
        else:
            found, unknown = _hashtag_marks(asked.value), NO_HASHTAG
        if not found and asked.operator == "section" and find_tab(asked.value.lower()):
            # It is a place to look, but has no articles; the page leads there.
            return Mark(NOTHING)
        if not found:
            self.notes.append(Note(unknown, asked.value))
            return Mark(NOTHING)
        return Any(tuple(map(Mark, found))) if len(found) > 1 else Mark(found[0])

    @cached_property
    def _publishers(self) -> list[Named]:
        return _named(Publisher.objects.known().values_list("pk", "slug", "name"))

    @cached_property
    def _sections(self) -> list[Named]:
        return _named(Section.objects.values_list("pk", "slug", "name"))


def _named(rows: Iterable[tuple[int, str, str]]) -> list[Named]:
    return [
        Named(pk, frozenset([fold(slug), fold(name)]), tuple(tokens_of(name)))
        for pk, slug, name in rows
    ]


def _called(value: str, named: Sequence[Named], mark: Callable[[int], str]) -> list[str]:
    """Mark whoever is called so by slug or name, else whoever has the words in the name."""
    key = fold(value)
    found = [one.pk for one in named if key in one.keys]
    if not found:
        words = set(tokens_of(value))
        found = [one.pk for one in named if words and words <= set(one.tokens)]
    return [mark(pk) for pk in found[:NAMESAKES_MAX]]


def _hashtag_marks(value: str) -> list[str]:
    hashtag = find_hashtag(value.lstrip("#"))
    return marks_of(hashtag) if hashtag else []


def marks_of(hashtag: Hashtag) -> list[str]:
    """Mark a hashtag, and its aliases, under which older links may stand."""
    return [hashtag_mark(pk) for pk in hashtag.link_ids]


def _place(day: date) -> int:
    """Return the lowest place of a day of the site's clock."""
    midnight = datetime.combine(day, time.min)
    try:
        return place_at(timezone.make_aware(midnight, timezone.get_default_timezone()))
    except OverflowError:
        # The first day of all, west of Greenwich.
        return place_at(midnight.replace(tzinfo=UTC))
