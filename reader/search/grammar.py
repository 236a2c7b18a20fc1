"""
What a reader typed, read as a question. Imports nothing but the words of this room.

Words, "quoted phrases", OR, parentheses, -unwanted and operator:value. Every text is some question;
what cannot be looked for is said in `problem`, what was read otherwise than meant in `notes`. Reads
once from left to right; docs/decisions/a-question-is-a-tree.md has the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from reader.languages import marked
from reader.search.entries import author_mark, language_mark
from reader.search.nodes import (
    FIELDS,
    QUOTES,
    All,
    Any,
    Asked,
    Mark,
    Node,
    Not,
    Note,
    Period,
    Phrase,
    Question,
    all_of,
    any_of,
    confined,
    is_bounded,
    is_wanting,
    not_of,
)
from reader.search.words import is_bigram_script, tokens_of

__all__ = ["All", "Any", "Mark", "Node", "Not", "Phrase", "Question", "parse_question"]

TEXT_MAX_LENGTH = 300
# Tokens and operators together.
TOKENS_MAX = 48
# What is nested deeper belongs to the parenthesis around it.
DEPTH_MAX = 8
# Left out beside other words: nearly every article has them.
NOISE = frozenset(
    tokens_of(
        "a an and are as at be but by for from had has have he his in is it its of on or that the"
        " their they this to was were which will with"
    )
)
ONLY_UNWANTED = marked("Add a word to look for; so far there are only words to leave out.")
ONE_SIDE_UNWANTED = marked(
    "One side of OR only says what to leave out, and nearly every article fits that. Write it"
    " without OR, or add a word to look for."
)
NO_WORD = marked("There is no word in that. Type a word or two.")
NO_DATE = marked("“%(value)s” is no date; write 2026, 2026-11 or 2026-11-23.")
NO_LANGUAGE = marked("“%(value)s” is no language; write its code, such as en, ar or zh.")

_UNPRINTABLE = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
ITEM = re.compile(
    r"(?P<minus>[-−–](?=[^\s)-]))?(?:"
    r"(?P<open>\()"
    r"|(?P<operator>publisher|hashtag|author|lang|before|after|in):"
    r'(?:"(?P<exactly>[^"]*)"?|(?P<value>[^\s"()]+))'
    r'|"(?P<quoted>[^"]*)"?'
    r'|(?P<plain>[^\s"()]+)'
    r")|(?P<close>\))",
    re.IGNORECASE,
)
# These part words, except between digits: 24/7, 1,200.
_PARTING = re.compile(r"(?<!\d)[,;:/|+&=]|[,;:/|+&=](?!\d)")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_PLACES = {"title": "headline", "body": "text"} | {name: name for name in FIELDS}


@dataclass(slots=True)
class _Clause:
    """What stands between two spaces, or what ORs join."""

    choices: list[Node]
    # A word that is left out beside others.
    is_noise: bool = False


@dataclass(slots=True)
class _Group:
    """What stands in one pair of parentheses, or outside of all."""

    is_unwanted: bool = False
    clauses: list[_Clause] = field(default_factory=list)
    # Where its words have to stand; nowhere in particular while it is empty.
    fields: set[str] = field(default_factory=set)
    after_or: bool = False

    def add(self, node: Node, *, is_noise: bool = False) -> None:
        if self.after_or and self.clauses:
            self.clauses[-1].choices.append(node)
            self.clauses[-1].is_noise = False
        else:
            self.clauses.append(_Clause([node], is_noise))
        self.after_or = False

    def close(self) -> tuple[Node | None, bool]:
        """Return the group as one node, and whether there is nothing but noise in it."""
        rest = [clause for clause in self.clauses if not clause.is_noise]
        clauses = (
            rest if any(is_bounded(any_of(clause.choices)) for clause in rest) else self.clauses
        )
        if not clauses:
            return None, False
        node = all_of([any_of(clause.choices) for clause in clauses])
        if self.fields:
            node = confined(node, tuple(name for name in FIELDS if name in self.fields))
        return node, not rest


class _Reader:
    """Reads items into groups; each item is looked at once."""

    def __init__(self) -> None:
        self.groups = [_Group()]
        self.too_deep = 0
        self.budget = TOKENS_MAX
        self.cut = False
        self.notes: list[Note] = []

    def read(self, text: str) -> All | None:
        for item in ITEM.finditer(text):
            if item["open"]:
                self.open(is_unwanted=bool(item["minus"]))
            elif item["close"]:
                self.close()
            elif item["plain"] == "OR" and not item["minus"]:
                self.groups[-1].after_or = True
            elif item["operator"]:
                self.operator(item)
            else:
                self.words(item)
        while len(self.groups) > 1:
            self.too_deep = 0
            self.close()
        node, _ = self.groups[0].close()
        if node is None:
            # Nothing but operators without a value, or an OR: then they are words.
            node = next(self.afford(filter(None, [phrase_of(text)])), None)
        return node if isinstance(node, All) or node is None else All((node,))

    def open(self, *, is_unwanted: bool) -> None:
        if len(self.groups) > DEPTH_MAX:
            self.too_deep += 1
        else:
            self.groups.append(_Group(is_unwanted))

    def close(self) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) > 1:
            group = self.groups.pop()
            node, is_noise = group.close()
            if node is not None:
                self.groups[-1].add(
                    not_of(node) if group.is_unwanted else node,
                    is_noise=is_noise and not group.is_unwanted,
                )

    def words(self, item: re.Match[str]) -> None:
        is_loose = item["plain"] is not None and not item["minus"]
        parts = [item["quoted"]] if item["plain"] is None else _PARTING.split(item["plain"])
        phrases = list(self.afford(_phrases_in(parts, is_loose=is_loose)))
        if not phrases:
            return
        group = self.groups[-1]
        if item["minus"]:
            group.add(not_of(any_of(phrases)))
        elif is_loose and len(phrases) == 1 and set(phrases[0].tokens) <= NOISE:
            group.add(phrases[0], is_noise=True)
        else:
            group.add(all_of(phrases))

    def afford(self, phrases: Iterable[Phrase]) -> Iterator[Phrase]:
        for phrase in phrases:
            tokens = phrase.tokens[: self.budget]
            if self.pays(len(phrase.tokens)):
                yield phrase
            elif tokens:
                # Of what is too long the beginning is looked for.
                yield Phrase(tokens)

    def pays(self, tokens: int) -> bool:
        fits = tokens <= self.budget
        self.cut = self.cut or not fits
        self.budget -= min(tokens, self.budget)
        return fits

    def operator(self, item: re.Match[str]) -> None:
        name = item["operator"].lower()
        value = (item["value"] if item["exactly"] is None else item["exactly"]).strip()
        place = _PLACES.get(value.lower()) if name == "in" else None
        if place:
            # -in:headline is everywhere else.
            fields = set(FIELDS) - {place} if item["minus"] else {place}
            self.groups[-1].fields |= fields
            return
        node = _operator(name, value)
        if isinstance(node, Note):
            self.notes.append(node)
        elif node is None:
            # Read as words, as if it were no operator.
            for phrase in self.afford(_phrases_in([item["operator"], value], is_loose=True)):
                self.groups[-1].add(not_of(phrase) if item["minus"] else phrase)
        elif self.pays(1):
            self.groups[-1].add(not_of(node) if item["minus"] else node)


def printable(text: str) -> str:
    """Put spaces for what no database, address or page can have in a text."""
    return _UNPRINTABLE.sub(" ", text)


def parse_question(text: str) -> Question:
    """Read any text as a question. Never raise."""
    shown = " ".join(printable(text[: TEXT_MAX_LENGTH * 2]).split())
    cut = max(len(shown), len(text) // 2) > TEXT_MAX_LENGTH
    shown = shown[:TEXT_MAX_LENGTH]
    reader = _Reader()
    tree = reader.read(shown.translate(QUOTES))
    cut, notes = cut or reader.cut, tuple(dict.fromkeys(reader.notes))
    if tree is not None and is_bounded(tree):
        return Question(shown, tree, cut=cut, notes=notes)
    problem = NO_WORD if shown else ""
    if tree is not None:
        problem = ONE_SIDE_UNWANTED if is_wanting(tree) else ONLY_UNWANTED
    return Question(shown, problem=problem, cut=cut, notes=notes)


def phrase_of(text: str) -> Phrase | None:
    """Read a text as words that stand one after the other."""
    tokens = tokens_of(text)
    if not tokens:
        return None
    # A run's bigrams are followed by its last character alone; in the article the run may go on.
    if len(tokens) > 1 and _is_open(tokens[-1]) and tokens[-2][1:] == tokens[-1]:
        tokens.pop()
    return Phrase(tuple(tokens), _is_open(tokens[-1]))


def _operator(name: str, value: str) -> Node | Note | None:
    """Return what an operator asks for, a note when its value is none, None when it has none."""
    phrase = phrase_of(value)
    if phrase is None:
        return None
    if name == "author":
        return Mark(author_mark(phrase.tokens))
    if name == "lang":
        fits = _LANGUAGE.fullmatch(value)
        return Mark(language_mark(value)) if fits else Note(NO_LANGUAGE, value)
    if name in ("before", "after"):
        day = _first_day(value)
        if day is None:
            return Note(NO_DATE, value)
        return Period(end=day) if name == "before" else Period(first=day)
    return Asked("section" if name == "in" else name, value)


def _first_day(value: str) -> date | None:
    """Read a year, a month or a day."""
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _phrases_in(parts: Iterable[str], *, is_loose: bool) -> Iterator[Phrase]:
    for part in parts:
        phrase = phrase_of(part)
        if phrase is None:
            continue
        if is_loose and any(map(is_bigram_script, phrase.tokens)):
            # A run without spaces may be several words, and the article has them in another order.
            yield from (Phrase((token,), _is_open(token)) for token in phrase.tokens)
        else:
            yield phrase


def _is_open(token: str) -> bool:
    return len(token) == 1 and is_bigram_script(token)
