"""What a comment is about in its writer's words, `#FerryStrike`. Imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from markdown_it.token import Token

from comments.threads.mentions import linked, texts_in

HASHTAGS_MAX = 10
# What comes after so many stays as it was typed.
ASKED_MAX = 30
WORD_MAX_LENGTH = 60

# Not the one in a web address, an entity, a chess move or a C#.
HASH = re.compile(r"(?<![\w&/#.+-])#(?=\w)")

# Tells which of these words have a page here, and its address.
FindSubjects = Callable[[set[str]], Mapping[str, str]]


def hashtags_in(text: str) -> Iterator[tuple[int, str]]:
    """Give the words behind a #, each with its place; a bare number is none."""
    for found in HASH.finditer(text):
        start = found.end()
        end = start
        while end < len(text) and _is_of_word(text[end]):
            end += 1
        word = text[start:end]
        if len(word) <= WORD_MAX_LENGTH and not word.isdigit():
            yield found.start(), word


def _is_of_word(character: str) -> bool:
    """Vowel signs of Indian and other scripts are marks, and belong to their word."""
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def link_subjects(tokens: Iterable[Token], find: FindSubjects) -> None:
    """Make links of the hashtags in parsed text; `find` is asked once, and not without one."""
    texts = list(texts_in(tokens))
    asked = islice(
        (
            (place, found)
            for place, (_, token) in enumerate(texts)
            for found in hashtags_in(token.content)
        ),
        ASKED_MAX,
    )
    typed = list(asked)
    if not typed:
        return
    addresses = find({word for _, (_, word) in typed})
    known = [(place, found) for place, found in typed if found[1] in addresses][:HASHTAGS_MAX]
    for place in dict.fromkeys(place for place, _ in known):
        inline, token = texts[place]
        meant = [found for where, found in known if where == place]
        if inline.children is not None:
            at = next(i for i, child in enumerate(inline.children) if child is token)
            inline.children[at : at + 1] = linked(token, meant, addresses)
