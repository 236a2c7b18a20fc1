"""What a question is made of. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

HEADLINE, STANDFIRST, TEXT = FIELDS = ("headline", "standfirst", "text")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand one after the other; a word is a phrase of one."""

    tokens: tuple[str, ...]
    # The last token may be the beginning of one, as a single Chinese character is.
    open_end: bool = False
    # In which of FIELDS, in their order; empty for wherever it stands.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A fact about the article rather than a word of it; see entries.py.

    Several marks with spaces between them stand one after the other, as the names of an author do.
    """

    token: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An operator whose value only the site's tables can tell; resolving.py puts Marks for it."""

    # publisher, hashtag or section
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days, as the site's clock counts them; the end is not in it. None is for ever."""

    first: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Places from `since` on and below `before`: what a Period is for the index."""

    since: int
    before: int


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Node, ...]


# The engines translate all but Asked and Period, which are resolved before.
Node = Phrase | Mark | Asked | Period | Span | Not | All | Any


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the reader, to be translated; `%(value)s` in it is what was typed."""

    sentence: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    # As shown back to the reader.
    text: str
    # None when there is nothing to look for; `problem` then says why, unless the text is empty.
    tree: All | None = None
    problem: str = ""
    # The end was left out because the text was too long.
    cut: bool = False
    # What was not understood, and how it was read.
    notes: tuple[Note, ...] = field(default=())

    @property
    def quoted(self) -> str:
        """The text as a sentence names it; what brings its own quotation marks gets no more."""
        own = self.text.translate(QUOTES)
        return self.text if '"' in own else f"“{self.text}”"

    @property
    def wanted(self) -> list[Phrase]:
        """The phrases that answers may have; they are what is highlighted."""
        phrases = phrases_of(self.tree) if self.tree else []
        return list(dict.fromkeys(replace(phrase, fields=()) for phrase in phrases))

    def narrowed(self, within: Sequence[Node]) -> Question:
        """Ask for what is within filters, too; without words for all that is."""
        if self.tree is None and self.text:
            return self
        parts = (*(self.tree.parts if self.tree else ()), *within)
        return replace(self, tree=All(parts)) if parts else self


QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞＂「」『』", '"') | {"（": "(", "）": ")", "：": ":"}
)


def phrases_of(node: Node) -> list[Phrase]:
    """List what is wanted, whatever else has to be; what is unwanted is left out."""
    if isinstance(node, Phrase):
        return [node]
    if isinstance(node, All | Any):
        return [phrase for part in node.parts for phrase in phrases_of(part)]
    return []


def is_bounded(node: Node) -> bool:
    """Whether it says what to look for, not only what to leave out."""
    if isinstance(node, All):
        return any(map(is_bounded, node.parts))
    if isinstance(node, Any):
        return all(map(is_bounded, node.parts))
    # Leaving out what is not bounded is looking for something: -(ferry OR -strike).
    return not (isinstance(node, Not) and is_bounded(node.part))


def is_wanting(node: Node) -> bool:
    """Whether anything in it is looked for, if only on one side of an OR."""
    if isinstance(node, All | Any):
        return any(map(is_wanting, node.parts))
    return not isinstance(node, Not)


def all_of(nodes: Sequence[Node]) -> Node:
    """Join what has to be there, as flat as can be."""
    parts: list[Node] = []
    for node in nodes:
        parts += node.parts if isinstance(node, All) else [node]
    # Said twice is said once, in the order first said; what is unwanted comes last.
    once = sorted(dict.fromkeys(parts), key=lambda part: isinstance(part, Not))
    return once[0] if len(once) == 1 else All(tuple(once))


def any_of(nodes: Sequence[Node]) -> Node:
    """Join what one of has to be there."""
    parts: list[Node] = []
    for node in nodes:
        parts += node.parts if isinstance(node, Any) else [node]
    once = tuple(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else Any(once)


def not_of(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


def confined(node: Node, fields: tuple[str, ...]) -> Node:
    """Let words stand in some fields only; what says where it stands keeps that."""
    if isinstance(node, Phrase):
        return node if node.fields else replace(node, fields=fields)
    if isinstance(node, Not):
        return Not(confined(node.part, fields))
    if isinstance(node, All):
        return All(tuple(confined(part, fields) for part in node.parts))
    if isinstance(node, Any):
        return Any(tuple(confined(part, fields) for part in node.parts))
    return node
