"""
Forgery protection for pages that carry no token.

A reader without a session gets pages that everybody shares, so no form in them can hold a secret.
Their posts are judged by where the browser says they come from; whoever has a session uses Django's
tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from reader.languages import marked

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

REASON_FOREIGN = marked("The form was sent from another site.")
REASON_SILENT = marked("The browser did not say which site the form was sent from.")


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def reason_to_refuse(request: HttpRequest) -> str | None:
    """
    Judge a post by `Sec-Fetch-Site`, else by `Origin`; None means that it came from this site.

    Every browser sends `Origin` with a post. What is no browser carries nobody's cookies, so it can
    forge nothing and may be silent.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return REASON_FOREIGN
    origin = request.headers.get("Origin")
    if origin is not None:
        own = f"{request.scheme}://{request.get_host()}"
        if origin == own or origin in settings.CSRF_TRUSTED_ORIGINS:
            return None
        # Behind a proxy that ends TLS the scheme may differ; the host may not.
        if fetch_site == "same-origin" and urlsplit(origin).netloc == request.get_host():
            return None
        return REASON_FOREIGN
    if fetch_site is None and request.headers.get("User-Agent", "").startswith("Mozilla/"):
        return REASON_SILENT
    return None


class CookielessCsrfMiddleware(CsrfViewMiddleware):
    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponse],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        exempt = getattr(callback, "csrf_exempt", False)
        if request.method in SAFE_METHODS or exempt or has_session(request):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        if getattr(request, "csrf_processing_done", False):
            return None
        if getattr(request, "_dont_enforce_csrf_checks", False):
            return self._accept(request)
        reason = reason_to_refuse(request)
        return self._reject(request, reason) if reason else self._accept(request)
