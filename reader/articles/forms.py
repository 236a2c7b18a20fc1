"""The article form of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from reader.articles.models import Article


class ListField(forms.CharField):
    """A list of texts, typed with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [part.strip() for part in super().to_python(value).split(",") if part.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data or "")


class ArticleForm(forms.ModelForm):
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title") and not cleaned.get("body_html"):
            self.add_error("title", "Write a headline or a text first.")
        moment = cleaned.get("published_at")
        scheduled = cleaned.get("status") == Article.Status.SCHEDULED
        if scheduled and not cleaned.get("embargo_until"):
            if moment is None:
                self.add_error("published_at", "When shall it appear?")
            elif moment <= timezone.now() and "published_at" in self.changed_data:
                self.add_error("published_at", "That moment has passed; choose one ahead.")
        return cleaned
