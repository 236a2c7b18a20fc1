"""The way to a person's saved searches, on the page of their account."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from reader.accounts.models import User


def saved_panel(request: HttpRequest, person: User) -> str:
    return render_to_string("search/_saved_panel.html", {}, request)
