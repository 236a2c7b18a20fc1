"""Who writes: a person with an account, or a guest who is known by the key in their browser."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse

from reader.accounts.models import slug_of_name

if TYPE_CHECKING:
    from comments.threads.models import Comment
    from reader.accounts.models import User


def person_addresses() -> Callable[[int, str], str]:
    """
    Give what tells the address of a person's page from their number and shown name.

    A page of a thread names hundreds; each get_absolute_url() costs as much as reading their row.
    """
    start = reverse("threads:person_detail", args=[1, "-"]).removesuffix("1/-/")
    return lambda pk, name: f"{start}{pk}/{quote(slug_of_name(name))}/"


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
