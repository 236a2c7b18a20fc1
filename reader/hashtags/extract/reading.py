"""Read a text once: runs of capitals and runs of small content words. Imports word lists only."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from reader.hashtags.extract.plain_words import BREAKERS, DETERMINERS
from reader.hashtags.extract.proper import (
    AFTER_CONNECTOR,
    AFTER_POSSESSIVE,
    CALENDAR,
    CONNECTORS,
    CREDITS,
    INITIALS_MATTER,
    NO_TITLE_BEFORE,
    OFFICES,
    TITLES,
    US_NAMES,
)
from reader.stopwords import stopwords_for

TOKEN = re.compile(r"[^\W_]+(?:['.\-&][^\W_]+)*|\n\s*\n|[^\w\s]")
POSSESSIVE = ("'s", "'S")
# WASHINGTON (Reuters) - : where the reporter sat, seldom what it is about.
DATELINE = re.compile(
    r"\A\s*[A-Z][A-Z'.-]{1,20}(?:[ ,/]{1,2}[A-Z][A-Z'.-]{1,20}){0,3}(?:,? [A-Z][a-z.]{1,12}){0,2},?"
    r" {0,2}(?:\([^)\n]{2,40}\) ?[-–—]|—|--)"
)
# Party and place of an American politician: (R-Ky.), D-Calif.
BALLOT = re.compile(r"[RDI]-[A-Z][A-Za-z]*\Z")
# A capital after one of these says nothing: every sentence begins with one.
SENTENCE_EDGES = frozenset(".!?…:;\"“”«»‘'•|*") | {"\n\n"}
ABBREVIATIONS = frozenset(
    {
        *("Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Prof", "St", "Lt", "Col", "Sgt"),
        *("Capt", "Jr", "Sr", "Rev", "Hon", "Mme", "Sra", "Ft", "Mt"),
    }
)
ELISION = re.compile(r"^(?:l|d|qu|j|n|s|m|t|c|jusqu|lorsqu|dell|all|nell|sull|un)'(?=\w)", re.I)
ELIDING = frozenset({"fr", "it", "ca"})


@dataclass(slots=True)
class Mentions:
    """How a run of words stands in a text."""

    count: int = 0
    # The place of the first mention, counted in tokens.
    first: int = 0
    # Mentions whose capital is not owed to the beginning of a sentence.
    sure: int = 0


# Small content words side by side, the place of the first, whether a determiner leads them.
Chunk = tuple[tuple[str, ...], int, bool]
# A capitalised word, its place, and whether a sentence begins there.
Capital = tuple[str, int, bool]


@dataclass(slots=True)
class Reading:
    names: dict[tuple[str, ...], Mentions] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    # How often each token stands in the text, exactly as written.
    tokens: Counter[str] = field(default_factory=Counter)


def read(text: str, language: str) -> Reading:
    """Collect what may be a name and what may be a key phrase, with counts and first places."""
    return _Reader(language).read(text)


def as_in_text(title: str, text: str) -> str:
    """
    Write a headline's words as the text writes them: Headlines Make Names of Everything.

    A word that the text does not have stays as it is where the headline has small words of content.
    """
    tokens = Counter(TOKEN.findall(text))
    words = TOKEN.findall(title)
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    shouts = 2 * sum(word[0].isupper() for word in long) > len(long) + 2

    def written(match: re.Match[str]) -> str:
        word = match.group()
        small = word.lower()
        if word == small:
            return word
        capital = small.capitalize()
        known = max((word, capital), key=lambda form: tokens[form])
        if tokens[small] > tokens[known] or (shouts and not tokens[known]):
            return small
        return known if tokens[known] else word

    return TOKEN.sub(written, title)


class _Reader:
    def __init__(self, language: str) -> None:
        self.stopwords = stopwords_for(language)
        self.connectors = CONNECTORS.get(language, CONNECTORS["en"])
        self.determiners = _with_capitals(DETERMINERS.get(language, frozenset()))
        # Without a list of breakers small words would be noise; names alone are read then.
        self.reads_chunks = language in BREAKERS
        self.closers = _with_capitals(self.stopwords) | BREAKERS.get(language, frozenset())
        self.elides = language in ELIDING
        self.reading = Reading()

    def read(self, text: str) -> Reading:
        tokens = TOKEN.findall(DATELINE.sub("", text.replace("’", "'")))
        if self.elides:
            tokens = [ELISION.sub("", token) for token in tokens]
        self.reading.tokens = Counter(tokens)
        tokens.append("\n\n")
        closers, connectors, determiners = self.closers, self.connectors, self.determiners
        chunks, reads_chunks = self.reading.chunks, self.reads_chunks
        run: list[Capital] = []
        chunk: list[str] = []
        led = False
        edge = True
        for place, token in enumerate(tokens):
            # Half of all tokens are small words outside any run, so they are asked for first.
            if token in closers and not run:
                edge = False
            elif (first := token[0]).isupper():
                word, ends = _base(token)
                if ends and tokens[place + 1].lower() in AFTER_POSSESSIVE:
                    word, ends = token, False
                if not BALLOT.match(token):
                    run.append((word, place, edge))
                if ends:
                    self._keep_run(run)
                    run = []
                edge = False
            elif first.isalpha():
                if run:
                    following = tokens[place + 1]
                    if (token in connectors or _belongs_inside(token, run)) and (
                        following[0].isupper()
                        or following in connectors
                        or following in AFTER_CONNECTOR
                    ):
                        run.append((token, place, False))
                        continue
                    self._keep_run(run)
                    run = []
                edge = False
                if token not in closers:
                    if reads_chunks:
                        chunk.append(token)
                    continue
            elif run and first == "." and _is_short(run[-1][0]):
                continue
            else:
                if run:
                    if not _is_credit(tokens, place, run):
                        self._keep_run(run)
                    run = []
                edge = token in SENTENCE_EDGES or first == "\n"
            if chunk:
                chunks.append((tuple(chunk), place - len(chunk), led))
                chunk = []
            led = token in determiners
        return self.reading

    def _keep_run(self, run: list[Capital]) -> None:
        """Part a run at titles, days and stop words, then count what is left."""
        part: list[Capital] = []
        for position, capital in enumerate(run):
            word, _, edge = capital
            small = word.lower()
            # US and WHO are names, us and who are not; inside a name any word may have a capital.
            if small != word and (
                (small in self.stopwords and (edge or not part) and not _is_shouted(word))
                or (small in CALENDAR and not _is_shouted(word))
                or small in CREDITS
                or (small in TITLES and self._is_title(run, position))
            ):
                if part:
                    self._keep_name(part)
                part = []
            elif len(part) == 2 and part[0][0] == "of":
                # Secretary of State Jane Doe: the office ends before the person.
                self._keep_name(part)
                part = [capital]
            else:
                part.append(capital)
        if part:
            self._keep_name(part)

    def _is_title(self, run: list[Capital], position: int) -> bool:
        if position + 1 == len(run):
            return True
        return run[position + 1][0].lower() not in NO_TITLE_BEFORE

    def _keep_name(self, part: list[Capital]) -> None:
        while part and part[-1][0].islower():
            part.pop()
        while part and part[0][0].islower():
            del part[0]
        if not part:
            return
        words = tuple([capital[0] for capital in part])
        if len(words) > 1:
            if words[0] in ("US", "U.S") and words[1].lower() not in US_NAMES:
                self._count(words[:1], part[0])
                words, part = words[1:], part[1:]
            if all(len(word) > 2 and word.isupper() for word in words):
                words = tuple([word.capitalize() for word in words])
            if len(words) > 2 and words[-1].lower() not in INITIALS_MATTER:
                words = (words[0], *[w for w in words[1:-1] if len(w) > 1], words[-1])
        self._count(words, part[0])

    def _count(self, words: tuple[str, ...], capital: Capital) -> None:
        _, place, edge = capital
        mentions = self.reading.names.get(words)
        if mentions is None:
            mentions = self.reading.names[words] = Mentions(first=place)
        mentions.count += 1
        mentions.sure += not edge


@cache
def _with_capitals(words: frozenset[str]) -> frozenset[str]:
    """Add each word as a sentence begins with it."""
    return words | {word.capitalize() for word in words}


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _base(token: str) -> tuple[str, bool]:
    """Take off what ends a name: `Trump's`, `US-funded`; say whether something did."""
    if token.endswith(POSSESSIVE):
        return token[:-2], True
    # What a page's furniture leaves: TrumpMORE.
    if token.endswith("MORE") and token[-5:-4].islower():
        return token[:-4], True
    head, dash, tail = token.partition("-")
    # Not in a name: Kim Jong-un, Moon Jae-in.
    if dash and tail[:1].islower() and len(tail) > 2:
        return head, True
    return token, False


def _belongs_inside(token: str, run: list[tuple[str, int, bool]]) -> bool:
    """Whether a word goes on after «von», or inside an office: Centers for Disease Control and …"""
    if token in AFTER_CONNECTOR:
        return run[-1][0].islower()
    return token in ("and", "for") and run[0][0].lower() in OFFICES


def _is_credit(tokens: list[str], end: int, run: list[Capital]) -> bool:
    """Whether a run names who took a picture: (Jane Doe/Getty Images), (AP Photo/Jane Doe)."""
    start = run[0][1]
    return (tokens[end] == "/" and tokens[end + 1].lower() in CREDITS) or (
        start > 1 and tokens[start - 1] == "/" and tokens[start - 2].lower() in CREDITS
    )


def _is_short(word: str) -> bool:
    """Whether the full stop after a word belongs to it: an initial, U.S., Dr."""
    return len(word) == 1 or "." in word or word in ABBREVIATIONS
