"""What the site says about itself, and shows of itself to those who work on it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.about.samples import samples


@require_safe
def about_site(request: HttpRequest) -> HttpResponse:
    """Say what the site is and who decides what stands in it."""
    return render(request, "about/about_site.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of readers, and for how long."""
    days = settings.SESSION_COOKIE_AGE // (24 * 3600)
    return render(request, "about/privacy.html", {"session_days": days})


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Say what computers work out here, and how."""
    return render(request, "about/how_it_works.html")


@require_safe
@never_cache
def style(request: HttpRequest) -> HttpResponse:
    """Show every part of a page in every state to those who work on the site."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "about/style.html", samples())
