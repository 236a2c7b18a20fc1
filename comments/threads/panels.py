"""What a person with an account once wrote as a guest, in the same browser."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from comments.threads.guests import guest_key_of
from comments.threads.models import Comment
from comments.threads.people import hash_key
from reader.accounts.models import User


def guest_panel(request: HttpRequest, person: User) -> str:
    """Ask on the page of the account whose they are."""
    count = _count(request)
    if not count:
        return ""
    return render_to_string("threads/_guest_panel.html", {"words": _words(count)}, request)


def greet_guest(request: HttpRequest) -> None:
    """Lead there from whatever page comes after logging in."""
    count = _count(request)
    if count:
        words = format_html(
            '{} <a href="{}#guest">{}</a>',
            _words(count),
            reverse("accounts:profile"),
            gettext("Take them along"),
        )
        messages.info(request, words)


def _count(request: HttpRequest) -> int:
    key_hash = hash_key(guest_key_of(request))
    return Comment.objects.of_guest(key_hash).standing().count() if key_hash else 0


def _words(count: int) -> str:
    words = ngettext(
        "You wrote %(n)d comment here as a guest.",
        "You wrote %(n)d comments here as a guest.",
        count,
    )
    return words % {"n": count}
