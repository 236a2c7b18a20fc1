"""What rooms above bring along, rules and listeners; this room knows none of them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from comments.threads.models import Comment
    from comments.threads.people import Writer


class ReplyRule(Protocol):
    def __call__(self, parent: Comment, writer: Writer) -> None: ...


class PublishedListener(Protocol):
    def __call__(self, comment: Comment, mentioned: frozenset[int]) -> None: ...


_reply_rules: list[ReplyRule] = []
_published_listeners: list[PublishedListener] = []


def before_reply(rule: ReplyRule) -> None:
    """Have `rule` asked before every reply, in its transaction; it raises CommentRefused."""
    if rule not in _reply_rules:
        _reply_rules.append(rule)


def check_reply(parent: Comment, writer: Writer) -> None:
    for rule in _reply_rules:
        rule(parent, writer)


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
