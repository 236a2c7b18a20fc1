"""The way to what a person follows, on the page of their account."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from reader.accounts.models import User
from reader.following.models import Follow


def following_panel(request: HttpRequest, person: User) -> str:
    count = Follow.objects.of(person).count_meanings()
    return render_to_string("following/_panel.html", {"count": count}, request)
