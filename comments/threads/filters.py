"""What may be picked out of a thread, and the words for it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from comments.threads.models import Thread
from comments.threads.reading import ThreadPage

FILTER_WORDS = {
    "new": ngettext_lazy("%(n)d new", "%(n)d new", "n"),
    "picks": ngettext_lazy("%(n)d editor’s pick", "%(n)d editor’s picks", "n"),
    "unanswered": ngettext_lazy("%(n)d unanswered", "%(n)d unanswered", "n"),
    "answered": ngettext_lazy("%(n)d answered", "%(n)d answered", "n"),
}
EMPTY_WORDS = {
    "new": gettext_lazy("Nothing new since your last visit."),
    "picks": gettext_lazy("The editors have not picked a comment yet."),
    "unanswered": gettext_lazy("Every question is answered."),
    "answered": gettext_lazy("No question is answered yet."),
}


class Filter(NamedTuple):
    # "all" for none.
    name: str
    words: str
    # What stands behind the address of the thread.
    query: str
    is_current: bool


def filters_of(thread: ThreadPage) -> list[Filter]:
    """Offer what finds something here, with how much, and the way back to all comments."""
    counts = {"new": thread.new_count, "picks": thread.pick_count}
    if thread.mode == Thread.Mode.QUESTIONS:
        counts |= {"unanswered": thread.unanswered_count, "answered": thread.answered_count}
    filters = [
        Filter(name, FILTER_WORDS[name] % {"n": n}, query_of(thread, name), name == thread.only)
        for name, n in counts.items()
        if n or name == thread.only
    ]
    if not filters:
        return []
    return [Filter("all", gettext("All comments"), "", is_current=not thread.only), *filters]


def empty_words(thread: ThreadPage) -> str:
    """Say that a filter finds nothing; empty without one."""
    if thread.only == "new" and thread.since is not None:
        return gettext("Nothing new has come.")
    return str(EMPTY_WORDS.get(thread.only, ""))


def query_of(thread: ThreadPage, only: str) -> str:
    asked = {"only": only}
    if only == "new" and thread.since is not None:
        asked["since"] = str(thread.since)
    return f"?{urlencode(asked)}"
