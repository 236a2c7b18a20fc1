"""
What there is to translate: every marked string in templates and code.

Works without GNU gettext, so that developers and tests need nothing but what is installed anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

FOLDERS = ("comments", "reader", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "marked": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def words_of(root: Path) -> Catalog:
    """Collect what is marked below `root`, each string with the files it stands in."""
    found = Catalog()
    for path in _sources(root):
        place = str(path.relative_to(root))
        # `0` stands for the line: lines move with every change, and translations do not.
        for message, context in _marked(path):
            found.add(message, locations=[(place, 0)], context=context)
    return found


def _sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".html", ".txt", ".py"} and "migrations" not in path.parts:
                yield path


def _marked(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    code = path.read_text("utf-8")
    if path.suffix != ".py":
        # Calls among filler. In brackets, line breaks and indents mean nothing to Python.
        code = f"({templatize(code, origin=str(path))})".replace("\n", " ")
    for _, message, _, context in extract("python", BytesIO(code.encode()), KEYWORDS, (), {}):
        yield message, context
