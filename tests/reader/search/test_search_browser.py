"""Searching in a browser: the same with JavaScript and without, and quicker with."""

import pytest

from tests.browser import axe
from tests.factories import make_article, make_publisher

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def articles():
    gazette = make_publisher("Gazette")
    for n in range(25):
        make_article(f"Ferry {n}", text="The ferry sleeps.", publisher=gazette, hours_ago=n + 1)
    make_article("Ferry elsewhere", publisher=make_publisher("Herald"), hours_ago=99)


def search(page, words):
    page.locator("#q").fill(words)
    page.locator("#main").get_by_role("button", name="Search").click()


def test_a_search_swaps_the_results_and_keeps_its_address(page, articles):
    page.goto("/search/")
    page.evaluate("window.stayed = true")

    search(page, "ferry")

    page.get_by_role("heading", name="26 articles for “ferry”").wait_for()
    assert page.evaluate("window.stayed")
    assert "q=ferry" in page.url
    assert page.title() == "“ferry” · Search · Foldline"
    assert page.locator("#say").inner_text().strip() == "26 articles for “ferry”"
    assert page.locator("ol.river mark").first.inner_text() == "Ferry"


def test_a_filter_works_at_once_and_back_goes_back(open_page, articles):
    # Going back reloads, and Chromium calls it an error when that cuts a page transition short.
    page = open_page(reduced_motion="reduce")
    page.goto("/search/?q=ferry")

    page.locator("#id_publisher").select_option("Herald")
    page.get_by_role("heading", name="1 article for “ferry”").wait_for()
    narrowed = page.url
    page.go_back()
    page.get_by_role("heading", name="26 articles for “ferry”").wait_for()

    assert "publisher=herald" in narrowed
    assert "herald" not in page.url


def test_more_adds_below_and_moves_the_focus_there(page, articles):
    page.goto("/search/?q=ferry&order=newest")

    page.get_by_role("link", name="More articles").click()
    page.locator("ol.river").nth(1).wait_for()

    assert page.locator("ol.river li").count() == 26
    assert page.locator(":focus").inner_text() == "Ferry 20"
    assert page.get_by_role("link", name="More articles").count() == 0


def test_without_javascript_it_is_all_there(open_page, articles):
    page = open_page(java_script_enabled=False)
    page.goto("/search/")

    search(page, "ferry")
    page.locator("select[name=order]").select_option("newest")
    search(page, "ferry")
    page.get_by_role("link", name="More articles").click()

    assert page.get_by_role("heading", name="26 articles for “ferry”").is_visible()
    assert page.locator("ol.river li").count() == 6


@pytest.mark.parametrize(("width", "is_folded"), [(320, True), (1280, False)])
def test_counts_are_folded_on_a_phone_and_narrow_by_keyboard(open_page, articles, width, is_folded):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto("/search/?q=ferry")
    link = page.locator(".facets a").first

    if is_folded:
        assert not link.is_visible()
        page.locator(".facets summary").focus()
        page.keyboard.press("Enter")
    assert link.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []
    link.focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="25 articles for “ferry”").wait_for()
    assert page.url.endswith("/search/?q=ferry&publisher=gazette")
    assert page.locator("#id_publisher").input_value() == "gazette"
    assert axe(page) == []
    page.locator(".chosen a").first.press("Enter")
    page.get_by_role("heading", name="26 articles for “ferry”").wait_for()


def test_a_filter_that_is_folded_away_leaves_a_short_address(page, articles):
    page.goto("/search/?q=ferry")

    page.get_by_text("More filters").click()
    page.locator("#id_since").fill("2020-01-01")
    page.locator(".chosen a").wait_for()

    assert page.url.endswith("/search/?q=ferry&since=2020-01-01")
