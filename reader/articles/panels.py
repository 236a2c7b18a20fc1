"""Panels that rooms above put on the article's page at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import TabularInline
from django.forms import BaseInlineFormSet, CharField, Field, HiddenInput, MultiWidget
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


class SeenField(CharField):
    """What the page said when it was made; it comes back with a form and is no answer itself."""

    widget = HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class PanelFormSet(BaseInlineFormSet):
    """
    Rows that services write: a subclass says in save_row() which service.

    Colleagues and the machine go on while the page is open. What counts as changed is therefore
    what the editor changed on the page, whatever is stored by then; and a row that is gone by then
    is written again only if the editor changed it.
    """

    # The field that says what a stored row is about, which nobody changes.
    about = ""

    def row_name(self, row: Any) -> str:
        """Say what a stored row is about; read out with each of its fields."""
        return str(row)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # First, for what is bound once stays bound to the field of that moment.
        if self.about and index is not None and index < self.initial_form_count():
            self.keep_as_seen(form)
        about = "a new row" if form.instance.pk is None else self.row_name(form.instance)
        for bound in form.visible_fields():
            name_inputs(bound.field, f"{bound.label} of {about}")

    def keep_as_seen(self, form: Any) -> None:
        """Have the page send back what it said about a stored row, and whose row that was."""
        model: Any = self.model
        key = model._meta.pk.name
        for name in {*form.fields} - {self.about, key, self.fk.name}:
            form.fields[name].show_hidden_initial = True
        form.fields["about"] = SeenField(
            required=False, initial=form.get_initial_for_field(form.fields[self.about], self.about)
        )
        if form.is_bound and form.instance.pk is None:
            form.fields[key] = SeenField(required=False)
            form.initial[self.about] = form["about"].value()
            form.fields[self.about].disabled = True
            form.empty_permitted = True

    def get_queryset(self) -> Any:
        # The admin draws as many rows as this has: those that were sent, gone or not.
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

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
