"""What rooms above put on the page of a person's account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from reader.accounts.models import User

# Renders the panel for whoever is logged in; empty when it has nothing to say to them.
Panel = Callable[[HttpRequest, "User"], SafeString | str]
# Told of everybody who has just signed up or logged in.
Greeting = Callable[[HttpRequest], None]

_panels: list[Panel] = []
_greetings: list[Greeting] = []


def add_panel(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def panels_for(request: HttpRequest, person: User) -> list[SafeString | str]:
    return [shown for panel in _panels if (shown := panel(request, person))]


def on_arrival(greeting: Greeting) -> None:
    if greeting not in _greetings:
        _greetings.append(greeting)


def greet(request: HttpRequest) -> None:
    for greeting in _greetings:
        greeting(request)
