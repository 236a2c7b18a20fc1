"""What the index keeps of an article, within the limits of the smaller engine."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from reader.search.entries import (
    GAP,
    LATE_POSITION,
    POSITION_MAX,
    SAME_TOKEN_MAX,
    article_at,
    lay_out,
    place_at,
    place_of,
    positions,
)


def entry_of(body, *, title="Title", standfirst=""):
    return lay_out(place=1, texts=(title, standfirst, body), marks=[])


def test_newer_articles_have_greater_places_and_the_number_can_be_read_back():
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    moments = [datetime.min.replace(tzinfo=UTC), noon, noon + timedelta(seconds=1)]

    places = [place_of(7, moment) for moment in moments]

    assert places == sorted(places)
    assert [article_at(place) for place in places] == [7, 7, 7]
    assert place_of(8, noon) > place_of(7, noon) > place_at(noon)
    assert place_of(7, datetime.max.replace(tzinfo=UTC)) < 2**63


def test_fields_are_so_far_apart_that_no_phrase_spans_them():
    found = list(positions(entry_of("late ferry", title="night", standfirst="train")))

    places = [position for _, _, position in found]
    assert all(after - before > 1 for before, after in pairwise(places[:3]))
    assert [number for number, _, _ in found] == [0, 1, 2, 2]


def test_a_word_that_comes_too_often_leaves_gaps():
    entry = entry_of("ferry port " * (SAME_TOKEN_MAX + 10))

    assert entry.fields[-1].count("ferry") == SAME_TOKEN_MAX
    assert entry.fields[-1].count(GAP) == 20
    assert len(entry.fields[-1]) == 2 * (SAME_TOKEN_MAX + 10)


def test_a_word_that_first_comes_at_the_end_of_a_book_is_kept_without_neighbours():
    entry = entry_of(" ".join(f"w{n}" for n in range(POSITION_MAX + 50)) + " late ferry w1")

    assert entry.fields[-1][-4:] == [GAP, "late", GAP, "ferry"]
    found = {token: position for _, token, position in positions(entry)}
    assert found["ferry"] - found["late"] != 1
    assert max(found.values()) <= LATE_POSITION


def test_nonsense_of_any_size_fits():
    entry = entry_of(" ".join(f"ж{n:0>60}" for n in range(40_000)))

    assert sum(len(token.encode()) for token in set(entry.fields[-1])) < 700_000
