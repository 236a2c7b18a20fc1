"""What signing up asks beside e-mail and password, and what a person may change afterwards."""

from django import forms
from django.http import HttpRequest

from reader.accounts.models import NAME_MAX_LENGTH, User
from reader.accounts.services import rename_user


class NameForm(forms.Form):
    """The part of the sign-up form that is ours; allauth adds the rest and calls signup()."""

    field_order = ["name", "email", "password1"]

    name = forms.CharField(
        max_length=NAME_MAX_LENGTH,
        label="Your name",
        help_text="It stands beside what you write. Others may have the same.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        rename_user(user, name=self.cleaned_data["name"])
