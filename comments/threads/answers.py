"""How a change is answered: a part for htmx, else a redirect to where the comment stands."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import reswap, retarget

from comments.threads.drawing import is_drawn
from comments.threads.guests import Guest, guest_key_of, viewer_of
from comments.threads.reading import load_thread
from reader.articles.models import Article
from reader.http import HTMX_HEADERS, HtmxRequest, wants_part


def swaps(request: HtmxRequest, target: str) -> bool:
    """
    Tell whether htmx will put the answer into `target`.

    The same form stands on pages of its own, where nothing of that name is to be swapped; there the
    answer is a redirect as it is without htmx.
    """
    return wants_part(request) and request.htmx.target in (None, target)


def answer_part(
    request: HtmxRequest, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer htmx with a part, and with words for the live region where the context has some."""
    html = render_to_string(part, context, request)
    if context.get("say"):
        html += render_to_string("threads/_say.html", context, request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, HTMX_HEADERS)
    return response


def answer_form(
    request: HtmxRequest,
    page: str,
    part: str,
    context: dict[str, Any],
    *,
    root: str,
    error: str = "",
    again: bool = False,
) -> HttpResponse:
    """
    Answer with a form: its page, or for htmx the part.

    With an error the status is 422. Then, and when the form comes `again` with the same words, the
    part takes the place of `root`, the one that was sent.
    """
    status = 422 if error else 200
    if not wants_part(request):
        response = render(request, page, context, status=status)
        patch_vary_headers(response, HTMX_HEADERS)
        return response
    if not error and not again:
        return answer_part(request, part, context)
    response = answer_part(request, part, {**context, "say": error}, status=status)
    return reswap(retarget(response, f"#{root}"), "outerHTML")


def place_of(
    request: HtmxRequest, comment_pk: int, article: Article, guest: Guest | None = None
) -> str:
    """Give the address that shows a comment: its article if that reaches it, else its own."""
    guest_key = guest.key if guest else guest_key_of(request)
    thread = load_thread(article, viewer=viewer_of(request), guest_key=guest_key)
    page = (
        article.get_absolute_url()
        if is_drawn(thread.branches, comment_pk)
        else reverse("threads:comment_detail", args=[comment_pk])
    )
    return f"{page}#comment-{comment_pk}"


def place_before(request: HtmxRequest, comment_pk: int) -> str:
    """Give the address the reader came from, at the comment; its own page when none is known."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        parts = urlsplit(referer)
        # One slash: two would name another site.
        page = "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    else:
        page = reverse("threads:comment_detail", args=[comment_pk])
    return f"{page}#comment-{comment_pk}"
