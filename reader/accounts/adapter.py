"""Where the site knows better than allauth: what to say, and who is asking."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reader.accounts.models import EMAIL_MAX_LENGTH, User
from reader.accounts.panels import greet
from reader.clients import client_address

logger = logging.getLogger(__name__)

ON_ITS_WAY = "account/messages/email_confirmation_sent.txt"
SECOND_FACTOR = "allauth.mfa.stages.AuthenticateStage"
NOT_SENT = _(
    "The letter to %(email)s could not be sent. "
    "Please ask for another one later, on the page of your account."
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        # Never which of the two.
        "email_password_mismatch": _("That e-mail address and password do not match."),
        "email_taken": _("There is an account with this e-mail address already."),
        "email_too_long": format_lazy(
            _("An e-mail address has {most} characters at most."), most=EMAIL_MAX_LENGTH
        ),
        "duplicate_email": _("This e-mail address is yours already."),
        "enter_current_password": _("Write the password you have now."),
        "incorrect_code": _("That is not the code in the letter."),
        "incorrect_password": _("That is not your password."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes."),
        "rate_limited": _("Too many tries. Please wait a few minutes."),
    }

    def get_login_stages(self) -> list[str]:
        # A passkey is a way in, not a second lock; see passkeys.py.
        return [stage for stage in super().get_login_stages() if stage != SECOND_FACTOR]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        greet(request)
        return super().post_login(request, user, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Say that a letter could not be sent; the account it is about is there all the same."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # which errors of SMTP are, too
            logger.error("a letter could not be sent: %s", error)
            request = allauth_context.request
            request.letter_failed = True
            messages.error(request, NOT_SENT % {"email": email})

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        template = args[0] if args else kwargs.get("message_template")
        if template == ON_ITS_WAY and getattr(request, "letter_failed", False):
            return
        super().add_message(request, level, *args, **kwargs)

    def clean_email(self, email: str) -> str:
        # allauth itself would cut what is too long, and write to somebody else.
        if len(email) > EMAIL_MAX_LENGTH:
            raise self.validation_error("email_too_long")
        return super().clean_email(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"
