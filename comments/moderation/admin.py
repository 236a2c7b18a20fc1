"""Comments, reports and the log of decisions at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from comments.moderation import services
from comments.moderation.forms import DecisionForm, ReasonActionForm
from comments.moderation.models import ModerationAction, Report
from comments.threads.models import Comment
from comments.threads.services import CommentRefused
from reader.logged import LoggedAdmin

Kind = ModerationAction.Kind
DECISIONS: dict[str, Callable[..., Any]] = {
    Kind.APPROVE: services.approve_comment,
    Kind.HOLD: services.hold_comment,
    Kind.REMOVE: services.remove_comment,
    Kind.RESTORE: services.restore_comment,
}


def shown_words(comment: Comment) -> str:
    """Give what a comment says; what is withdrawn is for its author alone."""
    if comment.status == Comment.Status.WITHDRAWN:
        return f"({comment.get_status_display()})"
    return comment.body_src


def in_short(comment: Comment, length: int) -> str:
    return Truncator(" ".join(shown_words(comment).split())).chars(length) or "(empty)"


class LatestPaginator(Paginator):
    """The pages that somebody turns; nobody waits for a count of all there is."""

    rows = 5000

    @cached_property
    def count(self) -> int:
        counted: int = self.object_list.order_by()[: self.rows].count()
        return counted


class ReportedFilter(admin.SimpleListFilter):
    title = "reports"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Reported, undecided")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "open":
            return queryset
        return queryset.filter(pk__in=Report.objects.unresolved().values("comment_id"))


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    form = DecisionForm
    action_form = ReasonActionForm
    list_display = ("words", "writer", "article_link", "state", "created_at")
    list_filter = ("status", ReportedFilter)
    list_select_related = ("article", "author")
    list_per_page = 50
    paginator = LatestPaginator
    search_fields = ("body_src",)
    ordering = ("-id",)
    show_full_result_count = False
    actions = ("approve", "remove", "pick", "unpick")
    readonly_fields = ("text", "writer", "article_link", "state", "created_at", "reports", "log")
    fieldsets = (
        (None, {"fields": ("text", "writer", "article_link", "state", "created_at")}),
        ("Decision", {"fields": ("reports", "log", "decision", "reason", "revision_no")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        if search_term:
            queryset = queryset.exclude(status=Comment.Status.WITHDRAWN)
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # An address that asks for words would find withdrawn ones, too.
        return not lookup.startswith("body") and super().lookup_allowed(lookup, value, request)

    @admin.display(description="Comment")
    def words(self, comment: Comment) -> str:
        return in_short(comment, 90)

    @admin.display(description="Text")
    def text(self, comment: Comment) -> SafeString:
        return format_html('<div class="desk-words" dir="auto">{}</div>', shown_words(comment))

    @admin.display(description="Writer")
    def writer(self, comment: Comment) -> str:
        return comment.author_label

    @admin.display(description="Article")
    def article_link(self, comment: Comment) -> SafeString:
        address = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
        return format_html('<a href="{}">{}</a>', address, comment.article.headline)

    @admin.display(description="State", ordering="status")
    def state(self, comment: Comment) -> SafeString:
        kind = "shown" if comment.status == Comment.Status.PUBLISHED else comment.status
        return format_html(
            '<span class="desk-state desk-state--{}">{}</span>', kind, comment.get_status_display()
        )

    @admin.display(description="Reports")
    def reports(self, comment: Comment) -> SafeString | str:
        rows = [
            (
                f"{timezone.localtime(report.created_at):%d %b %Y %H:%M}",
                report.get_reason_display(),
                report.note,
            )
            for report in Report.objects.about(comment).unresolved()[:50]
        ]
        listed = format_html_join("\n", "{}: {} {}", rows)
        return format_html('<div class="desk-words">{}</div>', listed) if rows else "None open."

    @admin.display(description="Decided so far")
    def log(self, comment: Comment) -> SafeString | str:
        rows = [
            (
                f"{timezone.localtime(action.at):%d %b %Y %H:%M}",
                action.get_kind_display(),
                action.moderator or "somebody who left",
                action.reason,
            )
            for action in ModerationAction.objects.about(comment)[:20]
        ]
        listed = format_html_join("\n", "{}: {} by {}. {}", rows)
        return format_html('<div class="desk-words">{}</div>', listed) if rows else "Nothing yet."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        # Removing leaves a trace and keeps the replies; deleting would not.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return request.user.has_perm("moderation.moderate")

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        kind = form.cleaned_data["decision"]
        if kind:
            self._decide(
                request,
                obj,
                kind,
                reason=form.cleaned_data["reason"],
                revision_no=form.cleaned_data["revision_no"],
            )

    def response_change(self, request: HttpRequest, obj: Comment) -> HttpResponse:
        # The decision has said what it did; Django's «was changed» would only repeat it.
        return self.response_post_save_change(request, obj)

    @admin.action(description="Approve the selected comments")
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        for comment in queryset:
            self._decide(request, comment, Kind.APPROVE, reason=request.POST.get("reason", ""))

    @admin.action(description="Remove the selected comments (give a reason)")
    def remove(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, "Say why they are removed.", messages.ERROR)
            return
        for comment in queryset:
            self._decide(request, comment, Kind.REMOVE, reason=reason)

    @admin.action(description="Pick the selected comments", permissions=["pick"])
    def pick(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._pick(request, queryset, is_picked=True)

    @admin.action(description="No longer pick the selected comments", permissions=["pick"])
    def unpick(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._pick(request, queryset, is_picked=False)

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("threads.pick_comment")

    def _pick(self, request: HttpRequest, comments: QuerySet[Comment], *, is_picked: bool) -> None:
        for comment in comments:
            try:
                services.pick_comment(comment, by=request.user, is_picked=is_picked)
            except CommentRefused as refusal:
                self.message_user(request, f"{comment}: {refusal}", messages.ERROR)
            else:
                words = "Picked" if is_picked else "No longer picked"
                self.message_user(request, f"{words}: {comment}.", messages.SUCCESS)

    def _decide(
        self,
        request: HttpRequest,
        comment: Comment,
        kind: str,
        *,
        reason: str,
        revision_no: int | None = None,
    ) -> None:
        try:
            DECISIONS[kind](
                comment, moderator=request.user, reason=reason.strip(), revision_no=revision_no
            )
        except services.DecisionRefused as refusal:
            self.message_user(request, f"{comment}: {refusal}", messages.ERROR)
        else:
            words = Kind(kind).label
            self.message_user(request, f"{words}: {comment}.", messages.SUCCESS)


class LatestAdmin(LoggedAdmin):
    paginator = LatestPaginator


@admin.register(Report)
class ReportAdmin(LatestAdmin):
    list_display = ("reason", "comment_link", "note", "created_at", "decided")
    list_filter = ("reason", ("resolved_by", admin.EmptyFieldListFilter))
    list_select_related = ("comment__author", "resolved_by")
    ordering = ("-id",)

    @admin.display(description="Comment")
    def comment_link(self, report: Report) -> SafeString:
        address = reverse("admin:threads_comment_change", args=[report.comment_id])
        return format_html('<a href="{}">{}</a>', address, in_short(report.comment, 60))

    @admin.display(description="Decided", boolean=True)
    def decided(self, report: Report) -> bool:
        return report.resolved_by_id is not None


@admin.register(ModerationAction)
class ModerationActionAdmin(LatestAdmin):
    list_display = ("kind", "comment_link", "moderator", "reason", "at")
    list_filter = ("kind",)
    list_select_related = ("comment__author", "moderator")
    ordering = ("-id",)

    @admin.display(description="Comment")
    def comment_link(self, action: ModerationAction) -> SafeString:
        address = reverse("admin:threads_comment_change", args=[action.comment_id])
        return format_html('<a href="{}">{}</a>', address, action.comment)
