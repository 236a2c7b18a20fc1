"""What an engine is asked, and what it must offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reader.search.entries import Entry
from reader.search.grammar import All, Node, Not, Phrase

# "Best" weighs the newest matches only, so that a word that is everywhere costs little more.
TITLE_CANDIDATES = 500
TEXT_CANDIDATES = 500
BEST_MAX = TITLE_CANDIDATES + TEXT_CANDIDATES
# How much a word in the title, the standfirst and the text counts.
WEIGHTS = (10.0, 4.0, 1.0)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Which entries are meant: they fit the tree, stand at `since` or above and pass the gate."""

    tree: All
    since: int
    # SQL that is true for articles that may be seen, given the number of one as {article}.
    gate: str
    gate_params: Sequence[Any]


class Engine(Protocol):
    """Everything is said in places, see entries.place_of()."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Write entries; what stands at their places already is replaced."""
        ...

    def remove(self, places: Sequence[int]) -> None: ...

    def tidy(self) -> None:
        """Drop words that no SearchEntry stands for; let the database see what is common."""
        ...

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        """Return places, greatest first, below `before`."""
        ...

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        """
        Return places, best first: whoever has all words in the title, then the rest.

        Within each, by weight of the words; the newer of two equals first.
        """
        ...

    def count(self, lookup: Lookup, *, most: int) -> int:
        """Count no further than `most`."""
        ...


def words_of(tree: All) -> All:
    """Keep the wanted phrases: what a title must have for the first tier of best()."""
    return All(tuple(part for part in tree.parts if isinstance(part, Phrase)))


def apart(tree: All) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Part what must be there from what must not."""
    wanted = tuple(part for part in tree.parts if not isinstance(part, Not))
    unwanted = tuple(part.part for part in tree.parts if isinstance(part, Not))
    return wanted, unwanted
