"""Lighthouse on the pages that readers meet first; on all of them, and for speed, with --full."""

from statistics import median

import pytest

from tests.browser.checkers import lighthouse

pytestmark = pytest.mark.once

QUICK = ("front", "article with 3 comments")
KINDS = (
    *QUICK, "article", "article with 1000 comments", "article in Arabic", "article in Chinese",
    "long headline", "hashtag", "search", "log in", "account",
)  # fmt: skip
# What no search engine should list is not judged by how well it would be found.
NOT_LISTED = {"search", "log in", "account"}
LEAST_PERFORMANCE = 98
RUNS = 5


@pytest.fixture
def audit(edition, request):
    """Audit a kind of page; one that is somebody's own, as that person."""

    def audit_kind(kind: str, **options) -> tuple[dict, list[str]]:
        session = request.getfixturevalue("editor_session") if kind == "account" else None
        return lighthouse(edition.url + edition.pages[kind], session=session, **options)

    return audit_kind


@pytest.mark.parametrize("desktop", [False, True], ids=["mobile", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_audit_of_access_practice_and_findability_passes(kind, desktop, audit, full):
    if not full and (desktop or kind not in QUICK):
        pytest.skip("only with --full")

    categories = "accessibility,best-practices" + ("" if kind in NOT_LISTED else ",seo")

    scores, costly = audit(kind, desktop=desktop, categories=categories)

    assert costly == []
    assert set(scores.values()) == {100}


@pytest.mark.full
@pytest.mark.parametrize("desktop", [False, True], ids=["mobile", "desktop"])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_fast_on_a_slow_phone_and_on_a_desk(kind, desktop, audit):
    runs = [audit(kind, desktop=desktop, categories="performance") for _ in range(RUNS)]

    scores = [scores["performance"] for scores, _ in runs]
    assert median(scores) >= LEAST_PERFORMANCE, (scores, runs[-1][1])
