"""Writing alone: one writer at a time, who stands aside for whoever else is in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import sleep
from typing import TypeVar

from django.db import Error, connection, transaction

Result = TypeVar("Result")

# Well below the second after which PostgreSQL looks for a deadlock and ends the one that waits, so
# that ours stands aside by itself. Who waits for the turn with rows in hand is to wait as shortly.
LOCK_TIMEOUT = "600ms"


def take_turn(
    work: Callable[[], Result],
    *,
    lock: Callable[[], object],
    pauses: Sequence[float],
    failures: tuple[type[Error], ...],
) -> Result:
    """
    Run `work` in a transaction that holds `lock`; return what it returns.

    Rows refer to others, which are locked in another order elsewhere. When one of `failures` comes
    of that it starts over, after the next of the `pauses` (seconds), so `work` must ask all it
    needs to know again. The last failure is raised, and the first within somebody's transaction.
    """
    for pause in (*pauses, None):
        try:
            is_within = connection.in_atomic_block
            with transaction.atomic():
                lock()
                before = _set_patience(LOCK_TIMEOUT)
                result = work()
                # Till the end of the transaction, and this one goes on with somebody else's work.
                if is_within:
                    _set_patience(before)
                return result
        except failures:
            if pause is None or connection.in_atomic_block:
                raise
            sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def _set_patience(lock_timeout: str) -> str:
    """Wait so long for locks in this transaction, on PostgreSQL; return how long until now."""
    if connection.vendor != "postgresql":
        return lock_timeout
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)",
            [lock_timeout],
        )
        return str(cursor.fetchone()[0])
