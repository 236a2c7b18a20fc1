"""Where the site knows better than allauth: what to say, and who is asking."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from reader.accounts.models import EMAIL_MAX_LENGTH
from reader.clients import client_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        # Never which of the two.
        "email_password_mismatch": "That e-mail address and password do not match.",
        "email_taken": "There is an account with this e-mail address already.",
        "email_too_long": f"An e-mail address has {EMAIL_MAX_LENGTH} characters at most.",
        "duplicate_email": "This e-mail address is yours already.",
        "enter_current_password": "Write the password you have now.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many tries. Please wait a few minutes.",
        "rate_limited": "Too many tries. Please wait a few minutes.",
    }

    def clean_email(self, email: str) -> str:
        # allauth itself would cut what is too long, and write to somebody else.
        if len(email) > EMAIL_MAX_LENGTH:
            raise self.validation_error("email_too_long")
        return super().clean_email(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"
