"""The article form of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timezone import localtime

from reader.articles.models import Article
from reader.articles.panels import name_inputs
from reader.articles.text import safe_html, text_from_html

OVERTAKEN = (
    "Somebody changed this article while you were writing, so nothing is saved yet. Each field "
    "that differs says what is stored; saving again puts what stands here in its place."
)
# Enough to recognise it.
STORED_SHOWN = 300
# A new article cannot have been taken back yet.
LATER_ONLY = {Article.Status.WITHDRAWN}


class ListField(forms.CharField):
    """A list of texts, typed with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [part.strip() for part in super().to_python(value).split(",") if part.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data or "")


def has_words(markup: str) -> bool:
    """Tell whether anything of typed markup would be stored."""
    return bool(text_from_html(safe_html(markup)))


class ProseField(forms.CharField):
    """Text of several lines. Browsers send every line end as two characters; one is stored."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class DrawnFromField(forms.CharField):
    """What the page was drawn from, so that nobody undoes what they never saw."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ArticleForm(forms.ModelForm):
    drawn_from = DrawnFromField(required=False)
    authors = ListField(required=False, help_text="Names, with commas between them.")
    keywords = ListField(
        required=False, help_text="The publisher's own words; hashtags are made from them."
    )

    class Meta:
        model = Article
        fields = (
            "title",
            "standfirst",
            "body_html",
            "publisher",
            "section",
            "authors",
            "language",
            "original_url",
            "keywords",
            "status",
            "published_at",
            "embargo_until",
        )
        field_classes = {"standfirst": ProseField, "body_html": ProseField}
        labels = {"body_html": "Text", "status": "State"}
        help_texts = {
            "body_html": (
                "Paragraphs as &lt;p&gt;…&lt;/p&gt;; headings, lists, quotes and links are kept, "
                "anything that runs or loads is taken out."
            ),
            "language": "For example en, ar or zh-Hans.",
            "published_at": "Empty means the moment of publishing. Ahead of now, it is scheduled.",
            "embargo_until": "Readers see nothing of the article before this moment.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("published_at", "embargo_until"):
            if name in self.fields:
                name_inputs(self.fields[name], str(self.fields[name].label))
        if self.instance.pk is None:
            if "status" in self.fields:
                self.fields["status"].choices = [
                    choice for choice in Article.Status.choices if choice[0] not in LATER_ONLY
                ]
        else:
            # Moved by what editors and imports do; not by comments, hashtags or relating.
            self.fields["drawn_from"].initial = self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title", "?") and not has_words(cleaned.get("body_html", "?")):
            if cleaned.get("body_html"):
                self.add_error("body_html", "No words are left of this once it is made safe.")
            else:
                self.add_error("title", "Write a headline or a text first.")
        moment = cleaned.get("published_at")
        scheduled = cleaned.get("status") == Article.Status.SCHEDULED
        if scheduled and not cleaned.get("embargo_until"):
            if moment is None:
                self.add_error("published_at", "When shall it appear?")
            elif moment <= timezone.now() and "published_at" in self.changed_data:
                self.add_error("published_at", "That moment has passed; choose one ahead.")
        self._refuse_what_was_overtaken(cleaned.get("drawn_from"))
        return cleaned

    def _refuse_what_was_overtaken(self, drawn_from: str | None) -> None:
        """Show what others changed since the page was drawn; what is typed here stays typed."""
        now = self.fields["drawn_from"].initial
        if not drawn_from or drawn_from == now or not self.changed_data:
            return
        self.add_error(None, OVERTAKEN)
        for name in self.changed_data:
            self.add_error(name, f"Stored is: {self._stored(name)}")
        # Who saves again has seen it.
        self.data = self.data.copy()
        self.data[self.add_prefix("drawn_from")] = now

    def _stored(self, name: str) -> str:
        value = self.get_initial_for_field(self.fields[name], name)
        if isinstance(value, datetime):
            return f"{localtime(value):%d %b %Y %H:%M:%S}"
        if name in ("publisher", "section"):
            value = value and self.fields[name].queryset.filter(pk=value).first()
        if name == "status":
            value = Article.Status(value).label
        words = self.fields[name].prepare_value(value)
        return f"“{Truncator(words).chars(STORED_SHOWN)}”" if words else "nothing"
