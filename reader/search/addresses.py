"""The one address of a search: what is empty is left out, what is there is in this order."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

NAMES = (
    "q", "tab", "publisher", "section", "hashtag", "lang", "since", "until", "time", "order",
    "exact", "after",
)  # fmt: skip


def query_of(given: Mapping[str, object], **changes: object) -> str:
    """Write what was given, with changes, as it follows an address; empty is left out."""
    wanted = {**given, **changes}
    some = [(name, str(wanted[name])) for name in NAMES if wanted.get(name)]
    return f"?{urlencode(some, safe=',')}" if some else ""


def has_empty(given: Mapping[str, str]) -> bool:
    """Whether an address has names that say nothing, as a form without scripts sends them."""
    return any(name in given and not given[name] for name in NAMES if name != "q")
