"""
Guests: people who comment without an account.

A guest has a random key in a signed cookie, set with the first comment and not before: pages for
readers who only read stay the same for all. The key is what lets a guest edit or withdraw later.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from comments.threads.people import Writer
from reader.accounts.models import User

COOKIE_NAME = "guest"
SALT = "comments.threads.guests"
MAX_AGE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Guest:
    key: str
    name: str


def guest_of(request: HttpRequest) -> Guest | None:
    """Say which guest this browser belongs to; None for strangers and for forged cookies."""
    cookie = request.COOKIES.get(COOKIE_NAME)
    if not cookie:
        return None
    try:
        content = signing.loads(cookie, salt=SALT, max_age=MAX_AGE_SECONDS)
        return Guest(key=str(content["key"]), name=str(content["name"]))
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def guest_key_of(request: HttpRequest) -> str:
    guest = guest_of(request)
    return guest.key if guest else ""


def guest_named(request: HttpRequest, name: str) -> Guest:
    """Give the guest of this browser under the name they now use; a new one gets a new key."""
    return Guest(key=guest_key_of(request) or secrets.token_urlsafe(24), name=name)


def remember_guest(request: HttpRequest, response: HttpResponse, guest: Guest) -> None:
    if guest == guest_of(request):
        return
    response.set_cookie(
        COOKIE_NAME,
        signing.dumps({"key": guest.key, "name": guest.name}, salt=SALT),
        max_age=MAX_AGE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_guest(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE_NAME, samesite="Lax")


def viewer_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def writer_of(request: HttpRequest) -> Writer:
    """Say who is asking, by account and by the key in their browser."""
    return Writer(user=viewer_of(request), guest_key=guest_key_of(request))
