"""Hashtags at the desk: the list, what waits for an editor, and the log. Pages are in desk.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reader.articles.panels import add_article_panel
from reader.hashtags import services
from reader.hashtags.desk import of_hashtag
from reader.hashtags.forms import HashtagNameField, MergeChosenForm
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange, Suggestion
from reader.hashtags.panel import HashtagPanel
from reader.logged import LoggedAdmin

# Each is a change of its own, and all of them are one transaction.
MERGED_AT_ONCE = 50
# One after the other, while somebody waits for the page.
UNDONE_AT_ONCE = 20
# One transaction, with the articles held.
REVIEWED_AT_ONCE = 500


class HashtagForm(forms.ModelForm):
    name = HashtagNameField()

    class Meta:
        model = Hashtag
        fields = ("name", "description")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        try:
            services.require_new(name)
        except services.HashtagRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name


class DecidedAdmin(LoggedAdmin):
    """Who may change hashtags may look at it."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("hashtags.change_hashtag")

    has_module_permission = has_view_permission


@admin.register(Hashtag)
class HashtagAdmin(admin.ModelAdmin):
    form = HashtagForm
    list_display = ("__str__", "article_count", "alias_of", "is_blocked")
    list_filter = ("is_blocked", ("alias_of", admin.EmptyFieldListFilter))
    list_select_related = ("alias_of",)
    list_per_page = 50
    search_fields = ("slug",)
    ordering = ("-article_count", "slug")
    show_full_result_count = False
    fields = ("name", "description")
    actions = ("merge",)

    def has_delete_permission(self, request: HttpRequest, obj: Hashtag | None = None) -> bool:
        # Blocking or merging keeps the address; deleting would break it.
        return False

    def save_model(self, request: HttpRequest, obj: Hashtag, form: Any, change: bool) -> None:
        made = services.create_hashtag(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        obj.__dict__.update(made.__dict__)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        hashtag = self.get_object(request, object_id)
        if not self.has_view_permission(request, hashtag):
            raise PermissionDenied
        if hashtag is None:
            raise Http404("No such hashtag")
        return of_hashtag(request, hashtag, site=self.admin_site)

    @admin.action(description="Merge the selected hashtags…", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Hashtag]) -> HttpResponse | None:
        """Ask into which one, say what all of it would move, and do it when that is confirmed."""
        chosen = list(queryset.canonical()[: MERGED_AT_ONCE + 1])  # type: ignore[attr-defined]
        if not chosen or len(chosen) > MERGED_AT_ONCE:
            words = (
                f"Choose no more than {MERGED_AT_ONCE}." if chosen else "They are merged already."
            )
            self.message_user(request, words, messages.WARNING)
            return None
        busiest = max(chosen, key=lambda hashtag: hashtag.article_count)
        form = MergeChosenForm(
            request.POST if "into" in request.POST else None,
            hashtags=chosen,
            initial={"into": busiest.name},
        )
        if "seen" in request.POST and "look" not in request.POST:
            if words := form.carry_out(request.POST["seen"], by=request.user):
                self.message_user(request, words, messages.SUCCESS)
                return None
        elif form.is_bound:
            form.look()
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge hashtags",
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/hashtags/hashtag/merge.html", context, status=status
        )


@admin.register(HashtagChange)
class HashtagChangeAdmin(DecidedAdmin):
    """The log of all, the latest first."""

    list_display = ("words", "reason", "made_by", "made_at", "undone_at", "undone_by")
    list_display_links = None
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("made_by", "undone_by")
    search_fields = ("words", "reason")
    ordering = ("-pk",)
    actions = ("undo",)

    @admin.action(description="Undo the selected changes")
    def undo(self, request: HttpRequest, queryset: QuerySet[HashtagChange]) -> None:
        """Undo one after the other, the last first; what is refused says why."""
        chosen = list(queryset.order_by("-pk")[: UNDONE_AT_ONCE + 1])
        if len(chosen) > UNDONE_AT_ONCE:
            self.message_user(request, f"Choose no more than {UNDONE_AT_ONCE}.", messages.WARNING)
            return
        for change in chosen:
            try:
                services.undo_hashtag_change(change, by=request.user)  # type: ignore[arg-type]
            except services.HashtagRefused as refusal:
                self.message_user(request, f"{change}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"Undone: {change}.", messages.SUCCESS)


@admin.register(Suggestion)
class SuggestionAdmin(DecidedAdmin):
    """What waits for an editor, the newest articles first."""

    list_display = ("hashtag", "headline", "publisher", "source", "score", "listed_at")
    list_display_links = None
    list_filter = ("source",)
    list_per_page = 100
    search_fields = ("hashtag__slug",)
    ordering = ("-listed_at", "-article", "place")
    actions = ("accept", "reject")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suggestion]:
        return super().get_queryset(request).waiting()  # type: ignore[attr-defined]

    @admin.display(description="Article")
    def headline(self, link: ArticleHashtag) -> str:
        return link.article.headline

    @admin.display(description="Publisher")
    def publisher(self, link: ArticleHashtag) -> str:
        return str(link.article.publisher or "unknown")

    @admin.action(description="Accept: show them to readers")
    def accept(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> None:
        self._review(request, queryset, services.accept_suggestions, "accepted")

    @admin.action(description="Reject: never suggest them again")
    def reject(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> None:
        self._review(request, queryset, services.reject_suggestions, "rejected")

    def _review(
        self,
        request: HttpRequest,
        queryset: QuerySet[Suggestion],
        service: Callable[..., int],
        done: str,
    ) -> None:
        """
        Decide about the first of them as the list has them; say when there are more.

        Chosen ones that a colleague decided meanwhile are not in the list any more.
        """
        keys = list(queryset.values_list("pk", flat=True)[: REVIEWED_AT_ONCE + 1])
        few = keys[:REVIEWED_AT_ONCE]
        count = service(few, by=request.user)
        chosen = 0
        if request.POST.get("select_across", "0") == "0":
            chosen = len(set(request.POST.getlist(ACTION_CHECKBOX_NAME)))
        more = len(keys) > len(few)
        late = max(len(few), 0 if more else chosen) - count
        words = f"{count} {done}"
        words += ", from the top of the list; choose again for more." if more else "."
        if late:
            words += f" {late} {'was' if late == 1 else 'were'} decided meanwhile."
        self.message_user(request, words, messages.WARNING if more or late else messages.SUCCESS)


add_article_panel(HashtagPanel)
