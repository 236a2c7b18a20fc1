"""How editors name a row: by what they see of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet

from reader.http import path_of

NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class PlaceField(forms.CharField):
    """A row by its number, or by the address of its page, /path/number/; None where it is empty."""

    def __init__(
        self, *, path: str, what: str, rows: Callable[[], QuerySet[Any]], **kwargs: Any
    ) -> None:
        self.address = re.compile(rf"/{path}/([1-9][0-9]{{0,17}})(?:/|$)")
        self.what, self.rows = what, rows
        help_text = "Its number, or the address of its page on this site."
        super().__init__(max_length=2000, help_text=help_text, **kwargs)

    def number_in(self, words: str) -> int | None:
        """Read the number of a row, whether there is one or not."""
        words = words.strip().removeprefix("#")
        found = NUMBER.fullmatch(words) or self.address.search(path_of(words))
        return int(found[found.lastindex or 0]) if found else None

    def clean(self, value: Any) -> Any:
        words = super().clean(value).strip().removeprefix("#")
        if not words and not self.required:
            return None
        number = self.number_in(words)
        row = self.rows().filter(pk=number).first() if number else None
        if row is None:
            raise forms.ValidationError(
                f"There is no such {self.what}. Write its number, or the address of its page here."
            )
        return row
