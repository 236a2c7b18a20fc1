"""What people may send. The rules, and the sentences that tell them, are in the services."""

from django import forms
from django.utils.translation import gettext_lazy

from comments.threads.models import Comment
from comments.threads.services import CommentRefused
from comments.threads.tree import MAX_SEQ

PARENT_GONE = gettext_lazy("This comment can no longer be answered.")
LOGGED_OUT = gettext_lazy("You were logged out. Log in and your comment will be waiting.")
# Where a refusal is shown; the others concern the whole form.
FIELD_OF_CODE = {"empty": "text", "too_long": "text", "characters": "text", "name": "name"}


class RefusableForm(forms.Form):
    """What somebody wrote; its data says as `writer` who the page was drawn for."""

    # As typed: the service says what is too much, and stores the rest unchanged.
    text = forms.CharField(required=False, strip=False)
    refusal: CommentRefused | None = None

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        # Which characters are refused is for the service to say.
        self.fields["text"].validators = []

    def clean(self):
        """Refuse words of somebody who is no longer the reader; they must not become a guest's."""
        if self.is_logged_out:
            self.refuse(CommentRefused(str(LOGGED_OUT), "logged_out"))

    @property
    def is_logged_out(self) -> bool:
        writer = self.data.get("writer", "")
        return bool(writer) and writer != str(getattr(self.person, "pk", ""))

    def refuse(self, refusal: CommentRefused) -> None:
        """Show a refusal where it belongs; the words stay in the form."""
        self.refusal = refusal
        field = FIELD_OF_CODE.get(refusal.code)
        self.add_error(field if field in self.fields else None, str(refusal))

    @property
    def first_error(self) -> str:
        return next((errors[0] for errors in self.errors.values()), "")


class CommentForm(RefusableForm):
    """A comment or a reply. Readers with an account are not asked for a name."""

    name = forms.CharField(required=False)
    parent = forms.ModelChoiceField(
        Comment.objects.none(), required=False, error_messages={"invalid_choice": PARENT_GONE}
    )

    def __init__(self, *args, article, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators = []
        self.fields["parent"].queryset = Comment.objects.for_action().in_thread(article.pk)

    @property
    def key(self) -> str:
        """Which form of the page these words belong to: the number it answers, or `new`."""
        number = self.data.get("parent", "")
        return number if number.isascii() and number.isdigit() and len(number) < 19 else "new"

    @property
    def refusals(self) -> list[str]:
        return [*self.non_field_errors(), *self.errors.get("parent", [])]


class EditForm(RefusableForm):
    """New words for a comment."""


class VoteForm(forms.Form):
    value = forms.TypedChoiceField(coerce=int, choices=[(-1, "against"), (0, "none"), (1, "for")])


class ReadForm(forms.Form):
    """How far the reader has come: what was there when the page was drawn."""

    up_to = forms.IntegerField(min_value=0, max_value=MAX_SEQ)
