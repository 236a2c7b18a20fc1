"""What an editor says about one list: which article, what with it, for how long and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.places import PlaceField
from reader.related.evidence import WHY_MAX_LENGTH

MOST_SLOTS = 99


class ListForm(forms.Form):
    """One decision about one article in the list."""

    other = PlaceField(
        path="articles", what="article", rows=Article.objects.for_list, label="Article"
    )
    slot = forms.IntegerField(
        label="Place of a pin",
        required=False,
        min_value=1,
        max_value=MOST_SLOTS,
        help_text="1 stands on top. Empty puts it below the other pins.",
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=WHY_MAX_LENGTH,
        help_text="Readers see it below a pin.",
    )
    expires_at = forms.DateTimeField(
        label="Until",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Empty is for good.",
    )

    # When the page was made on which the editor decides.
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError("That moment has already passed.")
        return moment
