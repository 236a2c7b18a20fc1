"""The form of a hashtag's page that narrows it down: its fields said in the words of the search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from reader.hashtags.models import Hashtag

FIELDS = ("publisher", "lang", "since", "until")
WORD = re.compile(r"[-\w]{1,100}")


def question_of(hashtag: Hashtag, address: Mapping[str, str]) -> str:
    """Give what the search is to be asked; nothing where no field says anything."""
    if not any(address.get(name, "").strip() for name in FIELDS):
        return ""
    asked = [f"hashtag:{hashtag.slug}"]
    for name, operator in (("publisher", "publisher"), ("lang", "lang")):
        word = address.get(name, "").strip()
        if WORD.fullmatch(word):
            asked.append(f"{operator}:{word}")
    if since := _day(address.get("since", "")):
        asked.append(f"after:{since}")
    # The search leaves out the day that it names.
    if (until := _day(address.get("until", ""))) and until < date.max:
        asked.append(f"before:{until + timedelta(days=1)}")
    return " ".join(asked)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
