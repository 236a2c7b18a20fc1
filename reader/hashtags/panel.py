"""The hashtags of an article, on its page at the desk: accept, reject, add."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.articles.panels import ArticlePanel, PanelFormSet
from reader.hashtags import services
from reader.hashtags.forms import HashtagNameField
from reader.hashtags.models import ArticleHashtag

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

    def validate_unique(self) -> None:
        """Naming a hashtag that the article has already is fine; the service knows."""


class ArticleHashtagFormSet(PanelFormSet):
    about = "name"
    # Whoever sends the page; set for each request.
    by: Any = None

    def row_name(self, row: ArticleHashtag) -> str:
        return str(row.hashtag.meant)

    def clean(self) -> None:
        """Say beside each name what the services would refuse; the article is held, so it lasts."""
        super().clean()
        for form in self.forms:
            name = form.cleaned_data.get("name") if form.is_valid() else ""
            if name and form.has_changed():
                try:
                    services.named_hashtag(name, by=self.by, to_reject=_is_rejected(form))
                except services.HashtagRefused as refusal:
                    form.add_error("name", str(refusal))

    def save_row(self, form: Any, *, by: Any) -> None:
        name = form.cleaned_data.get("name")
        if not name:
            return
        if _is_rejected(form):
            hashtag = services.named_hashtag(name, by=by, to_reject=True)
            if hashtag.pk is None:
                hashtag = services.create_hashtag(name=hashtag.name, by=by)
            services.untag_article(self.instance, hashtag=hashtag, by=by)
        else:
            services.tag_article(self.instance, name=name, by=by)


def _is_rejected(form: Any) -> bool:
    return bool(form.cleaned_data["state"] == State.REJECTED)


class HashtagPanel(ArticlePanel):
    model = ArticleHashtag
    form = ArticleHashtagForm
    formset = ArticleHashtagFormSet
    verbose_name_plural = "Hashtags: add one, accept what waits, or reject one for good"
    fields = ("name", "state", "source", "score")
    readonly_fields = ("source", "score")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleHashtag]:
        return ArticleHashtag.objects.for_desk()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset
