"""Every change to a person's own facts."""

import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from reader.accounts.models import User
from reader.accounts.names import required_name
from reader.accounts.roles import CHIEF

EDITOR_EMAIL = "editor@foldline.example"
# Without the letters and digits that are taken for each other.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def rename_user(user: User, *, name: str) -> User:
    """Change what others see a person by; raise BadName for what nobody could see."""
    user.name = required_name(name)
    user.save(update_fields=["name"])
    return user


@transaction.atomic
def ensure_editor(*, password: str = "") -> str | None:
    """
    Make the account that opens the desk, unless somebody who may do everything is there.

    Return its password, made up when none is given; None when there was nothing to do.
    """
    if has_editor():
        return None
    password = password or made_up_password()
    editor = User.objects.create_superuser(EDITOR_EMAIL, password, name="Editor")
    editor.groups.add(Group.objects.get_or_create(name=CHIEF)[0])
    # Nobody reads mail at that address, so nothing is to be proved about it.
    EmailAddress.objects.create(user=editor, email=EDITOR_EMAIL, primary=True, verified=True)
    return password


def has_editor() -> bool:
    """Tell whether there is an account that may do everything."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def made_up_password() -> str:
    """Make a password of 79 bits that can be read from one screen and typed on another."""
    parts = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(parts)
