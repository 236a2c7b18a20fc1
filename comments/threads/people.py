"""Who writes: a person with an account, or a guest who is known by the key in their browser."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comments.threads.models import Comment
    from reader.accounts.models import User


def hash_key(guest_key: str | None) -> str:
    """Hash a guest's key the way it is stored; no key gives the empty string."""
    if not guest_key:
        return ""
    return hashlib.sha256(guest_key.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who posts, edits, votes or reports. A person may still hold a guest's key."""

    user: User | None = None
    guest_key: str | None = None

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user is not None else None

    @property
    def key_hash(self) -> str:
        return hash_key(self.guest_key)

    def wrote(self, comment: Comment) -> bool:
        """Tell whether the comment is theirs, by account or by key."""
        if comment.author_id is not None:
            return comment.author_id == self.user_id
        return bool(self.key_hash) and comment.guest_key_hash == self.key_hash
