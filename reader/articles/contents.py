"""
The parts of a long article, and what its markup needs on a page. Imports nothing of ours.

Reads what reader.articles.text.safe_html() wrote: tags in lower case, attributes in double quotes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import count

# An article has a list of its parts when it is long and has so many of them.
LONG_WORDS = 1200
FEWEST_PARTS = 3
ANCHOR_MAX_LENGTH = 60

ATTRIBUTES = r'((?:\s[\w-]+(?:="[^"]*")?)*)'
HEADING = re.compile(rf"<h([2-4]){ATTRIBUTES}>(.*?)</h\1>", re.DOTALL)
TABLE = re.compile(rf"<table{ATTRIBUTES}>|</table>")
PARAGRAPH = re.compile(rf"<p{ATTRIBUTES}>")
PARAGRAPH_PLACE = re.compile(r'id="text-p(\d+)"')
LISTING = re.compile(rf"<pre{ATTRIBUTES}>")
TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')


@dataclass(slots=True)
class Part:
    """A headed part of an article, and the smaller ones in it."""

    anchor: str
    words: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Laid:
    """An article's markup as the page prints it."""

    body_html: str
    # Empty when there is too little to choose from.
    parts: list[Part]


def lay_out(body_html: str, *, word_count: int, table_words: str = "Table {}") -> Laid:
    """
    Make headings and paragraphs places to link to, headings in steps of one, and let wide tables
    and listings scroll.

    The same article always gets the same anchors.
    """
    headings = _Headings()
    markup = HEADING.sub(headings.lay, _with_numbered_paragraphs(body_html))
    markup = LISTING.sub(r'<pre tabindex="0"\1>', markup)
    markup = _tables_in_regions(markup, table_words)
    is_long = word_count >= LONG_WORDS and headings.count >= FEWEST_PARTS
    return Laid(markup, headings.parts if is_long else [])


def _with_numbered_paragraphs(markup: str) -> str:
    """Give the third paragraph the place `text-p3`, unless the text has a place of that name."""
    numbers, taken = count(1), set(PARAGRAPH_PLACE.findall(markup))

    def number(found: re.Match[str]) -> str:
        number = str(next(numbers))
        return found[0] if number in taken else f'<p id="text-p{number}"{found[1]}>'

    return PARAGRAPH.sub(number, markup)


class _Headings:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.count = 0
        self._anchors: set[str] = set()
        # The original level of the headings we are below, outermost first.
        self._above: list[int] = []

    def lay(self, found: re.Match[str]) -> str:
        original, attributes, inner = int(found[1]), found[2], found[3]
        words = " ".join(html.unescape(TAG.sub("", inner)).split())
        while self._above and self._above[-1] >= original:
            self._above.pop()
        self._above.append(original)
        # Headings follow the article's h1: no step may be left out, whatever was written.
        level = 1 + len(self._above)
        if not words:
            return f"<h{level}{attributes}>{inner}</h{level}>"
        part = Part(self._anchor(words), words)
        if level == 2:
            self.parts.append(part)
            self.count += 1
        elif level == 3 and self.parts:
            self.parts[-1].parts.append(part)
            self.count += 1
        return f'<h{level} id="{part.anchor}"{attributes}>{inner}</h{level}>'

    def _anchor(self, words: str) -> str:
        """Make a name that nothing else on the page has: the prefix is kept for us."""
        plain = re.sub(r"[^\w]+", "-", words.lower())[:ANCHOR_MAX_LENGTH].strip("-_")
        base = anchor = f"part-{plain or 'untitled'}"
        number = 1
        while anchor in self._anchors:
            number += 1
            anchor = f"{base}-{number}"
        self._anchors.add(anchor)
        return anchor


def _tables_in_regions(markup: str, table_words: str) -> str:
    """Wrap tables that stand in no other table."""
    depth = number = 0

    def wrap(found: re.Match[str]) -> str:
        nonlocal depth, number
        if found[0] == "</table>":
            depth -= 1
            return "</table></div>" if depth == 0 else "</table>"
        depth += 1
        if depth > 1:
            return found[0]
        number += 1
        label = html.escape(table_words.format(number))
        return (
            f'<div class="prose__wide" role="region" aria-label="{label}" tabindex="0">{found[0]}'
        )

    return TABLE.sub(wrap, markup)
