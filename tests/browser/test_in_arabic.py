"""Pages from right to left, and English articles in them."""

import pytest

from tests.browser.checkers import axe
from tests.browser.kinds import READER_KINDS
from tests.browser.test_every_page import CUT_OFF

pytestmark = pytest.mark.once

# From right to left a page grows to the left.
SPILLS = """() => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().left < -1 && !e.closest("pre, .scrolls"))
    .map((e) => e.outerHTML.slice(0, 120));
}"""
SOME_KINDS = ["front", "article with 3 comments", "article in Arabic", "search", "log in"]


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[] if kind in SOME_KINDS else pytest.mark.full)
        for kind in READER_KINDS
    ],
)
def test_a_page_in_arabic_is_accessible_and_nothing_sticks_out(kind, visit):
    page = visit(kind, locale="ar", viewport={"width": 320, "height": 640}, reduced_motion="reduce")

    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    assert axe(page, undecided=True) == []
    assert page.evaluate(SPILLS) == []
    assert page.evaluate(CUT_OFF) == []
