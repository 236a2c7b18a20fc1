"""Related articles at the desk: the list as readers get it, and what the editor makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reader.articles.panels import ArticlePanel, PanelFormSet, add_article_panel
from reader.articles.places import NUMBER
from reader.articles.querysets import heavy_fields_of
from reader.logged import LoggedAdmin
from reader.related import desk, services
from reader.related.models import RelatedChange, RelatedLink

Kind = RelatedLink.Kind


class LinkWidget(forms.Widget):
    """The other article of a link that is there: its headline, whose it is, and why."""

    def __init__(self, link: RelatedLink) -> None:
        super().__init__()
        self.link = link

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        other = self.link.other
        return format_html(
            '<a href="{}">{}</a><br>{}{}',
            other.get_absolute_url(),
            other.headline,
            other.publisher or "Publisher unknown",
            f" · {self.link.why}" if self.link.why else "",
        )


class RelatedLinkForm(forms.ModelForm):
    class Meta:
        model = RelatedLink
        fields = ("other", "kind", "slot", "reason", "expires_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].label, self.fields["kind"].label = "Article", "State"
        if self.instance.pk is None:
            self.fields["kind"].initial = Kind.PINNED
            self.fields["kind"].choices = [
                choice for choice in Kind.choices if choice[0] != Kind.AUTOMATIC
            ]
        else:
            self.fields["other"].disabled = True
            self.fields["other"].widget = LinkWidget(self.instance)

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
    about = "other"

    def keep_as_seen(self, form: Any) -> None:
        super().keep_as_seen(form)
        form.fields["kind"].choices = Kind.choices

    def row_name(self, row: RelatedLink) -> str:
        return row.other.headline

    def named_articles(self) -> set[int]:
        named = (str(form["other"].value()) for form in self.forms if form.has_changed())
        return {int(number) for number in named if NUMBER.fullmatch(number)}

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
            services.clear_override(article, other, by=by, reason=wanted["reason"])


class RelatedPanel(ArticlePanel):
    template = "admin/related/panel.html"
    model = RelatedLink
    fk_name = "article"
    form = RelatedLinkForm
    formset = RelatedFormSet
    verbose_name = "related article"
    verbose_name_plural = "Related articles: pin, ban or leave to the machine"
    fields = ("other", "kind", "slot", "reason", "expires_at")
    autocomplete_fields = ("other",)
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M:%S"
            ),
        }
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedLink]:
        return RelatedLink.objects.for_desk()


add_article_panel(RelatedPanel)


@admin.register(RelatedChange)
class RelatedChangeAdmin(LoggedAdmin):
    """What editors decided about related articles, to read; each line leads to the list itself."""

    list_display = ("made_at", "kind", "page", "about", "made_by", "reason", "undone")
    list_display_links = None
    list_filter = ("kind",)
    list_select_related = ("article", "other", "made_by", "undone_by")
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "of/<id:article_id>/",
            self.admin_site.admin_view(self.of_article),
            name="related_of_article",
        )
        return [page, *super().get_urls()]

    def of_article(self, request: HttpRequest, article_id: int) -> HttpResponse:
        return desk.of_article(request, article_id, site=self.admin_site)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedChange]:
        return RelatedChange.objects.for_desk().defer(*heavy_fields_of("article"))

    @admin.display(description="List of")
    def page(self, change: RelatedChange) -> SafeString:
        address = reverse("admin:related_of_article", args=[change.article_id])
        return format_html('<a href="{}">{}</a>', address, change.article.headline)

    @admin.display(description="Article")
    def about(self, change: RelatedChange) -> str:
        return change.other.headline if change.other else "(gone)"

    @admin.display(description="Undone")
    def undone(self, change: RelatedChange) -> str:
        if change.undone_at is None:
            return ""
        return f"{timezone.localtime(change.undone_at):%d %b %H:%M}, {change.undone_by or 'nobody'}"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
