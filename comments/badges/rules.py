"""Who wants to know of badges given and taken; this room knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable

ChangeListener = Callable[[int], None]

_listeners: list[ChangeListener] = []


def on_change(listener: ChangeListener) -> None:
    """Have `listener` called with an article when its authors or experts change, in that moment."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_changed(article_id: int) -> None:
    for listener in _listeners:
        listener(article_id)
