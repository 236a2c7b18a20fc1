from django import forms
from django.utils.translation import gettext_lazy

from comments.moderation.models import Report


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
