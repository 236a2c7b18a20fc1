"""Places, a page at a time: what every list of matches has in common, whatever it lists."""

from __future__ import annotations

from dataclasses import dataclass

from reader.search.engines import Engine, Lookup

BEST, NEWEST = "best", "newest"


@dataclass(frozen=True, slots=True)
class Places:
    """One page of places."""

    shown: list[int]
    # What the next page's address carries as `after`; None on the last page.
    next_after: int | None
    # How many were shown on this page and those before it; of the newest only this page is known.
    so_far: int
    order: str

    def ends_early(self, count: int) -> bool:
        """Whether this is the last page of the best, and there are more than were weighed."""
        return self.order == BEST and self.next_after is None and self.so_far < count


def page_of_places(
    engine: Engine, lookup: Lookup, *, size: int, order: str = NEWEST, after: int | None = None
) -> Places:
    """
    Return a page of matches.

    `after` is what the page before gave as next_after: a place when the newest come first, else how
    many were shown.
    """
    if order == NEWEST:
        places = engine.newest(lookup, before=after, limit=size + 1)
    else:
        places = engine.best(lookup, offset=after or 0, limit=size + 1)
    shown, so_far = places[:size], (after or 0) + len(places[:size])
    following = shown[-1] if shown and order == NEWEST else so_far
    return Places(shown, following if len(places) > size else None, so_far, order)
