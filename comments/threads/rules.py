"""Rules for replies that rooms above bring along; this room knows none of them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from comments.threads.models import Comment
    from comments.threads.people import Writer


class ReplyRule(Protocol):
    def __call__(self, parent: Comment, writer: Writer) -> None: ...


_reply_rules: list[ReplyRule] = []


def before_reply(rule: ReplyRule) -> None:
    """Have `rule` asked before every reply, in its transaction; it raises CommentRefused."""
    if rule not in _reply_rules:
        _reply_rules.append(rule)


def check_reply(parent: Comment, writer: Writer) -> None:
    for rule in _reply_rules:
        rule(parent, writer)
