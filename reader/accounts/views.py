"""A person's own place. Signing up and in is allauth's, under the same /account/."""

from allauth.mfa.webauthn.views import login_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reader.accounts.forms import NameForm
from reader.accounts.panels import panels_for
from reader.accounts.services import rename_user


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show a person's own facts; on POST change the name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        rename_user(request.user, name=form.cleaned_data["name"])
        messages.success(request, gettext("Your name is changed."))
        return redirect("accounts:profile")
    status = 422 if form.errors else 200
    context = {"form": form, "panels": panels_for(request, request.user)}
    return render(request, "accounts/profile.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def log_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """
    Give a script the question for a passkey; on POST take the answer.

    The question begins a session, which the page with the form was drawn without, so the token that
    the answer has to carry comes along.
    """
    response = login_webauthn(request)
    if request.method != "POST":
        response["X-CSRFToken"] = get_token(request)
    return response
