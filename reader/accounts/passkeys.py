"""
Passkeys: another way into an account, beside the password and a code by e-mail.

allauth knows them as a second factor; here they are none, or who lost the device that holds one
would stand before a closed door with the right password.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from reader.accounts.models import User

NAME_MAX_LENGTH = 60


class PasskeyAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This passkey was not accepted. Please try again."),
        "unverified_email": gettext_lazy(
            "Confirm your e-mail address first; then you can add a passkey."
        ),
    }

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        """Say no when asked about second factors at large, so that nothing waits for one."""
        return types is not None and super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(n)d") % {"n": count + 1}

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


@contextmanager
def only_passkeys() -> Iterator[None]:
    """Refuse what is no passkey's answer at all; allauth expects well-formed ones."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as broken:
        raise PasskeyAdapter().validation_error("incorrect_code") from broken


def name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        max_length=NAME_MAX_LENGTH,
        required=required,
        label=gettext_lazy("Name of the passkey"),
        help_text=gettext_lazy("So that you know it again: the device it is on, say."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AddPasskeyForm(AddWebAuthnForm):
    # By then the device has made the passkey, so one without a name is given one.
    name = name_field(required=False)
    # Nothing to choose: a passkey opens the account by itself.
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        with only_passkeys():
            return super().clean()


class RenamePasskeyForm(EditWebAuthnForm):
    name = name_field(required=True)


class LogInForm(LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        with only_passkeys():
            return super().clean_credential()


class ReauthenticateForm(ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        with only_passkeys():
            return super().clean_credential()
