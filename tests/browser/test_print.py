"""An article on paper: few sheets, and nothing on them that only a screen needs."""

import re

import pytest

pytestmark = pytest.mark.once

MOST_SHEETS_FOR_900_WORDS = 4
SCREEN_ONLY = (
    "form, .masthead__search, .masthead__account, .related, .skip, .article__jumps, button"
)


def test_nine_hundred_words_fit_on_four_sheets(visit):
    page = visit("article")
    words = len(page.locator(".prose").inner_text().split())

    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))

    assert words >= 850
    assert 1 < sheets <= MOST_SHEETS_FOR_900_WORDS


def test_only_words_are_printed(visit):
    page = visit("article with 3 comments")
    page.emulate_media(media="print")

    shown = page.locator(SCREEN_ONLY).evaluate_all(
        "all => all.filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert shown == []
    assert page.locator(".prose").is_visible()
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
