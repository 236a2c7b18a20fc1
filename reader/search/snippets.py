"""
The piece of a text where what was looked for stands. Imports nothing but the words of this room.

Answers are pieces of plain text; the template escapes each and puts the hits into <mark>.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.search.grammar import Phrase
from reader.search.words import spots_of

SNIPPET_LENGTH = 240
# How far before the first hit a snippet may begin.
LEAD = 60
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    hit: bool = False


Span = tuple[int, int]


def highlight(text: str, phrases: Sequence[Phrase]) -> list[Piece]:
    """Part a whole text into hits and what stands between them."""
    return _pieces(text, [span for span, _ in _hits(text, phrases)])


def snippet(text: str, phrases: Sequence[Phrase], *, length: int = SNIPPET_LENGTH) -> list[Piece]:
    """
    Cut the piece with the most different phrases in it, the first of equals; none without a hit.

    White space is drawn together and the cut falls between words, where the script has spaces.
    """
    hits = _hits(text, phrases)
    if not hits:
        return []
    start, end = _window(text, hits, length)
    spans = [(max(a, start), min(b, end)) for (a, b), _ in hits if a < end and b > start]
    pieces = [
        Piece(_one_line(piece.text), piece.hit)
        for piece in _pieces(text[start:end], [(a - start, b - start) for a, b in spans])
    ]
    return _with_ellipses(pieces, before=start > 0, after=end < len(text.rstrip()))


def _hits(text: str, phrases: Sequence[Phrase]) -> list[tuple[Span, int]]:
    """Find every phrase, as (where, which), in order, in one walk along the text."""
    spots = list(spots_of(text))
    ends: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    open_ends: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for which, phrase in enumerate(phrases):
        (open_ends if phrase.open_end else ends)[phrase.tokens[-1]].append((which, phrase))
    found: set[tuple[Span, int]] = set()
    for i, (_, end, token) in enumerate(spots):
        candidates = ends.get(token)
        # What is open at its end ends in one character.
        opened = open_ends.get(token[0]) if open_ends else None
        for which, phrase in (*(candidates or ()), *(opened or ())) if candidates or opened else ():
            start = i + 1 - len(phrase.tokens)
            if start >= 0 and all(
                spot.token == wanted
                for spot, wanted in zip(spots[start:i], phrase.tokens, strict=False)
            ):
                found.add(((spots[start].start, end), which))
    return sorted(found)


def _window(text: str, hits: Sequence[tuple[Span, int]], length: int) -> Span:
    """Choose where the snippet begins and ends."""
    best, most = hits[0][0][0], 0
    ends = [span[1] for span, _ in hits]
    for i, ((start, _), _which) in enumerate(hits):
        stop = bisect_left(ends, start + length - LEAD)
        kinds = len({which for _, which in hits[i:stop]})
        if kinds > most:
            best, most = start, kinds
    start = _word_start(text, max(0, best - LEAD), best)
    end = start + length
    return start, _word_end(text, end, floor=best + 1) if end < len(text) else len(text)


def _word_start(text: str, low: int, high: int) -> int:
    """Return the first word's beginning after `low`, and `low` itself when there is no space."""
    if low == 0:
        return 0
    for i in range(low, high):
        if text[i - 1].isspace():
            return i
    return low


def _word_end(text: str, high: int, *, floor: int) -> int:
    for i in range(high, max(floor, high - LEAD), -1):
        if text[i].isspace():
            return i
    return high


def _pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for start, end in _joined(spans):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], hit=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch: bigrams of one word, words of one phrase."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() and words else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{words}{after}"


def _with_ellipses(pieces: list[Piece], *, before: bool, after: bool) -> list[Piece]:
    if pieces and not pieces[0].hit:
        pieces[0] = Piece(pieces[0].text.lstrip())
    if pieces and not pieces[-1].hit:
        pieces[-1] = Piece(pieces[-1].text.rstrip())
    return [
        *([Piece(ELLIPSIS)] if before else []),
        *pieces,
        *([Piece(ELLIPSIS)] if after else []),
    ]
