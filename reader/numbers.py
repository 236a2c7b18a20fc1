"""Numbers as readers see them."""

from __future__ import annotations

from django.utils.formats import number_format


def in_thousands(number: int) -> str:
    """Write a large number as the reader's language groups its digits."""
    return number_format(number, force_grouping=True)
