"""Pages in the language of their reader; those that are set for one reader stay with them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from reader.display.cookies import choices_of


def interface_language(get_response: Callable[[HttpRequest], HttpResponse]):
    """
    Speak the language that the reader chose, else one that the browser asks for, else the first.

    No cookie of its own: that a page has several languages is what Vary is for. What machines
    fetch is in one language, so it says nothing of the kind.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = choices_of(request).get("language")
        language = chosen or translation.get_language_from_request(request)
        with translation.override(language):
            response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def display_choices(get_response: Callable[[HttpRequest], HttpResponse]):
    """Say that a page depends on the display cookie; reader.middleware keeps it out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
