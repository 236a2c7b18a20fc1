"""Who at the desk may change what about people; superusers may everything, and make each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.accounts.models import User

NOTHING: frozenset[str] = frozenset()


def changeable_fields(by: User, person: User) -> frozenset[str]:
    """
    Name the fields of a person that somebody below a superuser may change at the desk.

    Never the address or the password, which would open the account; never one's own rights, nor
    anything of a superuser. Moderators suspend readers; who works at the desk is for the chief.
    """
    if person.is_superuser:
        return NOTHING
    if by.has_perm("accounts.change_user"):
        if person == by:
            return frozenset({"name"})
        return frozenset({"name", "is_active", "is_staff", "groups"})
    if by.has_perm("accounts.suspend_user") and not person.is_staff and person != by:
        return frozenset({"is_active"})
    return NOTHING


def may_change_people(by: User) -> bool:
    return by.has_perm("accounts.change_user") or by.has_perm("accounts.suspend_user")
