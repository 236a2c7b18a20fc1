"""Which article stands in which block: worked out from numbers alone."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reader.related.blocks import COVERAGE_PLACES, PLACES, Offer, arrange, is_later
from reader.related.profiles import Shingles

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PAGE = Offer(1, publisher=1, published_at=NOON)


def text(*marks):
    return Shingles(np.array(sorted(marks), dtype=np.uint32), 1)


def offers(*publishers, first=10, **fields):
    return [Offer(first + n, publisher=p, **fields) for n, p in enumerate(publishers)]


def test_what_came_before_is_background_and_what_came_after_is_since_then():
    earlier = Offer(2, published_at=NOON - timedelta(minutes=1))
    same = Offer(3, published_at=NOON)
    later = Offer(4, published_at=NOON + timedelta(minutes=1))
    undated = Offer(5)

    blocks = arrange(PAGE, pinned=[], told=[], related=[later, undated, same, earlier])

    assert (blocks.background, blocks.since) == ([5, 3, 2], [4])


def test_nobody_knows_what_came_later_on_a_day_without_an_hour():
    day = Offer(2, published_at=NOON.replace(hour=0), is_date=True)

    assert not is_later(day, Offer(1, published_at=NOON.replace(hour=0)))
    assert not is_later(Offer(3, published_at=NOON), day)
    assert is_later(Offer(3, published_at=NOON + timedelta(days=1)), day)
    assert not is_later(Offer(3, published_at=NOON), Offer(1))


def test_coverage_has_one_of_each_publisher_first_and_none_of_the_pages_own():
    told = offers(2, 2, 1, 3, None, None, 2, in_story=True)

    blocks = arrange(PAGE, pinned=[], told=told, related=[])

    assert blocks.coverage == [10, 13, 14, 15, 11]


def test_what_is_in_the_story_is_no_background():
    related = [Offer(10, in_story=True, publisher=1), Offer(11)]

    blocks = arrange(PAGE, pinned=[], told=[], related=related)

    assert (blocks.coverage, blocks.background) == ([], [11])


def test_nothing_automatic_says_what_the_page_or_another_says():
    words = text(*range(20))
    page = Offer(1, shingles=words)
    reprint = Offer(10, publisher=2, in_story=True, shingles=text(*range(1, 21)))
    fresh = Offer(11, publisher=3, in_story=True, shingles=text(*range(100, 120)))
    copied = Offer(12, publisher=4, in_story=True, shingles=text(*range(101, 121)))
    same_elsewhere = Offer(13, publisher=5, shingles=text(*range(99, 119)))

    blocks = arrange(page, pinned=[], told=[reprint, fresh, copied], related=[same_elsewhere])

    assert (blocks.coverage, blocks.background) == ([11], [])


def test_a_pin_takes_a_place_of_its_own_choosing_and_is_exempt():
    page = Offer(1, shingles=text(*range(20)))
    pins = [Offer(n, publisher=2, shingles=text(*range(20))) for n in (20, 21, 22)]

    blocks = arrange(page, pinned=pins, told=[], related=offers(2, 2, 2, 3))

    assert blocks.picks == [20, 21, 22]
    assert blocks.background == [10, 11]


numbers = st.integers(min_value=2, max_value=14)
whose = st.one_of(st.none(), st.integers(min_value=1, max_value=4))
some = st.lists(
    st.builds(
        Offer,
        article=numbers,
        publisher=whose,
        published_at=st.one_of(st.none(), st.just(NOON - timedelta(1)), st.just(NOON)),
        in_story=st.booleans(),
        shingles=st.one_of(st.none(), st.integers(0, 3).map(lambda n: text(*range(n, n + 9)))),
    ),
    max_size=14,
)


@given(pinned=some, told=some, related=some)
def test_whatever_is_offered_nothing_stands_twice_and_no_publisher_has_three(pinned, told, related):
    pinned = list({offer.article: offer for offer in pinned}.values())
    publishers = {offer.article: offer.publisher for offer in [*told, *related]}

    blocks = arrange(PAGE, pinned=pinned, told=told, related=related)

    automatic = [*blocks.coverage, *blocks.background, *blocks.since]
    shown = [*blocks.picks, *automatic]
    assert len(shown) == len(set(shown))
    assert len(blocks.coverage) <= COVERAGE_PLACES
    assert len(shown) - len(blocks.coverage) <= PLACES
    assert blocks.picks == [offer.article for offer in pinned[:PLACES]]
    if len({o.article for o in told + related}) == len(told + related):
        theirs = [publishers[n] for n in automatic if publishers[n] is not None]
        assert all(theirs.count(p) <= 2 for p in theirs)
