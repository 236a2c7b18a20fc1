"""The cookie of who wants pages set in another way; nobody else has one."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reader.display.choices import read_choices, write_choices

COOKIE_NAME = "display"
MAX_AGE_SECONDS = 365 * 24 * 3600


def choices_of(request: HttpRequest) -> dict[str, str]:
    return read_choices(request.COOKIES.get(COOKIE_NAME, ""))


def remember_choices(response: HttpResponse, chosen: Mapping[str, str]) -> None:
    """Keep choices in the browser; what everybody gets needs no cookie, so it goes away."""
    words = write_choices(chosen)
    if not words:
        response.delete_cookie(COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        COOKIE_NAME,
        words,
        max_age=MAX_AGE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
