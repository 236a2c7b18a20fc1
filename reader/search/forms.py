"""The filters of a search, as they come in an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reader.articles.models import Publisher, Section
from reader.hashtags.finding import find_hashtag
from reader.hashtags.models import Hashtag
from reader.languages import LANGUAGES
from reader.search.engines.seam import NOTHING
from reader.search.entries import (
    PLACE_MAX,
    language_mark,
    place_at,
    publisher_mark,
    section_mark,
)
from reader.search.finding import BEST, NEWEST
from reader.search.grammar import printable
from reader.search.nodes import Any, Asked, Mark, Node, Period, Span
from reader.search.resolving import marks_of
from reader.search.saying import language_name

PERIODS = {
    "day": (gettext_lazy("Past day"), timedelta(days=1)),
    "week": (gettext_lazy("Past week"), timedelta(days=7)),
    "month": (gettext_lazy("Past month"), timedelta(days=31)),
    "year": (gettext_lazy("Past year"), timedelta(days=366)),
}
LANGUAGE = re.compile(r"\A[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}\Z")
# Of these each costs a query.
HASHTAGS_MAX = 5


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # Browsers want it so, whatever language the page is in.
        super().__init__(format="%Y-%m-%d")


# What names something of the site, which may be gone: nothing is found then, rather than all.
NAMING = ("publisher", "section", "hashtag")
# As much of it is said back, and kept in addresses.
NAMED_MAX_LENGTH = 200


class FilterForm(forms.Form):
    """
    Bound to any address. What it does not understand it leaves out, and says so in `notes`.

    A publisher, section or hashtag that is not here has no articles: nothing fits.
    """

    publisher = forms.ChoiceField(required=False, label=gettext_lazy("Publisher"))
    time = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Time"),
        choices=[
            ("", gettext_lazy("Any time")),
            *((key, label) for key, (label, _) in PERIODS.items()),
        ],
    )
    order = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Order"),
        choices=[(BEST, gettext_lazy("Best first")), (NEWEST, gettext_lazy("Newest first"))],
    )
    section = forms.ChoiceField(required=False, label=gettext_lazy("Section"))
    # Several have commas between them.
    hashtag = forms.CharField(
        required=False, label=gettext_lazy("Hashtags"), max_length=NAMED_MAX_LENGTH
    )
    lang = forms.RegexField(
        LANGUAGE, required=False, label=gettext_lazy("Language"), widget=forms.Select
    )
    # Both are days of the site's clock, and both are meant with all their hours.
    since = forms.DateField(
        required=False, label=gettext_lazy("From"), widget=DayInput, input_formats=["%Y-%m-%d"]
    )
    until = forms.DateField(
        required=False, label=gettext_lazy("To"), widget=DayInput, input_formats=["%Y-%m-%d"]
    )

    def __init__(self, address: Mapping[str, str], *, like: FilterForm | None = None) -> None:
        """Know the publishers and sections that a form made just before knows."""
        super().__init__(address)
        if like is None:
            publishers = Publisher.objects.known().by_name().only("name", "slug")
            self._publishers = {publisher.slug: publisher for publisher in publishers}
            sections = Section.objects.only("name", "slug")
            self._sections = {section.slug: section for section in sections}
        else:
            self._publishers, self._sections = like._publishers, like._sections
        self.fields["publisher"].choices = [
            ("", gettext("Any publisher")),
            *((slug, publisher.name) for slug, publisher in self._publishers.items()),
        ]
        self.fields["section"].choices = [
            ("", gettext("Any section")),
            *((slug, section.name) for slug, section in self._sections.items()),
        ]
        self.is_valid()
        self.offer_languages(code for code, _ in LANGUAGES)

    def offer_languages(self, codes: Iterable[str]) -> None:
        """Let these be chosen, beside the one that is."""
        codes = {code.partition("-")[0] for code in codes} | {self._given("lang")} - {""}
        named = sorted((language_name(code), code) for code in codes)
        self.fields["lang"].widget.choices = [
            ("", gettext("Any language")),
            *((code, name) for name, code in named),
        ]

    def clean_hashtag(self) -> str:
        words: str = self.cleaned_data["hashtag"]
        if len(_hashtags_in(words)) > HASHTAGS_MAX:
            raise forms.ValidationError("too many")
        return words

    @property
    def lost(self) -> dict[str, str]:
        """What names nothing of this site, as it stands in the address."""
        return {
            name: " ".join(printable(str(self.data.get(name))).split())[:NAMED_MAX_LENGTH] or "?"
            for name in NAMING
            if name in self.errors
        }

    @property
    def is_lost(self) -> bool:
        """Whether nothing can fit: what one of them names is not here, or not any more."""
        return bool(self.lost) or not all(self.hashtags_chosen.values())

    @property
    def is_understood(self) -> bool:
        """Whether all that narrows does."""
        return not (self.is_lost or set(self.errors) - {"time", "order"})

    @property
    def publisher_chosen(self) -> Publisher | None:
        return self._publishers.get(self._given("publisher"))

    @property
    def section_chosen(self) -> Section | None:
        return self._sections.get(self._given("section"))

    @cached_property
    def hashtags_chosen(self) -> dict[str, Hashtag | None]:
        """What was typed, and the hashtag it means here, if any."""
        return {word: find_hashtag(word) for word in _hashtags_in(self._given("hashtag"))}

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; the wrong way round is turned."""
        first, last = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return (last, first) if first and last and last < first else (first, last)

    @cached_property
    def within(self) -> tuple[Node, ...]:
        """What the filters ask for, in the terms of a question."""
        nodes: list[Node] = [Mark(NOTHING)] if self.lost else []
        if self.publisher_chosen:
            nodes.append(Mark(publisher_mark(self.publisher_chosen.pk)))
        if self.section_chosen:
            nodes.append(Mark(section_mark(self.section_chosen.pk)))
        if self._given("lang"):
            nodes.append(Mark(language_mark(self._given("lang"))))
        for word, hashtag in self.hashtags_chosen.items():
            marks = marks_of(hashtag) if hashtag else []
            nodes.append(Any(tuple(map(Mark, marks))) if marks else Asked("hashtag", word))
        return (*nodes, *self._time)

    @property
    def within_feed(self) -> tuple[Node, ...]:
        """The same without what moves with the clock: a feed has its own end."""
        return tuple(node for node in self.within if not isinstance(node, Span))

    @property
    def _time(self) -> list[Node]:
        nodes: list[Node] = []
        if period := PERIODS.get(self._given("time")):
            nodes.append(Span(place_at(timezone.now() - period[1]), PLACE_MAX))
        first, last = self.days
        if first or last:
            end = last + timedelta(days=1) if last and last < date.max else None
            nodes.append(Period(first, end))
        return nodes

    @property
    def chosen_order(self) -> str:
        return NEWEST if self._given("order") == NEWEST else BEST

    @property
    def narrows(self) -> bool:
        return bool(self.within)

    @property
    def narrows_more(self) -> bool:
        """Whether a filter is chosen that is folded away at first."""
        return any(self._given(name) for name in ("section", "hashtag", "lang", "since", "until"))

    @property
    def given(self) -> dict[str, object]:
        """What of the address is understood and says something; see addresses.py."""
        words = [h.slug if h else word for word, h in self.hashtags_chosen.items()]
        return {
            "publisher": self._given("publisher"),
            "section": self._given("section"),
            "hashtag": ",".join(words),
            "lang": self._given("lang"),
            "since": self.days[0],
            "until": self.days[1],
            "time": self._given("time"),
            "order": NEWEST if self.chosen_order == NEWEST else "",
            **self.lost,
        }

    @property
    def notes(self) -> list[str]:
        said = {
            "publisher": gettext("There is no such publisher here, so nothing is found."),
            "time": gettext("That is no period we know, so any time is searched."),
            "order": gettext("There is no such order, so the best come first."),
            "section": gettext("There is no such section here, so nothing is found."),
            "hashtag": gettext("Those are too many hashtags, so nothing is found."),
            "lang": gettext("That is no language’s code, so all are searched."),
            "since": gettext("“From” is no date, so it is left out."),
            "until": gettext("“To” is no date, so it is left out."),
        }
        return [said[name] for name in self.errors]

    def _given(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""


def _hashtags_in(text: str) -> list[str]:
    words = (word.strip().lstrip("#") for word in text.split(","))
    return list(dict.fromkeys(filter(None, words)))
