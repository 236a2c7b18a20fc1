"""Typed words as HTML: what is kept, what is defused, what it costs."""

from html.parser import HTMLParser
from time import perf_counter

import pytest

from comments.threads.render import (
    RENDERED_MAX_LENGTH,
    TooLong,
    render_comment,
    with_whole_addresses,
)

pytestmark = pytest.mark.once

ALLOWED_TAGS = {"p", "a", "code", "pre", "br", "em", "strong", "li", "ul", "ol", "blockquote"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("*so* **very**", "<p><em>so</em> <strong>very</strong></p>"),
        ("> said\n\nwell", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>well</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```py\nx = 1\n```", "<pre><code>x = 1\n</code></pre>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("under\n===", "<p>under<br>\n===</p>"),
        ("a | b\n--|--\n1 | 2", "<p>a | b<br>\n--|--<br>\n1 | 2</p>"),
        ("[note]: kept", "<p>[note]: kept</p>"),
        ("readme.md and end.So", "<p>readme.md and end.So</p>"),
    ],
)
def test_a_small_markdown_is_understood_and_the_rest_stays_as_typed(typed, shown):
    assert render_comment(typed) == shown


def test_links_are_links_and_say_that_readers_wrote_them():
    rel = 'rel="ugc nofollow noopener"'
    assert render_comment("see https://a.example/x?y=1&z=2.") == (
        f'<p>see <a href="https://a.example/x?y=1&amp;z=2" {rel}>https://a.example/x?y=1&amp;z=2</a>.</p>'
    )
    assert render_comment("[here](https://a.example)") == (
        f'<p><a href="https://a.example" {rel}>here</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "/comments/12/",
        "/articles/12/#text-p3",
        "/articles/12/ferry-late/#text-p3",
        "/articles/12/%D9%82%D9%86%D8%A7%D8%A9/#text-fn1",
    ],
)
def test_what_is_quoted_can_be_linked_and_is_found_from_elsewhere(address):
    markup = render_comment(f"> words\n>\n> — [there]({address})")

    assert f'<a href="{address}" rel="ugc nofollow noopener">there</a>' in markup
    there = with_whole_addresses(markup, "https://news.example/")
    assert f'<a href="https://news.example{address}" rel="ugc nofollow noopener">there</a>' in there


def test_words_that_look_like_a_link_are_no_address_to_complete():
    markup = render_comment('`<a href="/comments/1/">` and https://a.example')
    assert with_whole_addresses(markup, "https://news.example") == markup


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//evil.example)",
        "[x](/account/logout/)",
        "[x](/people/1/ada/)",
        "[x](/comments/1/delete/)",
        "[x](/comments/1/?next=)",
        "[x](/comments/01/)",
        "[x](/comments/1/../../account/)",
        "[x](/articles/1/x/)",
        "[x](/articles/1/x/#comments)",
        "[x](/articles/1/../#text-p1)",
        "[x](//evil.example/comments/1/)",
        "[x](#text-p1)",
        "<javascript:alert(1)>",
        '[x](https://a.example "onmouseover=alert(1)")',
        '![x](https://a.example/p.png"onerror=alert(1))',
        "<!--><svg onload=alert(1)>-->",
        "<a href='https://a.example' onclick='alert(1)'>x</a>",
        "`<img src=x onerror=alert(1)>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
        "https://a.example/\"onmouseover='alert(1)'",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ],
)
def test_hostile_text_becomes_words(typed):
    tags = Tags()
    tags.feed(render_comment(typed))
    for tag, attrs in tags.seen:
        assert tag in ALLOWED_TAGS
        assert {name for name, _ in attrs} <= {"href", "rel", "start"}
        assert all(v.startswith("https://a.example") for n, v in attrs if n == "href")


def test_pictures_become_links():
    assert "<img" not in render_comment("![cat](https://a.example/cat.png)")
    assert 'href="https://a.example/cat.png"' in render_comment("![cat](https://a.example/cat.png)")


@pytest.mark.parametrize("typed", ["- ", "```", ">", "*", "[](https://a.example)"])
def test_markup_around_nothing_is_shown_as_typed(typed):
    shown = render_comment(typed)
    assert shown.startswith("<p>")
    assert "<a" not in shown
    assert typed.strip().replace(">", "&gt;") in shown


def test_words_nested_too_deep_are_shown_not_dropped():
    shown = render_comment("> " * 40 + "here")
    assert "here" in shown
    assert "<blockquote>" not in shown


@pytest.mark.parametrize(
    "bomb",
    [
        ">" * 20000,
        "> " * 20000,
        "[" * 20000,
        "[a](" * 8000,
        "![" * 15000,
        "*a " * 12000,
        "*a **b " * 5000,
        "`" + "e`" * 15000,
        "- " * 18000,
        "<http://" * 4500,
        "http://a." * 4000,
        "&#" * 18000,
        "_" * 36000,
        "\n" * 36000,
    ],
    ids=lambda bomb: bomb[:9].strip() or "newlines",
)
def test_the_cost_of_hostile_text_stays_small(bomb):
    start = perf_counter()
    render_comment(bomb)
    assert perf_counter() - start < 3  # under half a second on an idle machine


def test_a_megabyte_is_refused_by_its_length():
    start = perf_counter()
    with pytest.raises(TooLong):
        render_comment("> [" * 350_000)
    assert perf_counter() - start < 0.5
    assert render_comment("a" * RENDERED_MAX_LENGTH).count("a") == RENDERED_MAX_LENGTH
