"""Lighthouse on the pages that readers meet first; on all of them, and for speed, with --full."""

from statistics import median

import pytest

from tests.browser.checkers import lighthouse

pytestmark = pytest.mark.once

QUICK = ("front", "article with 3 comments")
KINDS = (
    *QUICK, "article", "article with 1000 comments", "article in Arabic", "article in Chinese",
    "long headline", "hashtag", "search", "log in",
)  # fmt: skip
# What no search engine should list is not judged by how well it would be found.
NOT_LISTED = {"search", "log in"}
LEAST_PERFORMANCE = 98
RUNS = 5


@pytest.mark.parametrize("desktop", [False, True], ids=["mobile", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_audit_of_access_practice_and_findability_passes(kind, desktop, edition, full):
    if not full and (desktop or kind not in QUICK):
        pytest.skip("only with --full")

    categories = "accessibility,best-practices" + ("" if kind in NOT_LISTED else ",seo")

    scores, costly = lighthouse(
        edition.url + edition.pages[kind], desktop=desktop, categories=categories
    )

    assert costly == []
    assert set(scores.values()) == {100}


@pytest.mark.full
@pytest.mark.parametrize("desktop", [False, True], ids=["mobile", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_fast_on_a_slow_phone_and_on_a_desk(kind, desktop, edition):
    url = edition.url + edition.pages[kind]
    runs = [lighthouse(url, desktop=desktop, categories="performance") for _ in range(RUNS)]

    scores = [scores["performance"] for scores, _ in runs]
    assert median(scores) >= LEAST_PERFORMANCE, (scores, runs[-1][1])
