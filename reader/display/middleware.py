"""Pages that are set for one reader stay with that reader."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from reader.display.cookies import has_choices


def display_choices(get_response: Callable[[HttpRequest], HttpResponse]):
    """Keep what a display cookie changed out of copies that others are served."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
            if has_choices(request):
                patch_cache_control(response, private=True)
        return response

    return middleware
