"""The language of PostgreSQL's words: how an entry is written, and what is asked of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reader.search.engines.seam import (
    NOTHING,
    IndexTables,
    Signs,
    is_text,
    written,
    written_either_way,
)
from reader.search.entries import GAP, Entry, positions
from reader.search.nodes import HEADLINE, All, Mark, Node, Not, Phrase, Span, is_bounded
from reader.search.nodes import Any as Either

Sql = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What indexes say of a node: every match passes. Where it is exact, nothing else does."""

    sql: str
    params: list[Any]
    is_exact: bool
    # Whether it asks for words at all, and not only for places.
    has_words: bool = False


class Writing:
    """How one index is written and asked."""

    def __init__(self, tables: IndexTables) -> None:
        self.tables = tables
        self.place = f"{tables.words}.place"
        # Weights of the fields, as a tsvector calls them; the last is what has most words.
        self.letters = "ABC"[: len(tables.fields) - 1] + "D"
        shares = dict(zip(self.letters, tables.weights, strict=True))
        most = max(tables.weights)
        self.shares = ", ".join(str(shares.get(letter, 0) / most) for letter in "DCBA")
        self.signs = Signs(both=" & ", either=" | ", without=" & !", leaf=self._leaf)

    def vector(self, entry: Entry) -> str:
        """
        Write an entry as a tsvector. Tokens hold no quotation mark or backslash.

        What stands in the title stands there once more under a name of its own, for the index knows
        lexemes but not their weights.
        """
        places: dict[str, list[str]] = defaultdict(list)
        for number, token, position in positions(entry):
            places[token].append(f"{position}{self.letters[number]}")
            if self.tables.fields[number] == HEADLINE:
                places[_titled(token)].append(str(position))
        for position, mark in enumerate(entry.marks, 1):
            if mark != GAP:
                places[mark].append(str(position))
        return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())

    def fits(self, node: Node) -> Sql:
        """Ask the words of a row, which have to be read for that."""
        is_unwanted, words = written_either_way(node, self.signs)
        return f"({'NOT ' if is_unwanted else ''}words @@ %s::tsquery)", [words]

    def sieve(self, node: Node) -> Sieve | None:
        """Ask the indexes alone; None when they can say nothing."""
        if is_text(node):
            kept = self._loose(node)
            if kept is None or not is_bounded(kept):
                return None
            asked = [written(kept, self.signs)]
            return Sieve("words @@ %s::tsquery", asked, kept == node, has_words=True)
        if isinstance(node, Span):
            return Sieve(
                f"({self.place} >= %s AND {self.place} < %s)", [node.since, node.before], True
            )
        if isinstance(node, All):
            found = [self.sieve(part) for part in _gathered(node.parts, All)]
            kept_ones = [one for one in found if one is not None]
            if not kept_ones:
                return None
            is_exact = len(kept_ones) == len(found) and all(one.is_exact for one in kept_ones)
            return _joined(kept_ones, " AND ", is_exact=is_exact)
        if isinstance(node, Either):
            found = [self.sieve(part) for part in _gathered(node.parts, Either)]
            all_found = [one for one in found if one is not None]
            if len(all_found) < len(found):
                return None
            return _joined(all_found, " OR ", is_exact=all(one.is_exact for one in all_found))
        return self._sieve_without(node.part) if isinstance(node, Not) else None

    def _sieve_without(self, node: Node) -> Sieve | None:
        if isinstance(node, Not):
            return self.sieve(node.part)
        if isinstance(node, All):
            return self.sieve(Either(tuple(map(Not, node.parts))))
        if isinstance(node, Either):
            return self.sieve(All(tuple(map(Not, node.parts))))
        if isinstance(node, Span):
            return Sieve(
                f"({self.place} < %s OR {self.place} >= %s)", [node.since, node.before], True
            )
        return None

    def _loose(self, node: Node) -> Node | None:
        """
        Keep what the index of words can say by itself: it knows no positions and no fields.

        What is exact comes back as it is.
        """
        if isinstance(node, Phrase):
            return self._loose_phrase(node)
        if isinstance(node, Mark):
            tokens = node.token.split()
            return node if len(tokens) == 1 else All(tuple(map(Mark, tokens)))
        if isinstance(node, Not):
            return node if self._loose(node.part) == node.part else None
        if not isinstance(node, All | Either):
            return None
        parts = [self._loose(part) for part in node.parts]
        kept = tuple(part for part in parts if part is not None)
        if not kept or (isinstance(node, Either) and len(kept) < len(parts)):
            return None
        return node if kept == node.parts else replace(node, parts=kept)

    def _loose_phrase(self, node: Phrase) -> Node:
        fields = node.fields
        if fields and self._where(fields) is not None and fields != (HEADLINE,):
            fields = ()
        if len(node.tokens) == 1:
            return node if fields == node.fields else replace(node, fields=fields)
        *head, last = node.tokens
        words = [Phrase((token,), fields=fields) for token in head]
        return All((*words, Phrase((last,), open_end=node.open_end, fields=fields)))

    def _where(self, fields: Sequence[str]) -> str | None:
        """Name fields by their letters; None for wherever it stands."""
        numbers = self.tables.numbers_of(fields)
        if not fields or len(numbers) == len(self.tables.fields):
            return None
        return "".join(self.letters[number] for number in numbers)

    def _leaf(self, node: Node) -> str:
        """Write in the language of a tsquery."""
        if isinstance(node, Mark):
            return f"({' <-> '.join(_quoted(token) for token in node.token.split())})"
        if not isinstance(node, Phrase):
            raise TypeError(f"{node!r} has to be resolved before")
        tokens, where = node.tokens, ""
        if node.fields == (HEADLINE,) and HEADLINE in self.tables.fields:
            tokens = tuple(map(_titled, tokens))
        elif (letters := self._where(node.fields)) is not None:
            if not letters:
                return _quoted(NOTHING)
            where = letters
        ends = [f":{where}" if where else ""] * len(tokens)
        if node.open_end:
            ends[-1] = f":*{where}"
        words = [f"{_quoted(token)}{end}" for token, end in zip(tokens, ends, strict=True)]
        return f"({' <-> '.join(words)})"


def _gathered(parts: Sequence[Node], kind: Callable[[tuple[Node, ...]], Node]) -> list[Node]:
    """Ask for all words at once, so that what is unwanted stands beside what is wanted."""
    texts = tuple(part for part in parts if is_text(part))
    others = [part for part in parts if not is_text(part)]
    return [kind(texts), *others] if texts else others


def _joined(sieves: Sequence[Sieve], sign: str, *, is_exact: bool) -> Sieve:
    return Sieve(
        f"({sign.join(one.sql for one in sieves)})",
        [value for one in sieves for value in one.params],
        is_exact,
        any(one.has_words for one in sieves),
    )


def _titled(token: str) -> str:
    return f"{GAP}t{GAP}{token}"


def _quoted(token: str) -> str:
    return f"'{token}'"
