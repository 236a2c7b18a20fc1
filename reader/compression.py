"""
Pages that are the same for everybody, in a smaller form than gzip's.

A long thread shrinks by a quarter more for as much work: gzip looks back 32 KB, brotli as far as
there is. Only where there is no secret, for nothing here hides the length; what holds a token is
left to Django's gzip, which pads its answers by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# Of the 12 the one that costs what gzip does.
QUALITY = 5
# Below a packet or so there is nothing to gain.
LEAST_BYTES = 200


def brotli_for_everybody(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and _may_shrink(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if ACCEPTS_BROTLI.search(request.headers.get("Accept-Encoding", "")):
                _shrink(response)
        return response

    return middleware


def _may_shrink(request: HttpRequest, response: HttpResponse) -> bool:
    holds_secret = request.COOKIES or response.cookies or "CSRF_COOKIE" in request.META
    is_packed = response.has_header("Content-Encoding")
    return not holds_secret and not is_packed and len(response.content) >= LEAST_BYTES


def _shrink(response: HttpResponse) -> None:
    shrunk = brotli.compress(response.content, quality=QUALITY)
    if len(shrunk) >= len(response.content):
        return
    response.content = shrunk
    response.headers["Content-Length"] = str(len(shrunk))
    response.headers["Content-Encoding"] = "br"
    etag = response.get("ETag", "")
    if etag.startswith('"'):
        # The same page in other bytes.
        response.headers["ETag"] = f"W/{etag}"
