"""How a reader wants pages set."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from reader.display.choices import DEFAULTS
from reader.display.cookies import choices_of, remember_choices
from reader.display.forms import DisplayForm
from reader.http import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request: HttpRequest) -> HttpResponse:
    """Offer the settings; on POST keep them, or forget them, and go back to where one came from."""
    form = DisplayForm(request.POST or None, initial=DEFAULTS | choices_of(request))
    way_back = _way_back(request)
    if "reset" in request.POST:
        return _go_back(way_back, {})
    if form.is_valid():
        return _go_back(way_back, form.cleaned_data)
    return render(
        request,
        "display/display_settings.html",
        {"form": form, "way_back": way_back},
        status=422 if form.errors else 200,
    )


def _way_back(request: HttpRequest) -> str:
    """Return the address of this site that the reader came from, else the front page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    is_here = asked.partition("?")[0] == reverse("display:display_settings")
    return asked if is_ours and not is_here else reverse("articles:front")


def _go_back(way_back: str, chosen: dict[str, str]) -> HttpResponse:
    response = SeeOther(way_back)
    remember_choices(response, chosen)
    return response
