"""What signing up asks beside e-mail and password, and what a person may change afterwards."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from reader.accounts.models import User
from reader.accounts.names import NAME_MAX_LENGTH, BadName, required_name
from reader.accounts.services import rename_user


class NameChecked:
    """A form with a `name` that others have to be able to see."""

    cleaned_data: dict[str, Any]

    def clean_name(self) -> str:
        try:
            return required_name(self.cleaned_data["name"])
        except BadName as bad:
            raise forms.ValidationError(gettext(bad.words) % bad.facts)


class NameForm(NameChecked, forms.Form):
    """The part of the sign-up form that is ours; allauth adds the rest and calls signup()."""

    field_order = ["name", "email", "password1"]

    name = forms.CharField(
        max_length=NAME_MAX_LENGTH,
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("It stands beside what you write. Others may have the same."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        rename_user(user, name=self.cleaned_data["name"])
