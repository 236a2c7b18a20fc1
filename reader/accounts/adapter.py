"""What the site says where allauth would say it in words of its own."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        # Never which of the two.
        "email_password_mismatch": "That e-mail address and password do not match.",
        "email_taken": "There is an account with this e-mail address already.",
        "duplicate_email": "This e-mail address is yours already.",
        "enter_current_password": "Write the password you have now.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many tries. Please wait a few minutes.",
        "rate_limited": "Too many tries. Please wait a few minutes.",
    }
