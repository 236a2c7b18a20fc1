"""A decision about hashtags as an editor makes it: look at what it would do, then confirm it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from django import forms

from reader.hashtags import services
from reader.hashtags.models import REASON_MAX_LENGTH, Hashtag
from reader.hashtags.outcomes import Outcome


class DecisionForm(forms.Form):
    """
    A decision and why.

    It is looked at first: `outcome` is what it would do. Carried out is only what was seen.
    """

    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=REASON_MAX_LENGTH,
        help_text="For colleagues; it stays with the change.",
    )
    field_order = ("name", "into", "words", "publisher", "since", "until", "articles", "reason")

    def __init__(self, *args: Any, hashtags: Sequence[Hashtag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hashtags = hashtags
        self.outcome: Outcome | None = None

    @property
    def seen(self) -> str:
        """What the editor has seen of it, and had typed for it, for the way back."""
        typed = {name: str(value) for name, value in self.cleaned_data.items() if name != "reason"}
        about = [(hashtag.pk, hashtag.is_blocked) for hashtag in self.hashtags]
        told = crc32(repr((sorted(typed.items()), about)).encode())
        numbers = [getattr(self.outcome, name) for name in Outcome.__slots__]
        return "-".join(map(str, [*numbers, told]))

    @property
    def told(self) -> str:
        """What it would do, in words."""
        return self.outcome.all_words if self.outcome else ""

    def look(self) -> None:
        """Work out what it would do; say in the form where it cannot be."""
        if self.is_valid():
            try:
                self.outcome = self.plan()
            except services.HashtagRefused as refusal:
                self.add_error(None, str(refusal))

    def carry_out(self, seen: str, *, by: Any) -> str:
        """Do it and say so; nothing is done, and nothing returned, when it is not what was seen."""
        self.look()
        if self.outcome is None:
            return ""
        if seen != self.seen:
            self.add_error(None, services.NOT_SEEN)
            return ""
        try:
            decision = {"by": by, "reason": self.cleaned_data["reason"], "seen": self.outcome}
            return self.decide(decision)
        except services.HashtagRefused as refusal:
            self.add_error(None, str(refusal))
            self.outcome = self._planned_anew()
            return ""

    def _planned_anew(self) -> Outcome | None:
        try:
            return self.plan()
        except services.HashtagRefused:
            return None

    def plan(self) -> Outcome:
        raise NotImplementedError

    def decide(self, decision: dict[str, Any]) -> str:
        raise NotImplementedError


class OneHashtagForm(DecisionForm):
    """A decision about one hashtag, on its page."""

    def __init__(self, *args: Any, hashtag: Hashtag, **kwargs: Any) -> None:
        super().__init__(*args, hashtags=[hashtag], **kwargs)
        self.hashtag = hashtag
