"""What rooms above bring along, rules and listeners; this room knows none of them by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from comments.threads.models import Comment
    from comments.threads.people import Writer
    from reader.accounts.models import User


class ReplyRule(Protocol):
    def __call__(self, parent: Comment, writer: Writer) -> None: ...


class PublishedListener(Protocol):
    def __call__(self, comment: Comment, mentioned: frozenset[int]) -> None: ...


class UnmentionedListener(Protocol):
    def __call__(self, comment: Comment, unmentioned: frozenset[int]) -> None: ...


class ClaimListener(Protocol):
    def __call__(self, claimer: User, article_id: int) -> None: ...


class ChangeListener(Protocol):
    def __call__(self, comment_ids: Sequence[int], *, new: Comment | None = None) -> object: ...


class HistoryRule(Protocol):
    def __call__(self, comment: Comment) -> bool: ...


_reply_rules: list[ReplyRule] = []
_history_rules: list[HistoryRule] = []
_published_listeners: list[PublishedListener] = []
_unmentioned_listeners: list[UnmentionedListener] = []
_claim_listeners: list[ClaimListener] = []
_change_listeners: list[ChangeListener] = []


def before_reply(rule: ReplyRule) -> None:
    """Have `rule` asked before every reply, in its transaction; it raises CommentRefused."""
    if rule not in _reply_rules:
        _reply_rules.append(rule)


def check_reply(parent: Comment, writer: Writer) -> None:
    for rule in _reply_rules:
        rule(parent, writer)


def before_quiet_edit(rule: HistoryRule) -> None:
    """Have `rule` asked before words change without a trace; where it is true, history is kept."""
    if rule not in _history_rules:
        _history_rules.append(rule)


def has_history(comment: Comment) -> bool:
    """Tell whether somebody relies on what a comment says now."""
    return any(rule(comment) for rule in _history_rules)


def on_published(listener: PublishedListener) -> None:
    """
    Have `listener` called whenever a comment comes before everybody's eyes, in that transaction.

    It is told whom the words mention, as numbers of people. A comment that is removed and restored
    comes again.
    """
    if listener not in _published_listeners:
        _published_listeners.append(listener)


def tell_published(comment: Comment, mentioned: frozenset[int] = frozenset()) -> None:
    for listener in _published_listeners:
        listener(comment, mentioned)


def on_unmentioned(listener: UnmentionedListener) -> None:
    """Have `listener` called when an edit takes names out of a comment, in that transaction."""
    if listener not in _unmentioned_listeners:
        _unmentioned_listeners.append(listener)


def tell_unmentioned(comment: Comment, unmentioned: frozenset[int]) -> None:
    for listener in _unmentioned_listeners:
        listener(comment, unmentioned)


def on_claimed(listener: ClaimListener) -> None:
    """Have `listener` called when a guest's comments under an article become a person's."""
    if listener not in _claim_listeners:
        _claim_listeners.append(listener)


def tell_claimed(claimer: User, article_id: int) -> None:
    for listener in _claim_listeners:
        listener(claimer, article_id)


def on_change(listener: ChangeListener) -> None:
    """
    Have `listener` called when what everybody can read has changed, in that transaction.

    Comments that came, went, or have other words or another author. It is the last thing that is
    done, the article's row included, and the caller holds the thread. The rows are to be read
    again, so hearing twice does no harm; `new` is the one comment when it has just been stored.
    """
    if listener not in _change_listeners:
        _change_listeners.append(listener)


def tell_changed(comment_ids: Sequence[int], *, new: Comment | None = None) -> None:
    if comment_ids:
        for listener in _change_listeners:
            listener(comment_ids, new=new)
