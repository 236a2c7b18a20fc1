"""Panels that rooms above put on the article's page at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import TabularInline
from django.forms import BaseInlineFormSet, Field, MultiWidget
from django.http import HttpRequest

_panels: list[type[ArticlePanel]] = []


def name_inputs(field: Field, words: str) -> None:
    """Say what a field is for to those who do not see its place; a moment has two parts."""
    # The admin wraps choices of rows that one may add to.
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, MultiWidget):
        for part, what in zip(widget.widgets, ("date", "time"), strict=True):
            part.attrs["aria-label"] = f"{words}, {what}"
    else:
        widget.attrs["aria-label"] = words


class PanelFormSet(BaseInlineFormSet):
    """Rows that services write: a subclass says in save_row() which service."""

    def row_name(self, row: Any) -> str:
        """Say what a stored row is about; read out with each of its fields."""
        return str(row)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        about = "a new row" if form.instance.pk is None else self.row_name(form.instance)
        for bound in form.visible_fields():
            name_inputs(bound.field, f"{bound.label} of {about}")

    def prepare(self) -> None:
        """Take what has to be taken before the article is; called for each save, unchecked."""

    def named_articles(self) -> set[int]:
        """Give the keys of other articles that saving writes about, unchecked."""
        return set()

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

    template = "admin/articles/panel.html"
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
