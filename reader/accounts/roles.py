"""
The roles of the desk and what each may do.

Rooms grant permissions in their `AppConfig.ready()`; the grants are written to the groups after
every migration, because that is when Django makes the permissions.
"""

from collections import defaultdict
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.db import router

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


def write_grants(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """
    Give each role's group exactly the permissions granted to it in one app.

    Called after every migration, and once for each app. Permissions of apps nobody granted anything
    in are left alone, so an operator may add some by hand.
    """
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415  (loaded before models)

    label = app_config.label
    wanted = {role: _codenames(role, label) for role in ROLES}
    if not any(wanted.values()) or not router.allow_migrate_model(using, Group):
        return
    create_permissions(app_config, verbosity=0, using=using)
    for role, codenames in wanted.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        permissions = Permission.objects.using(using).filter(content_type__app_label=label)
        group.permissions.remove(*permissions.exclude(codename__in=codenames))
        group.permissions.add(*permissions.filter(codename__in=codenames))


def _codenames(role: str, label: str) -> list[str]:
    written = (permission.split(".", 1) for permission in granted(role))
    return [codename for app, codename in written if app == label]
