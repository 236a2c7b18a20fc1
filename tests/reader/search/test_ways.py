"""PostgreSQL chooses among ways to an answer by what the planner says: no way may change it."""

import pytest
from django.db import connection

from reader.search.engines import current_engine
from reader.search.facets import tally_of
from reader.search.finding import find_articles, lookup_of
from reader.search.grammar import parse_question
from reader.search.resolving import resolve
from tests.factories import make_article
from tests.reader.search.test_trees import QUESTIONS, Known

pytestmark = pytest.mark.django_db
ENGINE = "reader.search.engines.postgres"
MORE = [
    '"night ferry" OR after:2026-11-23',
    '(ferry after:2026-11-23) -"strike train"',
    "before:2027 -ferry",
    "before:2027 -(ferry OR after:2026-11-23)",
    "in:text ferry (night OR before:2026-11-23)",
]
WAYS = {
    "the latest are read": {"_READING": 0.0, "_GETTING": 1e9},
    "the index is asked": {"_READING": 1e9, "_GETTING": 0.0},
    "a few at a time": {"READ_MAX": 3, "READ_MORE": 1_000},
    "everything is common": {"COMMON_MIN": 0},
}


@pytest.fixture(scope="module")
def is_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("one way only")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_what_reading_everything_finds(way, is_postgresql, monkeypatch):
    for name, value in WAYS[way].items():
        monkeypatch.setattr(f"{ENGINE}.{name}", value)
    known, engine = Known(), current_engine()
    for text in [*QUESTIONS, *MORE]:
        tree = resolve(parse_question(text)).tree
        right = sorted(known.fitting(tree), reverse=True)
        assert engine.newest(lookup_of(tree), before=None, limit=100) == right, text
        best = engine.best(lookup_of(tree), offset=0, limit=100)
        if way != "a few at a time":
            assert [place for place, _ in engine.tally(lookup_of(tree), most=100)] == right, text
            assert sorted(best, reverse=True) == right, text
        assert set(best) <= set(right) and len(set(best)) == len(best), text
        if right:
            assert engine.newest(lookup_of(tree), before=right[0], limit=3) == right[1:4], text


def test_where_too_much_may_fit_the_newest_are_read_and_that_is_said(is_postgresql, monkeypatch):
    monkeypatch.setattr(f"{ENGINE}.READ_MAX", 10)
    for number in range(40):
        words = "night ferry" if number % 2 else "ferry night"
        make_article(f"Article {number}", text=words, hours_ago=number + 1)

    found = find_articles(parse_question('"night ferry"'), with_facets=True)

    assert [one.article.title for one in found.results] == [
        f"Article {number}" for number in (1, 3, 5, 7, 9)
    ]
    assert found.notes == ["So many texts may fit that only the newest of them were read."]
    assert not found.count_is_exact
    assert found.count >= 5
    # More are read while a page is not full.
    newest = find_articles(parse_question('"night ferry"'), order="newest")
    assert [one.article.title for one in newest.results][:20] == [
        f"Article {number}" for number in range(1, 40, 2)
    ]


def test_what_the_index_can_tell_is_never_read(is_postgresql, monkeypatch):
    monkeypatch.setattr(f"{ENGINE}.READ_MAX", 0)
    make_article("Night ferry", text="A strike.")
    for text in ["night ferry", "night -train", "night (train OR after:2020)", "-(-night)"]:
        lookup = lookup_of(resolve(parse_question(text)).tree)
        assert tally_of(current_engine(), lookup).count == 1, text
        assert not current_engine().is_partial(lookup), text
