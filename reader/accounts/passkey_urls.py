"""The addresses of passkeys: allauth's pages, under the names by which it finds them."""

from allauth.mfa.webauthn.views import list_webauthn
from django.urls import include, path

from reader.accounts.views import log_in_by_passkey

urlpatterns = [
    path("", list_webauthn, name="mfa_index"),
    path("login/", log_in_by_passkey, name="mfa_login_webauthn"),
    path("", include("allauth.mfa.webauthn.urls")),
]
