"""One whole site for all tests of this folder."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.edition import EDITOR, PASSWORD, Edition, make_edition, running_edition
from tests.browser.watching import WatchedPages


@pytest.fixture(scope="session")
def edition(tmp_path_factory) -> Iterator[Edition]:
    own = tmp_path_factory.mktemp("edition") / "data"
    shutil.copytree(made_edition(tmp_path_factory.getbasetemp()), own)
    with running_edition(own) as edition:
        yield edition


def made_edition(folder: Path) -> Path:
    """Make the site once for all that test side by side; each serves a copy."""
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    made = shared / "made-edition"
    with (shared / "made-edition.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "where.json").exists():
            made.mkdir(exist_ok=True)
            make_edition(made)
    return made


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
