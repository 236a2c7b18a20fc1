"""One whole site for all tests of this folder."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.edition import EDITOR, PASSWORD, Edition, running_edition
from tests.browser.watching import WatchedPages


@pytest.fixture(scope="session")
def edition(tmp_path_factory) -> Iterator[Edition]:
    with running_edition(tmp_path_factory.mktemp("edition")) as edition:
        yield edition


@pytest.fixture(scope="session")
def editor_session(browser, edition) -> dict:
    """The cookies of somebody who is logged in and may see the desk."""
    context = browser.new_context(base_url=edition.url)
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EDITOR)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    state = context.storage_state()
    context.close()
    assert state["cookies"], "the editor could not log in"
    return state


@pytest.fixture
def visit(browser, edition, request) -> Iterator[Callable]:
    """
    Open a kind of page as a new visitor: `visit("front", color_scheme="dark")`.

    Takes what Playwright's new_context() takes. Whatever goes wrong in a page fails the test.
    """
    pages = WatchedPages(browser, edition.url)

    def open_kind(kind: str, **options):
        if kind.startswith(("account", "desk")):
            options["storage_state"] = request.getfixturevalue("editor_session")
        page = pages.open(**options)
        page.goto(edition.pages[kind])
        page.wait_for_load_state("networkidle")
        return page

    yield open_kind
    assert pages.close() == []
