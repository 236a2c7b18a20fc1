"""Answers when something is amiss. None of them may raise."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# Enough to give back the longest comment.
KEPT_TEXT_MAX_LENGTH = 20_000


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 without touching the body: reading it is what failed."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a post that may be forged, and give the words back to whoever wrote them."""
    words = request.POST.get("text", "")[:KEPT_TEXT_MAX_LENGTH]
    return render(request, "403_csrf.html", {"reason": reason, "words": words}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a template without logic and database."""
    page = render_to_string("500.html", {"site_name": settings.SITE_NAME})
    return HttpResponse(page, status=500)
