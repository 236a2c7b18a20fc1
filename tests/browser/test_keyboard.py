"""Every page by keyboard alone: all is reached, focus is seen, nothing holds it."""

import pytest

from tests.browser.kinds import READER_KINDS

pytestmark = pytest.mark.once

# More stops than this tell nothing new about a page.
MOST_STOPS = 60
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 20) / 2];
  const hit = document.elementFromPoint(x, y);
  return {
    what: element.outerHTML.slice(0, 100),
    number: [...document.querySelectorAll("*")].indexOf(element),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: hit !== null && (element.contains(hit) || hit.contains(element)),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0
    && !(e.type === "radio" && !e.checked)).length"""


@pytest.mark.parametrize("kind", READER_KINDS)
def test_tab_walks_through_the_page_and_every_stop_is_seen(kind, visit):
    page = visit(kind, reduced_motion="reduce")
    wanted = min(page.evaluate(REACHABLE), MOST_STOPS)

    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)

    assert len({stop["number"] for stop in stops}) == wanted, "focus is held or gets lost"
    assert [stop["what"] for stop in stops if not stop["outlined"]] == []
    assert [stop["what"] for stop in stops if not stop["onScreen"] or not stop["uncovered"]] == []


@pytest.mark.parametrize("kind", ["front", "article", "account"])
def test_the_first_stop_leads_past_the_head_of_the_page(kind, visit):
    page = visit(kind)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
