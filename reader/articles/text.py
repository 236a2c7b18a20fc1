"""Article text: safe HTML from plain words, plain words from HTML. Imports nothing of ours."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nh3

PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "ins", "li", "mark", "ol", "p", "pre",
    "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "time", "tr",
    "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "id"},
    "abbr": {"title"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "*": {"lang", "dir"},
}
BLOCK_TAGS = {
    "blockquote", "dd", "div", "dl", "dt", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
# Before the name of every place in a text, so that it is none of the page's own.
PLACE_PREFIX = "text-"
PLACE_NAME = re.compile(r"[\w:.-]{1,60}")
# What no text field can hold: PostgreSQL refuses NUL, UTF-8 has no lone surrogates.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Drop what a database cannot store; everything else stays as it is."""
    return UNSTORABLE.sub("", text)


def html_from_text(text: str) -> str:
    """
    Set plain text as paragraphs: a blank line parts them, a single newline is a line break.

    Every character of the text is printed; markup in it is shown, not obeyed.
    """
    paragraphs = [part.strip("\n") for part in PARAGRAPH_BREAK.split(text)]
    return "\n".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>"
        for part in paragraphs
        if part.strip()
    )


def safe_html(markup: str) -> str:
    """
    Keep what an article may contain; scripts, styles, forms, frames and pictures go.

    Places such as footnotes are renamed, each stands for once, and links to them follow: no text
    can take the name of a place in the page around it. Cleaning twice changes nothing more.
    """
    return nh3.clean(
        markup,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_Places().rename,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


class _Places:
    def __init__(self) -> None:
        self._taken: set[str] = set()

    def rename(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            name = _place(value)
            if not name or name in self._taken:
                return None
            self._taken.add(name)
            return name
        if attribute == "href" and value.startswith("#"):
            name = _place(value[1:])
            return f"#{name}" if name else None
        return value


def _place(name: str) -> str:
    if not PLACE_NAME.fullmatch(name):
        return ""
    return name if name.startswith(PLACE_PREFIX) else PLACE_PREFIX + name


def text_from_html(markup: str) -> str:
    """Read the words of safe HTML; blocks are parted by a blank line."""
    reader = _WordReader()
    reader.feed(markup)
    reader.close()
    return reader.text()


class _WordReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK_TAGS:
            self._blocks.append([])
        elif tag == "br":
            self._blocks[-1].append("\n")
        elif tag in {"td", "th"}:
            self._blocks[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self._blocks.append([])

    def handle_data(self, data: str) -> None:
        self._blocks[-1].append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        blocks = (re.sub(r" *\n *", "\n", "".join(block)).strip() for block in self._blocks)
        return "\n\n".join(block for block in blocks if block)


# What an excerpt never ends on.
CUT_MARKS = ",;:.-\N{EN DASH}\N{EM DASH} "

EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# People read about 500 Chinese or Japanese characters in the time of 220 English words.
EAST_ASIAN_PER_WORD = 2.3


def count_words(text: str) -> int:
    """Count words; scripts without spaces by characters, scaled to the same reading time."""
    east_asian = len(EAST_ASIAN.findall(text))
    spaced = len(EAST_ASIAN.sub(" ", text).split())
    return spaced + round(east_asian / EAST_ASIAN_PER_WORD)


def excerpt_of(text: str, length: int = 150) -> str:
    """Cut text at a word within `length` characters; an ellipsis says that more follows."""
    text = " ".join(text[: length * 4].split())
    if len(text) <= length:
        return text
    cut, _, rest = text[:length].rpartition(" ")
    # Scripts without spaces have no word to cut at.
    cut = cut if cut and len(rest) < length // 2 else text[: length - 1]
    return f"{cut.rstrip(CUT_MARKS)}…"
