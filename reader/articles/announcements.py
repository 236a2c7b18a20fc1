"""
How the rooms above hear that articles changed.

A room registers in its `AppConfig.ready()`; this room knows none of them by name. A listener reads
the rows again and makes its own tables fit them, so hearing twice does no harm.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

Progress = Callable[[str], None]


class ChangeListener(Protocol):
    def __call__(self, article_ids: Sequence[int], *, bulk: bool) -> None: ...


class DeletionListener(Protocol):
    def __call__(self, article_ids: Sequence[int]) -> None: ...


class ImportListener(Protocol):
    def __call__(self, *, say: Progress) -> None: ...


_change_listeners: list[ChangeListener] = []
_deletion_listeners: list[DeletionListener] = []
_import_listeners: dict[str, ImportListener] = {}


def on_change(listener: ChangeListener) -> None:
    """
    Have `listener` called inside the transaction that created, changed or withdrew articles.

    `bulk` means that an import is under way: what is slow may wait for after_import().
    """
    if listener not in _change_listeners:
        _change_listeners.append(listener)


def before_deletion(listener: DeletionListener) -> None:
    """
    Have `listener` called inside the transaction that deletes articles, before it locks them.

    For rooms that lock rows of theirs before the article's, lest the two wait for each other.
    """
    if listener not in _deletion_listeners:
        _deletion_listeners.append(listener)


def after_import(name: str, listener: ImportListener) -> None:
    """Have `listener` called once an import is done, unless the command was told `--skip name`."""
    _import_listeners[name] = listener


def announce_change(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """Tell every listener; call it in the transaction that wrote the rows."""
    if article_ids:
        for listener in _change_listeners:
            listener(article_ids, bulk=bulk)


def announce_deletion(article_ids: Sequence[int]) -> None:
    """Tell every listener; call it before the rows are locked, keys ascending."""
    for listener in _deletion_listeners:
        listener(article_ids)


def import_steps() -> list[str]:
    return list(_import_listeners)


def run_import_steps(*, skip: Sequence[str] = (), say: Progress) -> None:
    for name, listener in _import_listeners.items():
        if name not in skip:
            listener(say=say)
