"""The evidence of a link, in the language of who reads it."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

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


def why_of_pin(reason: str) -> str:
    """Give the editor's own words, or say whose choice it was."""
    return reason or gettext("Chosen by an editor")


def why_of_story(*, articles: int, publishers: int, counted: bool) -> str:
    """Tell that both are one story; `counted` when it has no more articles than that."""
    if not counted:
        return gettext("Part of the same story")
    if publishers < 2:
        words = ngettext(
            "Part of the same story, of %(n)d article",
            "Part of the same story, of %(n)d articles",
            articles,
        )
        return words % {"n": articles}
    words = ngettext(
        "Part of the same story, told by %(n)d publisher",
        "Part of the same story, told by %(n)d publishers",
        publishers,
    )
    return words % {"n": publishers}


def why_of_hashtag(name: str) -> str:
    return gettext("Both have the hashtag %(hashtag)s") % {"hashtag": f"#{name}"} if name else ""


def why_of_section() -> str:
    return gettext("From the same section")


def why_alike() -> str:
    """Tell the least that is true of every article a machine found."""
    return gettext("Similar wording")


def _words(why: str) -> list[str]:
    if not why.startswith(STORED):
        return []
    *before, last = why.removeprefix(STORED).split(", ")
    head, _, tail = last.rpartition(" and ")
    return [*before, head, tail] if head else [*before, last]
