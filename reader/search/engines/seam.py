"""What an engine is asked, and what it must offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from reader.search.entries import GAP, PLACE_MAX, Entry
from reader.search.nodes import FIELDS, HEADLINE, All, Node, Not, Phrase, Span, is_bounded
from reader.search.nodes import Any as Either

# A token that no entry has.
NOTHING = f"{GAP}0"

# "Best" weighs the newest matches only, so that a word that is everywhere costs little more.
TITLE_CANDIDATES = 500
TEXT_CANDIDATES = 500
BEST_MAX = TITLE_CANDIDATES + TEXT_CANDIDATES


@dataclass(frozen=True, slots=True)
class IndexTables:
    """
    Which tables an index is kept in, and what its fields are.

    `words` belongs to the engine, one row a place; `entries` is the table of a model that has
    `place`, unique, and `marks`, the facts by which matches are counted, parted by spaces. Its key,
    named by `number`, is what article_at() reads from a place.
    """

    words: str
    entries: str
    number: str
    # Which of nodes.FIELDS it has; in SQLite there is a column of the name of each in `columns`.
    fields: tuple[str, ...] = FIELDS
    columns: tuple[str, ...] = FIELDS
    # How much a word in each field counts.
    weights: tuple[float, ...] = (10.0, 4.0, 1.0)

    def numbers_of(self, fields: Sequence[str]) -> list[int]:
        """Number fields as an Entry has them; this index may have none of them."""
        return [number for number, name in enumerate(self.fields) if name in fields]


@dataclass(frozen=True, slots=True)
class Lookup:
    """
    Which entries are meant: they fit the tree and pass the gate.

    They stand at `since` or above, and below `before`.
    """

    tree: All
    since: int
    # SQL that is true for what may be seen, given its number as {number}.
    gate: str
    gate_params: Sequence[Any]
    before: int = PLACE_MAX
    # What an engine has found out about it and need not ask again.
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found by reading the words of entries, newest first."""

    fits: list[int]
    # The place of the last one that was read; there are more below it when the reading is cut.
    lowest: int
    is_cut: bool
    # About how many fit among all that may.
    about: int
    # No more is read.
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Marking:
    """Which marks an entry loses and gains: only such as stand by themselves, like hashtags."""

    place: int
    gone: Sequence[str]
    new: Sequence[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How to find what fits a tree.

    An index of words knows no times, so a tree is parted: what the index is asked for, and what is
    then asked of each row it names. Most trees have no `checks`.
    """

    # None when there are no words to begin with: then the entries are walked from the newest on.
    words: Node | None
    checks: tuple[Node, ...]
    since: int
    before: int


class Engine(Protocol):
    """
    Everything is said in places, see entries.place_of().

    Whatever is asked may raise TookTooLong, see waiting.py.
    """

    def put(self, entries: Sequence[Entry]) -> None:
        """Write entries; what stands at their places already is replaced."""
        ...

    def put_marks(self, markings: Sequence[Marking]) -> None:
        """Change marks of entries that are there; their words are not read again."""
        ...

    def remove(self, places: Sequence[int]) -> None: ...

    def tidy(self) -> None:
        """Drop words that no entry stands for; let the database see what is common."""
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

    def tally(self, lookup: Lookup, *, most: int) -> list[tuple[int, str]]:
        """Return the place and the marks of the newest matches, no more than `most`."""
        ...

    def estimate(self, lookup: Lookup) -> int:
        """Say about how many match, where counting them would take long."""
        ...

    def is_sample(self, lookup: Lookup) -> bool:
        """Whether tally() gives the newest alone, however many it may, to stand for the rest."""
        ...

    def is_partial(self, lookup: Lookup) -> bool:
        """Whether there may be older matches than are ever found: too many texts may fit."""
        ...


def plan(lookup: Lookup, *, before: int | None = None) -> Plan:
    since, end = lookup.since, min(lookup.before, PLACE_MAX if before is None else before)
    texts: list[Node] = []
    checks: list[Node] = []
    hints: list[Node] = []
    for part in lookup.tree.parts:
        if isinstance(part, Span):
            since, end = max(since, part.since), min(end, part.before)
        elif is_text(part):
            texts.append(part)
        else:
            checks.append(part)
            hint = _hint(part)
            hints += [] if hint is None else [hint]
    words = All((*texts, *hints))
    if is_bounded(words):
        return Plan(words, tuple(checks), since, end)
    return Plan(None, (*texts, *checks), since, end)


def is_text(node: Node) -> bool:
    """Whether the index of words alone can answer."""
    if isinstance(node, Not):
        return is_text(node.part)
    if isinstance(node, All | Either):
        return all(map(is_text, node.parts))
    return not isinstance(node, Span)


def title_words(node: Node) -> Node | None:
    """Ask for the wanted words in the title: what the first tier of best() has."""
    if isinstance(node, Phrase):
        fits = not node.fields or HEADLINE in node.fields
        return replace(node, fields=(HEADLINE,)) if fits else None
    if isinstance(node, All | Either):
        parts = [part for part in map(title_words, node.parts) if part is not None]
        return replace(node, parts=tuple(parts)) if parts else None
    return None


@dataclass(frozen=True, slots=True)
class Signs:
    """An engine's language of words, in which nothing can be only unwanted."""

    both: str
    either: str
    without: str
    leaf: Callable[[Node], str]


def written(node: Node, signs: Signs) -> str:
    """Write a text node that is_bounded()."""
    is_unwanted, words = written_either_way(node, signs)
    if is_unwanted:
        raise ValueError("there is nothing to look for")
    return words


def written_either_way(node: Node, signs: Signs) -> tuple[bool, str]:
    """Write any text node: whether what is written must *not* be there, and it."""
    if isinstance(node, Not):
        is_unwanted, words = written_either_way(node.part, signs)
        return not is_unwanted, words
    if isinstance(node, All | Either):
        parts = [written_either_way(part, signs) for part in node.parts]
        wanted = [words for is_unwanted, words in parts if not is_unwanted]
        unwanted = [words for is_unwanted, words in parts if is_unwanted]
        if isinstance(node, All):
            if not wanted:
                return True, _joined(unwanted, signs.either)
            return False, _without(_joined(wanted, signs.both), unwanted, signs)
        if not unwanted:
            return False, _joined(wanted, signs.either)
        # One of them is there, or one of those is not: not (all those without any of them).
        return True, _without(_joined(unwanted, signs.both), wanted, signs)
    return False, signs.leaf(node)


def checked(
    node: Node, *, place: str, words: Callable[[Node], tuple[str, list[Any]]]
) -> tuple[str, list[Any]]:
    """Write what has to be asked of each row as SQL; `words` writes the text nodes in it."""
    if is_text(node):
        return words(node)
    if isinstance(node, Span):
        return f"({place} >= %s AND {place} < %s)", [node.since, node.before]
    if isinstance(node, Not):
        sql, params = checked(node.part, place=place, words=words)
        return f"NOT {sql}", params
    if not isinstance(node, All | Either):
        raise TypeError(f"{node!r} has to be resolved before")
    parts = [checked(part, place=place, words=words) for part in node.parts]
    sign = " AND " if isinstance(node, All) else " OR "
    return f"({sign.join(sql for sql, _ in parts)})", [one for _, some in parts for one in some]


def _joined(parts: Sequence[str], sign: str) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"


def _without(words: str, unwanted: Sequence[str], signs: Signs) -> str:
    return f"({signs.without.join([words, *unwanted])})" if unwanted else words


def _hint(node: Node) -> Node | None:
    """Keep what the index of words can say of a node: every match fits it, and more may."""
    if isinstance(node, Span | Not) and not is_text(node):
        return None
    if isinstance(node, All):
        parts = [hint for hint in map(_hint, node.parts) if hint is not None]
        return All(tuple(parts)) if parts else None
    if isinstance(node, Either):
        parts = [hint for hint in map(_hint, node.parts) if hint is not None]
        return Either(tuple(parts)) if len(parts) == len(node.parts) else None
    return node
