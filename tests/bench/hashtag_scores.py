"""How much of what readers say an article is about was named. Needs no library."""

from __future__ import annotations

from pathlib import Path

from reader.hashtags.naming import fold, singular

JUDGED = Path(__file__).parent / "judged" / "hashtags.tsv"
SHOWN = 5

# For each thing a text is about, the keys of its names.
Wanted = list[set[str]]


def key(name: str) -> str:
    """Say when two names are one: case, accents, blanks, marks and a plural ending aside."""
    return singular(fold(name))


def judged() -> dict[str, Wanted]:
    wanted = {}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        article, *entries = line.split("\t")
        wanted[article] = [{key(name) for name in entry.split("|")} for entry in entries]
    return wanted


def hits(names: list[str], wanted: Wanted, most: int) -> int:
    """Count the things that are named; a thing named twice is found once."""
    left = list(wanted)
    for name in names[:most]:
        thing = next((one for one in left if key(name) in one), None)
        if thing is not None:
            left.remove(thing)
    return len(wanted) - len(left)


def f1(names: list[str], wanted: Wanted) -> float:
    return 2 * hits(names, wanted, SHOWN) / (min(len(names), SHOWN) + len(wanted))


def precision(names: list[str], wanted: Wanted, most: int) -> float:
    return hits(names, wanted, most) / most
