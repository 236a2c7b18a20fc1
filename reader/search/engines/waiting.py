"""
How long the engines may look: nobody waits longer, and nothing that is asked may hold the rest up.

    with patience(0.3):
        engine.count(lookup, most=100)  # raises TookTooLong

Only the time in which the engines look is counted, not what else is done meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

# For one statement. A page that asks for several says how long it waits for all of them.
STATEMENT_SECONDS = 0.7
# With less it is not worth beginning.
LEAST_SECONDS = 0.005


class TookTooLong(Exception):
    """The question would take longer than anybody waits; there is no answer."""


@dataclass(slots=True)
class _Patience:
    seconds: float


_held: ContextVar[tuple[_Patience, ...]] = ContextVar("_held", default=())


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let everything that is asked of the engines within take no longer than this altogether."""
    token = _held.set((*_held.get(), _Patience(seconds)))
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def looking() -> Iterator[float]:
    """Give the seconds that a statement may take, and count those it takes. Raise TookTooLong."""
    held = _held.get()
    left = min([STATEMENT_SECONDS, *(one.seconds for one in held)])
    if left < LEAST_SECONDS:
        raise TookTooLong
    start = monotonic()
    try:
        yield left
    finally:
        taken = monotonic() - start
        for one in held:
            one.seconds -= taken
