"""The filters of a search, as they come in an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reader.articles.models import Publisher
from reader.search.entries import publisher_mark
from reader.search.finding import BEST, NEWEST

PERIODS = {
    "day": (gettext_lazy("Past day"), timedelta(days=1)),
    "week": (gettext_lazy("Past week"), timedelta(days=7)),
    "month": (gettext_lazy("Past month"), timedelta(days=31)),
    "year": (gettext_lazy("Past year"), timedelta(days=366)),
}


class FilterForm(forms.Form):
    """Bound to any address. What it does not know it leaves out, and says so in `notes`."""

    publisher = forms.ChoiceField(required=False)
    time = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("Any time")),
            *((key, label) for key, (label, _) in PERIODS.items()),
        ],
    )
    order = forms.ChoiceField(
        required=False,
        choices=[(BEST, gettext_lazy("Best first")), (NEWEST, gettext_lazy("Newest first"))],
    )

    def __init__(self, address: Mapping[str, str]) -> None:
        super().__init__(address)
        publishers = Publisher.objects.by_name().only("name", "slug")
        self._publishers = {publisher.slug: publisher for publisher in publishers}
        self.fields["publisher"].choices = [
            ("", gettext("Any publisher")),
            *((slug, publisher.name) for slug, publisher in self._publishers.items()),
        ]
        self.is_valid()

    @property
    def publisher_chosen(self) -> Publisher | None:
        return self._publishers.get(self.cleaned_data.get("publisher", ""))

    @property
    def marks(self) -> list[str]:
        """What the chosen publisher is called in the index."""
        return [publisher_mark(self.publisher_chosen.pk)] if self.publisher_chosen else []

    @property
    def since(self) -> datetime | None:
        period = PERIODS.get(self.cleaned_data.get("time", ""))
        return timezone.now() - period[1] if period else None

    @property
    def chosen_order(self) -> str:
        return NEWEST if self.cleaned_data.get("order") == NEWEST else BEST

    @property
    def narrows(self) -> bool:
        return bool(self.publisher_chosen or self.cleaned_data.get("time"))

    @property
    def notes(self) -> list[str]:
        said = {
            "publisher": gettext("There is no such publisher here, so all are searched."),
            "time": gettext("That is no period we know, so any time is searched."),
            "order": gettext("There is no such order, so the best come first."),
        }
        return [said[name] for name in self.errors]
