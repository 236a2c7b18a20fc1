"""
The blocks beside an article: what editors picked, who else tells it, what came before and since.
Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.related.profiles import Shingles
from reader.related.selection import PER_PUBLISHER, is_same_text

# Places for what editors picked and what is related, together: a pin takes one of them.
PLACES = 5
COVERAGE_PLACES = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """An article that might stand beside the page, or the page itself."""

    article: int
    publisher: int | None = None
    published_at: datetime | None = None
    # Only the day is known.
    is_date: bool = False
    in_story: bool = False
    # What its text consists of, where that is known.
    shingles: Shingles | None = None


@dataclass(frozen=True, slots=True)
class Blocks:
    """What stands in each block, by article, best first."""

    picks: list[int] = field(default_factory=list)
    coverage: list[int] = field(default_factory=list)
    background: list[int] = field(default_factory=list)
    since: list[int] = field(default_factory=list)


def arrange(
    page: Offer, *, pinned: Sequence[Offer], told: Iterable[Offer], related: Iterable[Offer]
) -> Blocks:
    """
    Fill the blocks; every article stands in one of them at most.

    `told` are the other articles of the page's story, those to be shown first in front; `related`
    the most alike in front. Nothing automatic says the same as the page or as another, and none of
    it is the third of one publisher.
    """
    picks = list(pinned[:PLACES])
    taken: Counter[int] = Counter()
    seen = [page, *picks]
    known = {page.article, *(pin.article for pin in pinned)}

    def takes(offer: Offer) -> bool:
        publisher = offer.publisher
        if offer.article in known or (publisher and taken[publisher] >= PER_PUBLISHER):
            return False
        if any(_same_text(offer, other) for other in seen):
            return False
        known.add(offer.article)
        seen.append(offer)
        if publisher:
            taken[publisher] += 1
        return True

    coverage: list[Offer] = []
    for offer in _one_of_each_publisher_first(page, told):
        if len(coverage) == COVERAGE_PLACES:
            break
        if takes(offer):
            coverage.append(offer)
    blocks = Blocks(
        picks=[offer.article for offer in picks], coverage=[offer.article for offer in coverage]
    )
    room = PLACES - len(picks)
    for offer in related:
        if room == 0:
            break
        if not offer.in_story and takes(offer):
            block = blocks.since if is_later(offer, page) else blocks.background
            block.append(offer.article)
            room -= 1
    return blocks


def is_later(offer: Offer, page: Offer) -> bool:
    """Whether it came out after the page; nobody knows that of what has no date."""
    if offer.published_at is None or page.published_at is None:
        return False
    if offer.is_date or page.is_date:
        return offer.published_at.date() > page.published_at.date()
    return offer.published_at > page.published_at


def _one_of_each_publisher_first(page: Offer, told: Iterable[Offer]) -> list[Offer]:
    """Leave out what the page's own publisher wrote; put the second of a publisher behind."""
    met: Counter[int | None] = Counter()
    ranked: list[tuple[int, Offer]] = []
    for offer in told:
        if offer.publisher is None:
            ranked.append((0, offer))
        elif offer.publisher != page.publisher:
            ranked.append((met[offer.publisher], offer))
            met[offer.publisher] += 1
    return [offer for _, offer in sorted(ranked, key=lambda each: each[0])]


def _same_text(a: Offer, b: Offer) -> bool:
    return bool(a.shingles and b.shingles) and is_same_text(a.shingles, b.shingles)  # type: ignore[arg-type]
