"""
The roles of the desk and what each may do.

Rooms grant permissions in their `AppConfig.ready()`; the grants are written to the groups after
every migration, because that is when Django makes the permissions.
"""

from collections import defaultdict

AUTHOR = "author"
EDITOR = "editor"
MODERATOR = "moderator"
CHIEF = "chief"
ROLES = (AUTHOR, EDITOR, MODERATOR, CHIEF)

_grants: dict[str, set[str]] = defaultdict(set)


def grant(*roles: str, permissions: list[str]) -> None:
    """Give roles permissions, each written `app_label.codename`; the chief has all of them."""
    for role in {*roles, CHIEF}:
        if role not in ROLES:
            raise ValueError(f"{role!r} is not a role; the roles are {', '.join(ROLES)}.")
        _grants[role].update(permissions)


def granted(role: str) -> frozenset[str]:
    return frozenset(_grants[role])
