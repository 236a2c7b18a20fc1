"""Whom a comment calls by name, `@Ada Lovelace`. Imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from markdown_it.token import Token

MENTIONS_MAX = 10
# Enough for ten people and some who are not here; what comes after stays as it was typed.
CALLS_MAX = 30
WORDS_MAX = 4
NAME_MAX_LENGTH = 60

# Not the one in an e-mail address, nor in the path of a web address.
CALL = re.compile(r"(?<![\w@/.+-])@(?=\w)")
WORDS = re.compile(rf"\S+(?: \S+){{0,{WORDS_MAX - 1}}}")
# Scripts that write no spaces, or glue particles to names: any letter may be a name's last.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
MENTION = re.compile(r'<a href="/people/([1-9][0-9]{0,17})/')

# Tells which of these names belong to people in the thread, and the addresses of their pages.
FindPeople = Callable[[set[str]], Mapping[str, str]]


class Call(NamedTuple):
    at: int
    # The names it may mean, longest first.
    names: list[str]


def calls_in(text: str) -> Iterator[Call]:
    for found in CALL.finditer(text):
        words = WORDS.match(text[found.end() : found.end() + NAME_MAX_LENGTH])
        if words:
            ends = [end for end in range(len(words[0]), 0, -1) if _may_end(words[0], end)]
            yield Call(found.start(), [words[0][:end] for end in ends])


def _may_end(words: str, end: int) -> bool:
    """Tell whether a name can end here: never in the middle of a word, nor with a space."""
    last, following = words[end - 1], words[end : end + 1]
    if last == " ":
        return False
    return (
        not following
        or not _is_of_word(following)
        or not _is_of_word(last)
        or (UNSPACED.match(last) is not None and unicodedata.category(following)[0] != "M")
    )


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def link_mentions(tokens: Iterable[Token], find: FindPeople) -> None:
    """Make links of the names in parsed text; `find` is asked once, and not without a name."""
    texts = list(texts_in(tokens))
    calls: dict[int, list[Call]] = {}
    left = CALLS_MAX
    for place, (_, token) in enumerate(texts):
        found = [call for call, _ in zip(calls_in(token.content), range(left), strict=False)]
        left -= len(found)
        if found:
            calls[place] = found
    if not calls:
        return
    addresses = find({name for found in calls.values() for call in found for name in call.names})
    left = MENTIONS_MAX
    for place, found in calls.items():
        inline, token = texts[place]
        meant = [
            (call.at, name)
            for call in found
            for name in [next((name for name in call.names if name in addresses), "")]
            if name
        ][:left]
        left -= len(meant)
        if meant and inline.children is not None:
            at = next(i for i, child in enumerate(inline.children) if child is token)
            inline.children[at : at + 1] = linked(token, meant, addresses)


def texts_in(tokens: Iterable[Token]) -> Iterator[tuple[Token, Token]]:
    """Give each run of plain words with what it stands in; code and links are none."""
    for inline in tokens:
        depth = 0
        for child in inline.children or ():
            depth += child.nesting if child.tag == "a" else 0
            if child.type == "text" and depth == 0:
                yield inline, child


def linked(token: Token, meant: list[tuple[int, str]], addresses: Mapping[str, str]) -> list[Token]:
    """Cut a run of words, so that each name with the sign before it is a link."""
    pieces, after = [], 0
    for at, name in meant:
        if at < after:  # in the middle of a name that has an @ itself
            continue
        end = at + 1 + len(name)
        opening = Token("link_open", "a", 1, attrs={"href": addresses[name]})
        pieces += [_text(token.content[after:at]), opening, _text(token.content[at:end])]
        pieces.append(Token("link_close", "a", -1))
        after = end
    return [*pieces, _text(token.content[after:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def mentioned_in(markup: str) -> frozenset[int]:
    """Tell whom the stored HTML of a comment mentions; nobody can type such a link."""
    return frozenset(map(int, MENTION.findall(markup)))
