"""
What a reader typed, read as a question. Imports nothing but the words of this room.

Plain words, "quoted phrases" and -word. Every text is some question; what cannot be looked for is
said in `problem`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.languages import marked
from reader.search.words import is_bigram_script, tokens_of

TEXT_MAX_LENGTH = 300
TOKENS_MAX = 48
# Left out beside other words: nearly every article has them.
NOISE = frozenset(
    tokens_of(
        "a an and are as at be but by for from had has have he his in is it its of on or that the"
        " their they this to was were which will with"
    )
)
ONLY_UNWANTED = marked("Add a word to look for; so far there are only words to leave out.")
NO_WORD = marked("There is no word in that. Type a word or two.")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand one after the other; a word is a phrase of one."""

    tokens: tuple[str, ...]
    # The last token may be the beginning of one, as a single Chinese character is.
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact about the article rather than a word of it; see entries.py."""

    token: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part; at least one of them is not a Not."""

    parts: tuple[Node, ...]


# What the engines translate. OR, parentheses and operators will need one more kind, Any.
Node = Phrase | Mark | Not | All


@dataclass(frozen=True, slots=True)
class Question:
    # As shown back to the reader.
    text: str
    # None when there is nothing to look for; `problem` then says why, unless the text is empty.
    tree: All | None = None
    problem: str = ""
    # The end was left out because the text was too long.
    cut: bool = False

    @property
    def quoted(self) -> str:
        """The text as a sentence names it; what brings its own quotation marks gets no more."""
        own = self.text.translate(_QUOTES)
        return self.text if '"' in own else f"“{self.text}”"

    @property
    def wanted(self) -> list[Phrase]:
        """The phrases that every answer has; they are what is highlighted."""
        return [p for p in self.tree.parts if isinstance(p, Phrase)] if self.tree else []

    def marked(self, *tokens: str) -> All:
        """Narrow the question to articles that carry the marks."""
        if self.tree is None:
            raise ValueError("there is nothing to look for")
        return All((*self.tree.parts, *map(Mark, tokens)))


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂「」『』", '"'))
_UNPRINTABLE = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_ITEM = re.compile(r'(?P<minus>[-−–](?=[^\s-]))?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')
# These part words, except between digits: 24/7, 1,200.
_PARTING = re.compile(r"(?<!\d)[,;:/|+&=]|[,;:/|+&=](?!\d)")


def parse_question(text: str) -> Question:
    """Read any text as a question. Never raise."""
    shown = " ".join(_UNPRINTABLE.sub(" ", text[: TEXT_MAX_LENGTH * 2]).split())
    cut = max(len(shown), len(text) // 2) > TEXT_MAX_LENGTH
    shown = shown[:TEXT_MAX_LENGTH]
    wanted: list[Phrase] = []
    unwanted: list[Not] = []
    noise: list[Phrase] = []
    budget = TOKENS_MAX
    for match in _ITEM.finditer(shown.translate(_QUOTES)):
        for phrase in _phrases_in(match):
            budget -= len(phrase.tokens)
            if budget < 0:
                cut = True
            elif match["minus"]:
                unwanted.append(Not(phrase))
            elif match["plain"] and len(phrase.tokens) == 1 and phrase.tokens[0] in NOISE:
                noise.append(phrase)
            else:
                wanted.append(phrase)
    wanted = wanted or noise
    if wanted:
        # Said twice is said once, in the order first said.
        return Question(shown, All(tuple(dict.fromkeys([*wanted, *unwanted]))), cut=cut)
    problem = ONLY_UNWANTED if unwanted else NO_WORD if shown else ""
    return Question(shown, problem=problem, cut=cut)


def _phrases_in(match: re.Match[str]) -> Iterator[Phrase]:
    plain: str | None = match["plain"]
    for part in [match["quoted"]] if plain is None else _PARTING.split(plain):
        phrase = _phrase(part)
        if phrase is None:
            continue
        loose = plain is not None and not match["minus"]
        if loose and any(map(is_bigram_script, phrase.tokens)):
            # A run without spaces may be several words, and the article has them in another order.
            yield from (Phrase((token,), _is_open(token)) for token in phrase.tokens)
        else:
            yield phrase


def _phrase(text: str) -> Phrase | None:
    tokens = tokens_of(text)
    if not tokens:
        return None
    # A run's bigrams are followed by its last character alone; in the article the run may go on.
    if len(tokens) > 1 and _is_open(tokens[-1]) and tokens[-2][1:] == tokens[-1]:
        tokens.pop()
    return Phrase(tuple(tokens), _is_open(tokens[-1]))


def _is_open(token: str) -> bool:
    return len(token) == 1 and is_bigram_script(token)
