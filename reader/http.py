"""The web's odd corners: answers that are a page to a reader and a part of it to htmx."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django_htmx.middleware import HtmxDetails

HTMX_HEADERS = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


def wants_part(request: HttpRequest) -> bool:
    """
    Tell whether htmx will swap the answer into a part of the page.

    Boosted links and history restores announce htmx too, but they replace the whole page.
    """
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)


def path_of(address: str) -> str:
    """Give the path of what somebody pasted as an address; nothing where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


class SeeOther(HttpResponseRedirect):
    """Answer a form with the address of what came of it; loading that again sends nothing twice."""

    status_code = 303


def moved(request: HttpRequest, to: Any, *args: Any) -> HttpResponse:
    """
    Send a reader on for good, to where redirect() would, with the query that was asked.

    A browser keeps a 301 for as long as it likes, and a headline may become again what it was:
    kept, the two addresses would lead to each other for ever. So it asks each time.
    """
    response = redirect(to, *args, permanent=True)
    if query := request.META.get("QUERY_STRING"):
        response["Location"] += f"?{iri_to_uri(query)}"
    response["Cache-Control"] = "no-cache"
    return response


def is_looked_at(request: HttpRequest) -> bool:
    """Tell whether somebody will see the answer, as far as a browser says so."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method != "HEAD" and "prefetch" not in purpose


def render_page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """
    Render `part` for an htmx swap, else the `page` that contains it.

    The address then has two answers, so caches are told to keep them apart.
    """
    response = render(request, part if wants_part(request) else page, context, status=status)
    patch_vary_headers(response, HTMX_HEADERS)
    return response
