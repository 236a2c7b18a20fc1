"""The hashtags of an article, on its page at the desk: accept, reject, add."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.articles.panels import ArticlePanel, PanelFormSet
from reader.hashtags import services
from reader.hashtags.forms import HashtagNameField
from reader.hashtags.models import ArticleHashtag, Hashtag

State = ArticleHashtag.State


class ArticleHashtagForm(forms.ModelForm):
    name = HashtagNameField(label="Hashtag", required=False)

    class Meta:
        model = ArticleHashtag
        fields = ("state",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [State.SHOWN, State.REJECTED]
        if self.instance.pk is not None:
            self.fields["name"].initial = self.instance.hashtag.meant.name
            self.fields["name"].disabled = True
            if self.instance.state == State.WAITING:
                offered.insert(0, State.WAITING)
        state_field: Any = self.fields["state"]
        state_field.choices = [(state.value, state.label) for state in offered]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        known = Hashtag.objects.meant_by(name).first() if name else None
        # A row that is there already stays as it is, and can be rejected.
        is_asked_for = self.instance.pk is None or "state" in self.changed_data
        is_rejected = self.data.get(self.add_prefix("state")) == State.REJECTED
        if known is not None and known.meant.is_blocked and is_asked_for and not is_rejected:
            raise forms.ValidationError(f"#{name} is blocked.")
        return name

    def validate_unique(self) -> None:
        """Naming a hashtag that the article has already is fine; the service knows."""


class ArticleHashtagFormSet(PanelFormSet):
    about = "name"

    def row_name(self, row: ArticleHashtag) -> str:
        return str(row.hashtag.meant)

    def save_row(self, form: Any, *, by: Any) -> None:
        name = form.cleaned_data.get("name")
        if not name:
            return
        if form.cleaned_data["state"] == State.REJECTED:
            known = Hashtag.objects.meant_by(name).first()
            hashtag = known or services.create_hashtag(name=name, by=by)
            services.untag_article(self.instance, hashtag=hashtag, by=by)
        else:
            services.tag_article(self.instance, name=name, by=by)


class HashtagPanel(ArticlePanel):
    model = ArticleHashtag
    form = ArticleHashtagForm
    formset = ArticleHashtagFormSet
    verbose_name_plural = "Hashtags: add one, accept what waits, or reject one for good"
    fields = ("name", "state", "source", "score")
    readonly_fields = ("source", "score")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleHashtag]:
        return ArticleHashtag.objects.for_desk()
