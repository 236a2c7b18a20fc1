"""What an editor says about one list: which article, what with it, for how long and why."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from reader.articles.models import Article
from reader.http import path_of
from reader.related.evidence import WHY_MAX_LENGTH

NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ADDRESS = re.compile(r"/articles/([1-9][0-9]{0,17})(?:/|$)")
MOST_SLOTS = 99


class ArticleField(forms.CharField):
    """An article by its number, or by the address of its page."""

    default_error_messages = {
        "unknown": "There is no such article. Write its number, or the address of its page here."
    }

    def clean(self, value: Any) -> Article:
        words = super().clean(value).strip().removeprefix("#")
        found = NUMBER.fullmatch(words) or ADDRESS.search(path_of(words))
        number = found[found.lastindex or 0] if found else None
        article = Article.objects.for_list().filter(pk=number).first() if number else None
        if article is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return article


class ListForm(forms.Form):
    """One decision about one article in the list."""

    other = ArticleField(
        label="Article",
        max_length=2000,
        help_text="Its number, or the address of its page on this site.",
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

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError("That moment has already passed.")
        return moment
