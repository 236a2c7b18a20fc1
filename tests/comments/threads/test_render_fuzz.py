"""Whatever anybody types: never an error, never a tag that is not allowed, never a word lost."""

import gc
import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comments.threads.render import RENDERED_MAX_LENGTH, TooLong, render_comment

pytestmark = pytest.mark.once

ALLOWED_TAGS = {"p", "a", "code", "pre", "br", "em", "strong", "li", "ul", "ol", "blockquote"}
REL = "ugc nofollow noopener"
ADDRESS = re.compile(
    r"(https?://|mailto:).+"
    r"|/comments/[1-9]\d*/|/articles/[1-9]\d*/([-\w%]+/)?#text-[\w:.-]+|/people/7/ada/",
    re.IGNORECASE | re.DOTALL,
)
# What turns text, joins letters, is nothing to see, or half a character.
ODD = [
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\u2060\ufeff",
    *"\x00\x01\x7f\ud800\udfff\u0301\u0489\ufffd\U0001f468", "Z\u0351\u036b\u0343\u036a\u0302",
]  # fmt: skip
MARKUP = [
    "*", "**", "_", "`", "```", "~~~", "[", "]", "](", "(", ")", "<", ">", "> ", "- ", "1. ", "# ",
    "\n", "\n\n", "    ", "\t", "\\", "&", "&amp;", "&#0;", "!", "![", "|", "---", "===", "://",
    "https://a.example", "javascript:", "<script>", "</p>", "<!--", "data:", '"', "'", "@", "@Ada",
    "/comments/5/", "/articles/3/x/#text-p1", "/people/9/x/", "mailto:", "[x]: /y",
]  # fmt: skip
typed = st.lists(
    st.one_of(st.sampled_from(MARKUP), st.sampled_from(ODD), st.text(max_size=8)), max_size=60
).map("".join)
# Words between marks that give them another look; addresses and the like have tests of their own.
worded = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "*",
                "**",
                "_",
                "`",
                "```",
                "> ",
                "- ",
                "\n",
                "\n\n",
                " ",
                "    ",
                "[",
                "]",
                "(",
                ")",
                "!",
                "#",
            ]
        ),
        st.sampled_from(
            ["wörds", "слова", "كلمات", "言葉", "z\u0351\u036b", "a\u202eb", "x\u200by"]
        ),
    ),
    max_size=60,
).map("".join)


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def find_ada(names):
    return {"Ada": "/people/7/ada/"} if "Ada" in names else {}


@given(typed)
@example("\ud800")
@example("[a](/comments/5/) [b](/comments/5/edit/) [c](/people/7/ada/) @Ada")
@example("&#x202e;&#0; \x00")
@example("https://a.example\u202a <https://a\u2066.example> [x](https://xn--\u202a)")
def test_nothing_typed_makes_an_error_or_a_foreign_tag(text):
    markup = render_comment(text, find_ada)

    page = Page(markup)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag in ALLOWED_TAGS
        if tag == "a":
            assert attributes.pop("rel") == REL
            assert ADDRESS.fullmatch(attributes.pop("href"))
        if tag == "ol":
            assert attributes.pop("start", "1").isdecimal()
        assert attributes == {}
    markup.encode()


def letters(text):
    return re.sub(r"[\s*_`>()\[\]!#-]", "", text)


@given(worded)
@example("``` two words\nx\n```")
@example("```слова\nx\n```")
@example("> " * 40 + "words")
def test_every_word_is_shown_in_its_order(text):
    assert letters(Page(render_comment(text)).text) == letters(text)


@pytest.mark.parametrize("words", ["a\u202eb\u2066c", "x\u200b\u2060y", "Z\u0351\u036b\u0343" * 40])
def test_marks_that_nobody_sees_stay_in_the_words(words):
    assert render_comment(words) == f"<p>{words}</p>"


def test_titles_and_other_words_that_no_page_prints_are_shown_as_typed():
    assert 'https://a.example "secret words"' in render_comment(
        '[x](https://a.example "secret words")'
    )
    assert "two words" in render_comment("```two words\nx\n```")


BOMBS = [
    ">", "> ", "[", "[a](", "![", "*a ", "*a **b ", "`e", "- ", "<http://", "http://a.", "&#", "_",
    "\n", "**a*", "a|b\n-|-\n", "[x](/comments/5/) ", "https://a.example/ ", "\\", "<a>", "1. a\n",
    "@Ada ", "@a.", "`" * 7 + " ", "~~~\n", "\u202e", "Z\u0351\u036b", "(((", "](", "x_y",
    "`a``b```c", "***", "[[]", "   - a\n", "> a\n\n", "mailto:a@b.example ", "www.a.example ",
]  # fmt: skip


def cost_of(text):
    """Time the best of three: whatever else the machine does makes none of them cheaper."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            start = process_time()
            render_comment(text, find_ada)
            times.append(process_time() - start)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("bomb", BOMBS, ids=repr)
def test_four_times_the_text_costs_about_four_times(bomb):
    quarter, whole = (
        cost_of((bomb * RENDERED_MAX_LENGTH)[:length])
        for length in (RENDERED_MAX_LENGTH // 4, RENDERED_MAX_LENGTH)
    )
    # Sixteen times would be the square. What is that quick costs nothing to speak of.
    assert whole < max(8 * quarter, 0.02)


def test_markdown_ten_thousand_deep_is_shown():
    for opening in ("> ", "- ", "*", "[", "> - "):
        text = opening * 10_000 + "here"
        if len(text) <= RENDERED_MAX_LENGTH:
            assert "here" in Page(render_comment(text)).text
    with pytest.raises(TooLong):
        render_comment("> " * 500_000)
