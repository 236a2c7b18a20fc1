"""What signing up asks beside e-mail and password."""

from django import forms
from django.http import HttpRequest

from reader.accounts.models import NAME_MAX_LENGTH, User


class NameForm(forms.Form):
    name = forms.CharField(max_length=NAME_MAX_LENGTH, label="Name", help_text="Shown beside your comments.")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
