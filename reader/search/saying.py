"""How languages, months and numbers are named to a reader."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, to_locale

from reader.numbers import in_thousands

# An estimate is not known more exactly than that.
DIGITS = 2


def language_name(code: str) -> str:
    """Name a language in the reader's own; a code that nobody knows stays a code."""
    return _language_name(code, to_locale(get_language() or settings.LANGUAGE_CODE))


# Codes are typed by anybody.
@lru_cache(maxsize=1_000)
def _language_name(code: str, reader: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(reader))
    except (UnknownLocaleError, ValueError):
        return code
    return f"{name[:1].upper()}{name[1:]}" if name else code


def month_name(month: str) -> str:
    year, number = map(int, month.split("-"))
    return date_format(date(year, number, 1), "YEAR_MONTH_FORMAT")


def day_name(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def rounded(count: int) -> int:
    """Keep as many digits as an estimate deserves."""
    size = 10 ** max(0, len(str(count)) - DIGITS)
    return round(count / size) * size


def count_said(count: int, is_exact: bool = True) -> SafeString | str:
    """Write a number as readers see it, and as it is read out to them."""
    if is_exact:
        return in_thousands(count)
    return format_html(
        '<span aria-hidden="true">≈ </span><span class="visually-hidden">{} </span>{}',
        gettext("about"),
        in_thousands(rounded(count)),
    )
