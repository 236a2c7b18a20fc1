"""Every kind of page, in every dress: accessible, whole at any width, still while it loads."""

import pytest

from tests.browser.checkers import axe
from tests.browser.kinds import DESK_KINDS, KINDS, READER_KINDS

pytestmark = pytest.mark.once

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SPACED_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What sticks out of the page sideways, but for what scrolls in its own box.
SPILLS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest("pre, .scrolls"))
    .map((e) => e.outerHTML.slice(0, 120));
}"""
CUT_OFF = """() => [...document.querySelectorAll("h1, h2, h3, p, a, button, label, summary")]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).overflowX === "hidden"
    && getComputedStyle(e).position !== "absolute" && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 120))"""
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


@pytest.mark.parametrize(
    ("scheme", "screen"),
    [
        pytest.param("light", PHONE, id="light-360"),
        pytest.param("dark", DESKTOP, id="dark-1280"),
        pytest.param("dark", PHONE, id="dark-360", marks=pytest.mark.full),
        pytest.param("light", DESKTOP, id="light-1280", marks=pytest.mark.full),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_leaves_nothing_undecided(kind, scheme, screen, visit):
    page = visit(kind, color_scheme=scheme, viewport=screen, reduced_motion="reduce")

    assert axe(page, undecided=kind not in DESK_KINDS) == []


@pytest.mark.parametrize("kind", READER_KINDS)
def test_nothing_sticks_out_at_320_pixels_whatever_the_spacing_of_the_text(kind, visit):
    page = visit(kind, viewport={"width": 320, "height": 640})
    assert page.evaluate(SPILLS) == []

    page.evaluate(SPACED_TEXT)

    assert page.evaluate(SPILLS) == []
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("kind", READER_KINDS)
def test_nothing_moves_while_the_page_loads(kind, visit):
    page = visit(kind, viewport=PHONE)

    assert page.evaluate(SHIFTS) == 0


@pytest.mark.parametrize("kind", ["front", "article with 3 comments", "search", "log in"])
def test_borders_stand_in_for_colours_where_the_reader_chose_their_own(kind, visit):
    page = visit(kind, forced_colors="active")

    unmarked = page.evaluate("""() => [...document.querySelectorAll("main button, main input,"
      + " main textarea")].filter((e) => e.checkVisibility() && e.type !== "hidden"
      && getComputedStyle(e).borderTopStyle === "none" && !getComputedStyle(e)
      .textDecorationLine.includes("underline") && !e.closest(".comment"))
      .map((e) => e.outerHTML.slice(0, 100))""")
    assert unmarked == []
