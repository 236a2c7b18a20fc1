"""Headers and redirects that concern every answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

GetResponse = Callable[[HttpRequest], HttpResponse]

# Nothing on the site asks for any of these.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


# A file, so that it travels without the policies of pages and is kept for good.
SPECULATION_RULES = "articles.speculationrules"


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Say on every answer what the site never uses, and that no other site may load its files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


# What a monitor asks, so that nobody restarts a process that is well.
ALIVE = "/healthz"
COME_BACK_SECONDS = 600


def maintenance(get_response: GetResponse) -> GetResponse:
    """Answer everything with 503 while MAINTENANCE is on, without asking the database."""
    if not settings.MAINTENANCE:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return get_response(request)
        return HttpResponse(
            render_to_string("503.html", {"site_name": settings.SITE_NAME}),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            headers={"Retry-After": str(COME_BACK_SECONDS), "Cache-Control": "no-store"},
        )

    return middleware


def speculation_rules(get_response: GetResponse) -> GetResponse:
    """
    Name the rules by which a browser may fetch an article while a reader rests on its link.

    Only articles: anybody may ask for them at any time. Not what htmx fetches itself, nor a place
    on the same page. Not for whoever asked to save data. Stands outside of whatever keeps copies of
    pages, so that no copy holds the answer for somebody else.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code == HTTPStatus.OK and request.method in ("GET", "HEAD"):
            patch_vary_headers(response, ["Save-Data"])
            if request.headers.get("Save-Data", "").strip().lower() != "on":
                response.headers["Speculation-Rules"] = f'"{static(SPECULATION_RULES)}"'
        return response

    return middleware


def private_to_the_known(get_response: GetResponse) -> GetResponse:
    """
    Let no shared cache keep what is answered to a browser with a cookie, or gives it one.

    `Vary: Cookie` says it too, but not every cache heeds that, and such a page may hold a token or
    words that only their writer may see. Nor does their own browser keep the page: going back, it
    would show the thread as it was before they wrote in it, and after logging out what was theirs.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_known = bool(request.COOKIES or response.cookies)
        if is_known and "public" not in response.get("Cache-Control", ""):
            is_page = response.get("Content-Type", "").startswith("text/html")
            patch_cache_control(response, private=True, **({"no_store": True} if is_page else {}))
        return response

    return middleware


def htmx_redirects(get_response: GetResponse) -> GetResponse:
    """
    Send htmx to the target of a redirect as a whole page.

    Otherwise the browser follows the redirect unseen, and htmx swaps, say, the sign-in page into
    the place of one comment.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.htmx and "Location" in response:  # type: ignore[attr-defined]
            answer = HttpResponseClientRedirect(response["Location"])
            answer.cookies = response.cookies
            return answer
        return response

    return middleware
