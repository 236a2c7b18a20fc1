"""The watch over browser tests sees what it is there to see."""

import pytest

from tests.browser import WatchedPages, axe, nu_errors

pytestmark = pytest.mark.once


@pytest.fixture
def watched(browser, live_server):
    pages = WatchedPages(browser, live_server.url)
    yield pages
    pages.close()


def test_a_page_without_trouble_is_let_through(watched):
    watched.open().goto("/")

    assert watched.close() == []


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("console.error('by hand')", "console: by hand"),
        ("setTimeout(() => missing(), 0)", "script error: missing is not defined"),
        ("document.body.setAttribute('style', 'color: red')", "console: "),
        ("document.body.append(document.createElement('script'))", ""),
        ("fetch('/nowhere/').catch(() => 0)", ""),
        ("new Image().src = '/nowhere.png'", "404 for the image"),
        ("fetch('https://elsewhere.example/').catch(() => 0)", "console: "),
    ],
)
def test_what_goes_wrong_in_a_page_is_seen(script, trouble, watched):
    page = watched.open()
    page.goto("/")
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(300)

    troubles = watched.close()

    assert all(found.startswith(trouble) for found in troubles)
    assert bool(troubles) == bool(trouble)


def test_a_way_out_of_the_site_is_seen(watched):
    page = watched.open()
    page.route("https://elsewhere.example/", lambda route: route.fulfill(body="there"))
    page.goto("https://elsewhere.example/")

    assert watched.close() == ["asked another host: https://elsewhere.example/"]


def test_axe_names_the_rule_and_the_place(page):
    page.goto("/")
    page.evaluate("() => document.querySelector('main').append(new Image())")

    assert [found for found in axe(page) if found.startswith("image-alt")] == ["image-alt: <img>"]


def test_the_nu_checker_tells_good_pages_from_bad_ones():
    start = "<!doctype html><html lang=en><title>A title</title>"

    pages = {"good": f"{start}<p id=a>Words.", "bad": f"{start}<p id=a>Words.<p id=a>Words."}

    assert nu_errors(pages) == ["bad: line 1: Duplicate ID “a”."]
