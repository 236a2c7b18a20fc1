"""A question as comments can be asked it. Knows nothing of Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reader.languages import marked
from reader.search.entries import author_mark, is_hashtag
from reader.search.grammar import ONLY_UNWANTED
from reader.search.nodes import All, Any, Asked, Mark, Node, Not, Note, Phrase, Question, is_bounded

NO_HASHTAGS = marked("Comments have no hashtags of their articles: “hashtag:” is left out here.")
NO_HEADLINES = marked(
    "Comments have no headline and no standfirst, so the words may stand anywhere in them."
)
# Said to the articles, it leads here; said here, it is so already.
COMMENTS = "comments"
_AUTHOR = author_mark([""])

FindPeople = Callable[[tuple[str, ...]], Node]


def fitted(question: Question) -> Question:
    """Leave out what says nothing about comments, and say so."""
    if question.tree is None:
        return question
    notes: list[Note] = []
    tree = _fit(question.tree, notes)
    if tree is not None and not is_bounded(tree):
        tree = None
        notes.append(Note(ONLY_UNWANTED))
    whole = tree if isinstance(tree, All) or tree is None else All((tree,))
    said = tuple(dict.fromkeys([*question.notes, *notes]))
    return replace(question, tree=whole, notes=said)


def with_people(node: Node, find_people: FindPeople) -> Node:
    """Put who is called so beside the words of a name, which only guests are marked with."""
    if isinstance(node, Mark) and node.token.startswith(_AUTHOR):
        tokens = tuple(word.removeprefix(_AUTHOR) for word in node.token.split())
        return find_people(tokens)
    if isinstance(node, Not):
        return Not(with_people(node.part, find_people))
    if isinstance(node, All | Any):
        return replace(node, parts=tuple(with_people(part, find_people) for part in node.parts))
    return node


def _fit(node: Node, notes: list[Note]) -> Node | None:
    match node:
        case Asked("hashtag"):
            notes.append(Note(NO_HASHTAGS))
            return None
        case Mark(token) if is_hashtag(token):
            notes.append(Note(NO_HASHTAGS))
            return None
        case Asked("section", value) if value.lower() == COMMENTS:
            return None
        case Phrase(_, _, fields) if fields and "text" not in fields:
            notes.append(Note(NO_HEADLINES))
            return replace(node, fields=())
        case Not(part):
            fit = _fit(part, notes)
            return None if fit is None else Not(fit)
        case All() | Any():
            parts = [fit for part in node.parts if (fit := _fit(part, notes)) is not None]
            return replace(node, parts=tuple(parts)) if parts else None
    return node
