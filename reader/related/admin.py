"""Related articles at the desk: the list as readers get it, and what the editor makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reader.articles.panels import ArticlePanel, PanelFormSet, add_article_panel
from reader.related import services
from reader.related.models import RelatedLink

Kind = RelatedLink.Kind


class RelatedLinkForm(forms.ModelForm):
    class Meta:
        model = RelatedLink
        fields = ("other", "kind", "slot", "reason", "expires_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "State"
        if self.instance.pk is None:
            self.fields["kind"].initial = Kind.PINNED
            self.fields["kind"].choices = [
                choice for choice in Kind.choices if choice[0] != Kind.AUTOMATIC
            ]
        else:
            self.fields["other"].disabled = True
            self.fields["other"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("other") == self.instance.article:
            self.add_error("other", "An article cannot be related to itself.")
        expires_at = cleaned.get("expires_at")
        if "expires_at" in self.changed_data and expires_at and expires_at <= timezone.now():
            self.add_error("expires_at", "That moment has already passed.")
        return cleaned

    def validate_unique(self) -> None:
        """A second row about a pair is a decision that replaces the first one."""

    def validate_constraints(self) -> None:
        """The services write the row; this instance never reaches the database."""


class RelatedFormSet(PanelFormSet):
    def save_row(self, form: Any, *, by: Any) -> None:
        wanted = form.cleaned_data
        article, other = self.instance, wanted.get("other")
        if other is None:
            return
        decision = {"by": by, "reason": wanted["reason"], "expires_at": wanted["expires_at"]}
        if wanted["kind"] == Kind.PINNED:
            services.pin_related(article, other, slot=wanted["slot"], **decision)
        elif wanted["kind"] == Kind.BANNED:
            services.ban_related(article, other, **decision)
        else:
            services.clear_override(article, other)


class RelatedPanel(ArticlePanel):
    model = RelatedLink
    fk_name = "article"
    form = RelatedLinkForm
    formset = RelatedFormSet
    verbose_name = "related article"
    verbose_name_plural = "Related articles: pin, ban or leave to the machine"
    fields = ("title", "other", "kind", "slot", "reason", "expires_at")
    readonly_fields = ("title",)
    autocomplete_fields = ("other",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        return RelatedLink.objects.for_desk()

    @admin.display(description="Article")
    def title(self, link: RelatedLink) -> SafeString | str:
        if link.pk is None:
            return ""
        who = link.other.publisher or "Publisher unknown"
        return format_html(
            '<a href="{}">{}</a><br>{}{}',
            link.other.get_absolute_url(),
            link.other.headline,
            who,
            f" · {link.why}" if link.why else "",
        )


add_article_panel(RelatedPanel)
