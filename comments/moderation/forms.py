from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy

from comments.moderation.models import ModerationAction, Report
from comments.threads.models import Comment

Kind = ModerationAction.Kind
REASON_MAX_LENGTH = ModerationAction._meta.get_field("reason").max_length


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        choices=Report.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what is wrong with it.")},
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # How long a note may be, and of what, is for the service to say.
        self.fields["note"].validators = []

    @property
    def first_error(self) -> str:
        return next((errors[0] for errors in self.errors.values()), "")


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
