"""
Comments as safe HTML: a small Markdown, then an allow-list. Knows nothing of Django.

Rendered once, when a comment is written; RENDERER_VERSION says by which rules, so that stored HTML
can be made again when they change.
"""

from __future__ import annotations

import html
import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from comments.threads.mentions import FindPeople, link_mentions
from comments.threads.subjects import FindSubjects, link_subjects

RENDERER_VERSION = 3
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
# What a quotation leads to: a paragraph of an article, a comment. No other place of this site.
OWN_ADDRESS = re.compile(
    r"/comments/[1-9][0-9]{0,17}/"
    r"|/articles/[1-9][0-9]{0,17}/(?:(?:[-\w]|%[0-9A-Fa-f]{2}){1,1440}/)?#text-[\w:.-]{1,60}",
    re.ASCII,
)
OWN_LINK = re.compile(r'<a href="(?=/)')
LINK_REL = "ugc nofollow noopener"
# The cleaner drops addresses that are none.
LINK_TO_NOTHING = re.compile(f'<a rel="{LINK_REL}">(.*?)</a>', re.DOTALL)
NAMELESS_LINK = re.compile(r"<a [^>]*>\s*</a>")
# What may stand behind the marks that begin a listing and is not shown: `py`, `c++`.
LANGUAGE = re.compile(r"\s*[a-z0-9.+#-]{0,20}\s*", re.IGNORECASE | re.ASCII)
# What no page can show. Such text is refused where people type it, and never stored.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
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
    parser.validateLink = _may_be_linked  # type: ignore[method-assign,assignment]
    return parser


def _may_be_linked(address: str) -> bool:
    """Only addresses that say where they lead, and of this site's own what is quoted."""
    is_web_address = WEB_ADDRESS.match(address.strip()) is not None
    return is_web_address or OWN_ADDRESS.fullmatch(address) is not None


_parser = _make_parser(linkify=True)
_parser_without_bare_addresses = _make_parser(linkify=False)
_cleaner = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    url_schemes=LINK_SCHEMES,
    link_rel=LINK_REL,
)


def render_comment(
    text: str,
    find_people: FindPeople | None = None,
    find_subjects: FindSubjects | None = None,
) -> str:
    """
    Turn typed words into the HTML the page prints as it stands.

    Text nested too deep to read is set as plain paragraphs rather than cut, and so is text that is
    all markup or would lose words. With `find_people` names behind an @ become links, and hashtags
    with `find_subjects`. Raise TooLong instead of working on what cannot be a comment.
    """
    if len(text) > RENDERED_MAX_LENGTH:
        raise TooLong(f"{len(text)} characters, {RENDERED_MAX_LENGTH} at most")
    text = HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
    many = text.count("://") > BARE_ADDRESSES_MAX
    parser = _parser_without_bare_addresses if many else _parser
    tokens = parser.parse(text)
    if find_people is not None and "@" in text:
        link_mentions(tokens, find_people)
    if find_subjects is not None and "#" in text:
        link_subjects(tokens, find_subjects)
    markup = parser.renderer.render(tokens, parser.options, {})
    if _loses_words(tokens) or not _shows_words(tokens) or NAMELESS_LINK.search(markup):
        markup = _plain(text)
    return LINK_TO_NOTHING.sub(r"\1", _cleaner.clean(markup)).strip()


def with_whole_addresses(markup: str, site: str) -> str:
    """Name the site in the links of a rendered comment, for readers who are elsewhere."""
    return OWN_LINK.sub(f'<a href="{html.escape(site.rstrip("/"))}', markup)


def _loses_words(tokens: list[Token]) -> bool:
    """Tell of what the parser cuts below its limit, and of words that no page prints."""
    return any(
        token.level >= NESTING_LIMIT - 1
        or not LANGUAGE.fullmatch(token.info)
        or any(child.attrGet("title") for child in token.children or ())
        for token in tokens
    )


def _shows_words(tokens: list[Token]) -> bool:
    """Tell whether anything is left to read; a lone `-` would become an empty list."""
    return any(token.content.strip() for token in tokens)


def _plain(text: str) -> str:
    paragraphs = (part.strip("\n") for part in PARAGRAPH_BREAK.split(text))
    return "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
    )
