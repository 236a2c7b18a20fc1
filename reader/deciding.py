"""Pages at the desk where editors decide: press a button, read what was done, undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reader.http import SeeOther

OUTDATED = "That was decided otherwise meanwhile. Look again."


def answer_decision(
    request: HttpRequest,
    template: str,
    *,
    decide: Callable[[str, str], str],
    context: Callable[[], dict[str, Any]],
) -> HttpResponse:
    """
    Show the page; on POST do first what the button says, `do` or `do:what`.

    `decide` carries it out and says in words what was done, or nothing when it could not be: then
    the page comes back at once, with what was typed.
    """
    status = 200
    if request.method == "POST":
        do, _, what = request.POST.get("do", "").partition(":")
        if words := decide(do, what):
            messages.success(request, words)
            return SeeOther(request.path)
        status = 422
    return TemplateResponse(request, template, context(), status=status)


def say_or_refuse(request: HttpRequest, act: Callable[[], str], refusal: type[Exception]) -> str:
    """Return what `act` says was done; when it does nothing or refuses, tell the editor."""
    try:
        if words := act():
            return words
        messages.error(request, OUTDATED)
    except refusal as reason:
        messages.error(request, str(reason))
    return ""
