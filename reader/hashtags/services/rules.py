"""Who may change hashtags, what is refused, and how names and rows are checked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from reader.accounts.models import User
from reader.hashtags.models import Hashtag
from reader.hashtags.outcomes import Outcome

NOT_SEEN = "What would change is not what you saw. Look again, then confirm."


class HashtagRefused(Exception):
    """A rule forbids the change. The message is for the editor."""


def require_editor(by: User | None) -> None:
    """Refuse whoever is no editor; nobody at all means a command of the operator."""
    if by is not None and not by.has_perm("hashtags.change_hashtag"):
        raise HashtagRefused("Only editors may change hashtags.")


def bare_name(name: str) -> str:
    return name.strip().lstrip("#")


def cleaned(row: Model) -> Any:
    """Refuse a row that people typed and that cannot be saved."""
    try:
        row.full_clean()
    except ValidationError as problem:
        raise HashtagRefused(" ".join(problem.messages)) from problem
    return row


def checked(row: Model, **how: Any) -> Any:
    """Save a row that people typed."""
    cleaned(row).save(**how)
    return row


def as_stored(*hashtags: Hashtag) -> list[Hashtag]:
    """Load hashtags as they are now, in that order; refuse one that is gone or given twice."""
    found = Hashtag.objects.select_related("alias_of").in_bulk([one.pk for one in hashtags])
    if any(one.pk not in found for one in hashtags):
        raise HashtagRefused("That hashtag is gone.")
    if len(found) < len(hashtags):
        raise HashtagRefused("Choose two different hashtags.")
    return [found[one.pk] for one in hashtags]


def require_no_alias(*hashtags: Hashtag) -> None:
    for hashtag in hashtags:
        if hashtag.alias_of is not None:
            raise HashtagRefused(
                f"{hashtag} is an alias of {hashtag.alias_of}; change that one instead."
            )


def require_seen(outcome: Outcome, seen: Outcome | None) -> None:
    """Refuse what would come of a change when an editor saw something else."""
    if seen is not None and outcome != seen:
        raise HashtagRefused(NOT_SEEN)
