"""
The key in the address of a person's feed: programs that read feeds do not log in.

It is signed and not stored: it names the person and which of their keys it is.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from comments.notices.models import Inbox
from reader.accounts.models import User

SALT = "comments.notices.keys"
KEY_MAX_LENGTH = 100


def key_of(inbox: Inbox) -> str:
    return Signer(salt=SALT).sign(f"{inbox.pk}.{inbox.key_number}")


def owner_of(key: str) -> User | None:
    """Find whose feed a key opens; nobody's when it is forged, renewed, or its owner suspended."""
    try:
        said = Signer(salt=SALT).unsign(key[:KEY_MAX_LENGTH])
    except BadSignature:
        return None
    person_id, number = map(int, said.split("."))
    owner = User.objects.filter(pk=person_id, is_active=True).first()
    if owner is None:
        return None
    inbox = Inbox.objects.filter(pk=person_id).first() or Inbox(person=owner)
    return owner if inbox.key_number == number else None
