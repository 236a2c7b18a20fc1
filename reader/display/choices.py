"""
How pages can be set, and how a cookie holds what a reader chose.

The cookie is not signed: it can say nothing but words of this page, and whatever else it says is
passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.languages import LANGUAGES

# For each setting what can be chosen. static/css/tokens/display.css and colour.css obey them.
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("80", "90", "100", "110", "125", "150", "175", "200"),
    "width": ("narrow", "normal", "wide"),
    "spacing": ("compact", "normal", "airy"),
    "face": ("serif", "sans"),
    "theme": ("system", "light", "dark", "sepia"),
    # What the browser asks for, or one that the reader names.
    "language": ("browser", *(code for code, _ in LANGUAGES)),
}
# What a page is without any cookie; a cookie never says these.
DEFAULTS = {
    "size": "100",
    "width": "normal",
    "spacing": "normal",
    "face": "serif",
    "theme": "system",
    "language": "browser",
}
COOKIE_MAX_LENGTH = 100


def read_choices(cookie: str) -> dict[str, str]:
    """Return what a cookie chose besides the defaults; unknown words are passed over."""
    chosen = {}
    if len(cookie) <= COOKIE_MAX_LENGTH:
        for part in cookie.split("."):
            name, _, word = part.partition("-")
            if word in CHOICES.get(name, ()):
                chosen[name] = word
    return _without_defaults(chosen)


def write_choices(chosen: Mapping[str, str]) -> str:
    """Write choices as a cookie holds them; empty when they are what everybody gets."""
    return ".".join(f"{name}-{word}" for name, word in _without_defaults(chosen).items())


def _without_defaults(chosen: Mapping[str, str]) -> dict[str, str]:
    return {
        name: chosen[name]
        for name, default in DEFAULTS.items()
        if chosen.get(name, default) != default
    }
