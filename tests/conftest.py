"""Fixtures that every room's tests may use."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests import provision
from tests.browser import CHROMIUM_FLAGS, PATIENCE, WatchedPages

LONGEST_ID = 40
# Few tests and much to do: they fill large tables, or look at everything there is.
LONG_FILE = re.compile(r"_(at_once|corpus|counting|crawl|fuzz|look|lighthouse|plans|scale|sample)")
TIME_ENOUGH_SECONDS = 20
BROWSER_FIXTURES = {"browser", "open_page", "page"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the counts that take longer, too")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Number long values: as names they are unreadable, and signed ones differ at each run."""
    return argname if isinstance(val, str) and len(val) > LONGEST_ID else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    not_now = pytest.mark.skip(reason="only with --full")
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if "full" in item.keywords and not config.getoption("--full"):
            item.add_marker(not_now)
        if not asks_the_database(item):
            item.add_marker("once")
    if hasattr(config, "workerinput"):
        begin_with_the_longest(items)


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Order the files, so that no worker is left alone with a long one when the others are done."""
    seconds: Counter[Path] = Counter()
    for item in items:
        seconds[item.path] += 4 if "browser" in item.keywords else 1
    for path in seconds:
        if LONG_FILE.search(path.name):
            seconds[path] += 60
    items.sort(key=lambda item: (-seconds[item.path], item.path))


def asks_the_database(item: pytest.Item) -> bool:
    """Say whether a test may ask anything of the database; pytest-django keeps others from it."""
    from django.test import TransactionTestCase  # noqa: PLC0415 (needs Django set up)

    fixtures = set(getattr(item, "fixturenames", ()))
    owner = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db")
        or fixtures & DATABASE_FIXTURES
        or (owner and issubclass(owner, TransactionTestCase))
    )


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches end after a moment; how busy the machine is must not decide what is found."""
    for name in (
        "comments.finding.finding.FIND_SECONDS",
        "reader.search.correcting.SECONDS_MAX",
        "reader.search.engines.waiting.STATEMENT_SECONDS",
        "reader.search.finding.FIND_SECONDS",
        "reader.search.saving.COUNT_SECONDS",
        "reader.search.saving.COUNTING_SECONDS",
        "reader.search.suggesting.HEADLINES_SECONDS",
        "reader.search.views.PAGE_SECONDS",
    ):
        monkeypatch.setattr(name, TIME_ENOUGH_SECONDS)


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether this is the long run, with the counts that the issues name."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The test database; at the end nobody may keep PostgreSQL from dropping it."""
    from django.db import connection  # noqa: PLC0415 (pytest-django has set it up by now)

    from tests.emptying import QuickEmptying  # noqa: PLC0415 (needs Django set up)

    with django_db_blocker.unblock():
        QuickEmptying().install()
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # A thread of the live server may still be in its last request.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with real articles, which are no part of the project."""
    from django.conf import settings  # noqa: PLC0415 (pytest-django has set it up by now)

    folder = Path(settings.CORPUS_DIR)
    if not (folder / "articles.jsonl.gz").exists():
        pytest.skip("skipped: no corpus")
    return folder


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run; tests want `page` or `open_page`."""
    executable = provision.chromium()
    if not executable:
        sentence = "no Chromium: apt-get install chromium"
        pytest.fail(sentence) if provision.IN_CI else pytest.skip(sentence)
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 (costs half a second)

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server) -> Iterator[Callable]:
    """
    Open pages of the running site, each as a new visitor: `open_page(java_script_enabled=False)`.

    Takes what Playwright's new_context() takes. Whatever goes wrong in a page fails the test.
    """
    pages = WatchedPages(browser, live_server.url)
    yield pages.open
    assert pages.close() == []


@pytest.fixture
def page(open_page):
    """A visitor with a desktop screen: `page.goto("/")`."""
    return open_page()
