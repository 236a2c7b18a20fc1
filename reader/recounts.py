"""
How `check_counts` reaches the counts of every room.

A room that keeps counts registers in its `AppConfig.ready()`; nothing here knows one by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Checker(Protocol):
    def __call__(self, *, repair: bool) -> Iterator[str]: ...


_checkers: list[Checker] = []


def check_counts_by(checker: Checker) -> None:
    """Have `checker` say a sentence for each count that is wrong, and mend it where asked."""
    if checker not in _checkers:
        _checkers.append(checker)


def wrong_elsewhere(*, repair: bool) -> Iterator[str]:
    for checker in _checkers:
        yield from checker(repair=repair)
