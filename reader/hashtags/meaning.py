"""Under which keys a typed word may be kept: its own, its other names', its plural's. Pure."""

from __future__ import annotations

from functools import lru_cache

from reader.hashtags.extract.proper import FAMOUS, SAME_ELSEWHERE, SAME_THING
from reader.hashtags.naming import fold, spellings

TABLES = (SAME_THING, FAMOUS, *SAME_ELSEWHERE.values())


@lru_cache(maxsize=20_000)
def meanings(slug: str) -> tuple[str, ...]:
    """
    List the keys that a folded word may mean, the likeliest first.

    `unitedstates` is `us` before it is the plural of `unitedstate`, but itself before all.
    """
    return tuple(dict.fromkeys((*names(slug), *spellings(slug))))


def names(slug: str) -> tuple[str, ...]:
    """List the key itself and those that other names of the same thing have."""
    others = (fold(table[slug]) for table in TABLES if slug in table)
    return tuple(dict.fromkeys((slug, *others)))


def usual_name(name: str) -> str:
    """Give the name under which texts have the same thing: `US` for `USA`; else the name itself."""
    return SAME_THING.get(fold(name), name)
