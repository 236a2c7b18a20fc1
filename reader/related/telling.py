"""The evidence of a link, in the language of who reads it."""

from __future__ import annotations

from django.utils.translation import gettext

STORED = "Both mention "


def why_in_words(why: str) -> str:
    """
    Tell in the reader's language what evidence.why_of() stored; other words stay as they are.

    Three sentences and no list of parts: where «and» goes is for each language to say.
    """
    words = _words(why)
    if len(words) == 1:
        return gettext("Both mention %(first)s") % {"first": words[0]}
    if len(words) == 2:
        return gettext("Both mention %(first)s and %(second)s") % {
            "first": words[0],
            "second": words[1],
        }
    if len(words) == 3:
        return gettext("Both mention %(first)s, %(second)s and %(third)s") % {
            "first": words[0],
            "second": words[1],
            "third": words[2],
        }
    return why


def _words(why: str) -> list[str]:
    if not why.startswith(STORED):
        return []
    *before, last = why.removeprefix(STORED).split(", ")
    head, _, tail = last.rpartition(" and ")
    return [*before, head, tail] if head else [*before, last]
