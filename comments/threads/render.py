"""
Comments as safe HTML: a small Markdown, then an allow-list. Imports nothing of ours.

Rendered once, when a comment is written; RENDERER_VERSION says by which rules, so that stored HTML
can be made again when they change.
"""

from __future__ import annotations

import html
import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

RENDERER_VERSION = 1
# Imported comments may be longer than what people may type here.
RENDERED_MAX_LENGTH = 40_000
# Finding bare addresses costs the square of their number; with more than these they stay words.
BARE_ADDRESSES_MAX = 100
# Quotes and lists deeper than this are noise. The parser would drop what lies below its limit.
NESTING_LIMIT = 12

ALLOWED_TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
# The empty set for all tags replaces nh3's own, which would let titles through.
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
LINK_SCHEMES = {"http", "https", "mailto"}
WEB_ADDRESS = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)
NAMELESS_LINK = re.compile(r"<a [^>]*>\s*</a>")
PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")


class TooLong(ValueError):
    """The text is longer than any comment."""


def _make_parser(*, linkify: bool) -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "breaks": True, "linkify": linkify, "maxNesting": NESTING_LIMIT},
    )
    # No headings, rules and pictures in a conversation; no reference definitions, which would make
    # lines vanish; what looks like them stays on the page as it was typed.
    parser.disable(["heading", "lheading", "hr", "image", "reference", "html_block", "html_inline"])
    if linkify:
        parser.enable("linkify")
    if parser.linkify is not None:
        # Only whole addresses: `readme.md` and `end.So` are words.
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = _is_web_address  # type: ignore[method-assign,assignment]
    return parser


def _is_web_address(address: str) -> bool:
    """Only addresses that say where they lead; none of this site's own."""
    return WEB_ADDRESS.match(address.strip()) is not None


_parser = _make_parser(linkify=True)
_parser_without_bare_addresses = _make_parser(linkify=False)
_cleaner = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    url_schemes=LINK_SCHEMES,
    link_rel="ugc nofollow noopener",
)


def render_comment(text: str) -> str:
    """
    Turn typed words into the HTML the page prints as it stands.

    Text nested too deep to read is set as plain paragraphs rather than cut, and so is text that is
    all markup. Raise TooLong instead of working on what cannot be a comment.
    """
    if len(text) > RENDERED_MAX_LENGTH:
        raise TooLong(f"{len(text)} characters, {RENDERED_MAX_LENGTH} at most")
    many = text.count("://") > BARE_ADDRESSES_MAX
    parser = _parser_without_bare_addresses if many else _parser
    tokens = parser.parse(text)
    markup = parser.renderer.render(tokens, parser.options, {})
    if _is_cut(tokens) or not _shows_words(tokens) or NAMELESS_LINK.search(markup):
        markup = _plain(text)
    return _cleaner.clean(markup).strip()


def _is_cut(tokens: list[Token]) -> bool:
    return any(token.level >= NESTING_LIMIT - 1 for token in tokens)


def _shows_words(tokens: list[Token]) -> bool:
    """Tell whether anything is left to read; a lone `-` would become an empty list."""
    return any(token.content.strip() for token in tokens)


def _plain(text: str) -> str:
    paragraphs = (part.strip("\n") for part in PARAGRAPH_BREAK.split(text))
    return "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
    )
