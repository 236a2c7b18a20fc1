"""Panels that rooms above put on the article's page at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import TabularInline
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

_panels: list[type[ArticlePanel]] = []


class PanelFormSet(BaseInlineFormSet):
    """Rows that services write: a subclass says in save_row() which service."""

    def save_row(self, form: Any, *, by: Any) -> None:
        raise NotImplementedError

    def save_with_services(self, *, by: Any) -> None:
        # What the admin's log reads; the services keep their own account of who did what.
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        for form in self.forms:
            if form.has_changed():
                self.save_row(form, by=by)


class ArticlePanel(TabularInline):
    """A table on the article's page, for whoever may publish it."""

    extra = 1
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)


def add_article_panel(panel: type[ArticlePanel]) -> None:
    """Show `panel` on every article's page; rooms call this from their admin module."""
    if panel not in _panels:
        _panels.append(panel)


def article_panels() -> list[type[ArticlePanel]]:
    return list(_panels)
