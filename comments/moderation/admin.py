"""Comments, reports and the log of decisions at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from comments.moderation import services
from comments.moderation.models import ModerationAction, Report
from comments.threads.models import Comment
from comments.threads.services import CommentRefused

Kind = ModerationAction.Kind
DECISIONS: dict[str, Callable[..., Any]] = {
    Kind.APPROVE: services.approve_comment,
    Kind.HOLD: services.hold_comment,
    Kind.REMOVE: services.remove_comment,
    Kind.RESTORE: services.restore_comment,
}
REASON_MAX_LENGTH = ModerationAction._meta.get_field("reason").max_length


class DecisionForm(forms.ModelForm):
    decision = forms.ChoiceField(
        choices=[
            ("", "Leave it as it is"),
            (Kind.APPROVE, "Approve"),
            (Kind.HOLD, "Hold back"),
            (Kind.REMOVE, "Remove"),
            (Kind.RESTORE, "Restore"),
        ],
        required=False,
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="Kept in the log. A removal needs one.",
    )
    # The words that were on the screen: a decision about others is refused.
    revision_no = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Comment
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision_no"].initial = self.instance.revision_no

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Kind.REMOVE and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it is removed.")
        return cleaned


class ReasonActionForm(ActionForm):
    reason = forms.CharField(required=False, max_length=REASON_MAX_LENGTH)


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
    list_filter = ("status", ReportedFilter, "is_picked")
    list_select_related = ("article", "author")
    list_per_page = 50
    search_fields = ("body_src",)
    ordering = ("-id",)
    show_full_result_count = False
    actions = ("approve", "remove", "pick", "unpick")
    readonly_fields = ("text", "writer", "article_link", "state", "created_at", "reports", "log")
    fieldsets = (
        (None, {"fields": ("text", "writer", "article_link", "state", "created_at")}),
        ("Decision", {"fields": ("reports", "log", "decision", "reason", "revision_no")}),
    )

    @admin.display(description="Comment")
    def words(self, comment: Comment) -> str:
        return Truncator(" ".join(comment.body_src.split())).chars(90) or "(empty)"

    @admin.display(description="Text")
    def text(self, comment: Comment) -> SafeString:
        return format_html('<div class="desk-words" dir="auto">{}</div>', comment.body_src)

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


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list to read; nothing in it is added, changed or deleted here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("reason", "comment_link", "note", "created_at", "decided")
    list_filter = ("reason", ("resolved_by", admin.EmptyFieldListFilter))
    list_select_related = ("comment__author", "resolved_by")
    ordering = ("-id",)

    @admin.display(description="Comment")
    def comment_link(self, report: Report) -> SafeString:
        address = reverse("admin:threads_comment_change", args=[report.comment_id])
        words = Truncator(" ".join(report.comment.body_src.split())).chars(60) or "(empty)"
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description="Decided", boolean=True)
    def decided(self, report: Report) -> bool:
        return report.resolved_by_id is not None


@admin.register(ModerationAction)
class ModerationActionAdmin(ReadOnlyAdmin):
    list_display = ("kind", "comment_link", "moderator", "reason", "at")
    list_filter = ("kind",)
    list_select_related = ("comment__author", "moderator")
    ordering = ("-id",)

    @admin.display(description="Comment")
    def comment_link(self, action: ModerationAction) -> SafeString:
        address = reverse("admin:threads_comment_change", args=[action.comment_id])
        return format_html('<a href="{}">{}</a>', address, action.comment)
