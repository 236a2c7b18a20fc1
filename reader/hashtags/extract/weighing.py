"""How likely a reader is to name a candidate when asked what an article is about. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from reader.hashtags.extract.candidates import Candidate
from reader.hashtags.extract.linking import COUNTRIES
from reader.hashtags.naming import fold, singular

# News says what it is about in so many words.
LEAD_WORDS = 70
COUNTED_MOST = 30
# Only what is so near the top can be shown or exported; the rest keeps its place.
COMPARED = 25
# A part of what stands before it: as good as gone.
PART_OF_BETTER = 4.0
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z_]+")
SMALL_PARTS = frozenset({"of", "the", "and"})


def weight_of(c: Candidate, *, titled: bool, strongest: float) -> float:
    """
    Return the log-odds that a reader names it.

    The numbers come from a logistic regression on the odd half of the judged set, see
    docs/results/2026-11-23-hashtags.md.
    """
    often = math.log2(1 + min(c.count, COUNTED_MOST))
    weight = -2.04 + 1.01 * often + 0.92 * math.sqrt(c.count / max(strongest, c.count))
    weight -= 0.64 * math.log2(1 + c.first / LEAD_WORDS)
    if c.count < 2:
        weight -= 0.54
    if c.is_name:
        weight += 0.7 * titled + 0.34 * (c.words > 1)
        if c.slug in COUNTRIES:
            weight -= 1.21 if c.slug == "us" else 0.33
    elif c.is_subject:
        weight += 0.11 + 0.19 * titled - 0.09 * often
    else:
        weight += 0.19 * titled - 0.47 * often - 1.24 * (c.words == 1)
    return weight


def in_order(weighed: Iterable[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Sort by weight, and put behind what only says a part of something better."""
    # Between equals the earlier one is first; the name makes the order the same every time.
    ranked = sorted(weighed, key=_place)
    seen: list[frozenset[str]] = []
    ordered = []
    for weight, candidate in ranked[:COMPARED]:
        parts = parts_of(candidate.name)
        is_part = any(parts < others for others in seen)
        ordered.append((weight - PART_OF_BETTER * is_part, candidate))
        seen.append(parts)
    return sorted(ordered + ranked[COMPARED:], key=_place)


def _place(pair: tuple[float, Candidate]) -> tuple[float, int, str]:
    weight, candidate = pair
    return -weight, candidate.first, candidate.name


def parts_of(name: str) -> frozenset[str]:
    return frozenset(singular(fold(part)) for part in PART.findall(name)) - SMALL_PARTS


def chance(weight: float) -> float:
    return 1 / (1 + math.exp(-weight))
