"""Badges at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from comments.badges.models import Badge
from comments.badges.services import grant_badge, revoke_badge, reword_badge
from reader.articles.models import Article


class Choices(AutocompleteJsonView):
    """
    Whom and what a badge may name.

    Who gives badges need not be somebody who may see drafts, or change publishers.
    """

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("badges.add_badge")

    def get_queryset(self) -> QuerySet[Any]:
        if self.model_admin.model is not Article:
            return super().get_queryset()
        found, _ = self.model_admin.get_search_results(
            self.request, Article.objects.visible().newest_first(), self.term
        )
        return found


class ChoicesSelect(AutocompleteSelect):
    def get_url(self) -> str:
        return reverse("admin:badges_badge_choices")


# What a badge says is seen; where it holds, and what follows from that, is not.
HELP_TEXTS = {
    "article": "Answers of authors and experts count as answers to questions only under the "
    "article named here.",
    "publisher": "For staff: the badge shows under all of this publisher's articles. One of an "
    "expert or a moderator that names neither shows everywhere.",
    "words": "What stands beside the name instead of the kind, such as “marine biologist”.",
}


@admin.register(Badge)
class BadgeAdmin(admin.ModelAdmin):
    list_display = ("person", "kind", "words", "where", "granted_by", "granted_at")
    list_filter = ("kind",)
    list_per_page = 50
    search_fields = ("person__name", "person__email", "words")
    ordering = ("-id",)
    show_full_result_count = False
    fields = ("person", "kind", "article", "publisher", "words", "granted_by", "granted_at")
    readonly_fields = ("granted_by", "granted_at")
    # What is decided when a badge is given; another place is another badge.
    decided_fields = ("person", "kind", "article", "publisher")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Badge]:
        return super().get_queryset(request).for_list()

    def get_fields(self, request: HttpRequest, obj: Badge | None = None) -> Any:
        return self.fields if obj else (*self.decided_fields, "words")

    def get_readonly_fields(self, request: HttpRequest, obj: Badge | None = None) -> Any:
        return (*self.decided_fields, *self.readonly_fields) if obj else ()

    def get_urls(self) -> list[Any]:
        choices = self.admin_site.admin_view(
            lambda request: Choices.as_view(admin_site=self.admin_site)(request)
        )
        return [path("choices/", choices, name="badges_badge_choices"), *super().get_urls()]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in HELP_TEXTS:
            kwargs["help_text"] = HELP_TEXTS[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = ChoicesSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="Holds")
    def where(self, badge: Badge) -> str:
        if badge.article_id is not None:
            return f"under “{badge.article.headline}”"
        return f"under all of {badge.publisher}" if badge.publisher_id else "everywhere"

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().add_view(request, *args, **kwargs)
        except ValidationError:
            # Another has given it since the form was looked through; it sees that now.
            return super().add_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Badge, form: Any, change: bool) -> None:
        if change:
            reword_badge(obj, words=obj.words)
        else:
            grant_badge(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Badge) -> None:
        revoke_badge(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Badge]) -> None:
        for badge in queryset:
            revoke_badge(badge)
