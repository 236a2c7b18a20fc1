"""A thread's settings at the desk: on its article's page, and in a list of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.badges.models import Badge
from comments.threads.models import Thread
from comments.threads.services import close_thread, open_thread, set_thread_mode
from comments.threads.services.locking import lock_thread
from reader.articles.panels import ArticlePanel, PanelFormSet, add_article_panel

OPEN, CLOSED = "open", "closed"


class ThreadForm(forms.ModelForm):
    comments = forms.ChoiceField(choices=[(OPEN, "Open"), (CLOSED, "Closed")], initial=OPEN)

    class Meta:
        model = Thread
        fields = ("mode",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comments"].initial = OPEN if self.instance.is_open else CLOSED
        days = settings.COMMENTS_CLOSE_AFTER_DAYS
        if days:
            self.fields[
                "comments"
            ].help_text = f"They close by themselves when the article is {days} days old."

    def validate_unique(self) -> None:
        """A first comment may make the row while its article's page is open at the desk."""

    def validate_constraints(self) -> None:
        """The services write the row; this instance never reaches the database."""


def save_thread(form: ThreadForm, thread: Thread) -> None:
    """Store what was chosen for the thread of an article, which may have none yet."""
    (close_thread if form.cleaned_data["comments"] == CLOSED else open_thread)(thread.article)
    set_thread_mode(thread.article, mode=form.cleaned_data["mode"])


def guests_of(thread: Thread) -> str:
    """Name whose answers count in a thread of questions."""
    badges = Badge.objects.naming_guests_of(thread.article_id)
    named = [f"{badge.person} ({badge.words or badge.get_kind_display()})" for badge in badges]
    return ", ".join(named) or "Nobody yet: give a badge for this article, author or expert."


class ThreadFormSet(PanelFormSet):
    def row_name(self, row: Thread) -> str:
        return "the conversation"

    def prepare(self) -> None:
        """Whoever posts holds the thread and waits for the article, so the thread comes first."""
        # One that is there always: that nothing is changed here may be overtaken.
        if self.has_changed() or Thread.objects.filter(pk=self.instance.pk).exists():
            lock_thread(self.instance.pk)

    def save_row(self, form: Any, *, by: Any) -> None:
        save_thread(form, form.instance)


class ThreadPanel(ArticlePanel):
    model = Thread
    form = ThreadForm
    formset = ThreadFormSet
    verbose_name = "conversation"
    verbose_name_plural = "Conversation: open or closed, and who answers its questions"
    fields = ("comments", "mode", "guests")
    readonly_fields = ("guests",)
    max_num = 1

    @admin.display(description="Whose answers count")
    def guests(self, thread: Thread) -> str:
        return guests_of(thread) if thread.article_id else ""


add_article_panel(ThreadPanel)


@admin.register(Thread)
class ThreadAdmin(admin.ModelAdmin):
    form = ThreadForm
    list_display = ("article_headline", "is_open", "mode", "last_arrival")
    list_filter = ("is_open", "mode")
    list_per_page = 50
    search_fields = ("article__title",)
    ordering = ("-pk",)
    show_full_result_count = False
    fields = ("article_link", "comments", "mode", "guests")
    readonly_fields = ("article_link", "guests")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return super().get_queryset(request).with_article()

    @admin.display(description="Article")
    def article_headline(self, thread: Thread) -> str:
        return thread.article.headline

    @admin.display(description="Article")
    def article_link(self, thread: Thread) -> SafeString:
        article = thread.article
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.headline)

    @admin.display(description="Whose answers count")
    def guests(self, thread: Thread) -> str:
        return guests_of(thread)

    def has_add_permission(self, request: HttpRequest) -> bool:
        # It begins with the first comment, or on the article's page.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Thread | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Thread, form: Any, change: bool) -> None:
        save_thread(form, obj)
