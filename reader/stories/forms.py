"""What an editor says about a story; each form knows the service that does it."""

from __future__ import annotations

from typing import Any

from django import forms

from reader.articles.models import Article
from reader.articles.places import PlaceField
from reader.deciding import OUTDATED
from reader.stories import services
from reader.stories.models import REASON_MAX_LENGTH, TITLE_MAX_LENGTH, Story


class DecisionForm(forms.Form):
    """A decision and why; subclasses carry it out, and say in words what was done."""

    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=REASON_MAX_LENGTH,
        help_text="For colleagues; it stays with the change.",
    )
    field_order = ("title", "into", "article", "to", "reason")

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story

    def carry_out(self, do: str, *, by: Any) -> str:
        """Do it; where a rule forbids that, say so in the form and return nothing."""
        if not self.is_valid():
            return ""
        try:
            return self.decide(do, {"by": by, "reason": self.cleaned_data["reason"]})
        except services.StoryRefused as refusal:
            self.add_error(None, str(refusal))
            return ""

    def decide(self, do: str, decision: dict[str, Any]) -> str:
        raise NotImplementedError


class RenameForm(DecisionForm):
    title = forms.CharField(
        required=False,
        max_length=TITLE_MAX_LENGTH,
        help_text="Empty shows the headline of the earliest article.",
    )

    def decide(self, do: str, decision: dict[str, Any]) -> str:
        title = self.cleaned_data["title"]
        return services.rename_story(self.story, title=title, **decision).words


class LockForm(DecisionForm):
    def decide(self, do: str, decision: dict[str, Any]) -> str:
        turn = services.lock_story if do == "lock" else services.unlock_story
        return turn(self.story, **decision).words


class MergeForm(DecisionForm):
    into = PlaceField(
        path="stories",
        what="story",
        rows=Story.objects.all,
        label="Merge into story",
    )

    def decide(self, do: str, decision: dict[str, Any]) -> str:
        into = self.cleaned_data["into"]
        return services.merge_stories(self.story, into=into, **decision).words


class PutInForm(DecisionForm):
    article = PlaceField(
        path="articles",
        what="article",
        rows=Article.objects.for_list,
        label="Article",
    )

    def decide(self, do: str, decision: dict[str, Any]) -> str:
        article = self.cleaned_data["article"]
        return services.move_article(article, story=self.story, **decision).words


class ChosenForm(DecisionForm):
    """What is to become of the articles that are ticked."""

    articles = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Tick the articles that this is about.",
            "invalid_choice": OUTDATED,
        },
    )
    to = PlaceField(
        path="stories",
        what="story",
        rows=Story.objects.all,
        label="Other story",
        required=False,
        empty_value="",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(self.story.members.for_desk())
        self.fields["articles"].choices = [(row.pk, row.pk) for row in self.members]

    def clean_articles(self) -> list[Article]:
        wanted = set(self.cleaned_data["articles"])
        return [member.article for member in self.members if member.pk in wanted]

    def decide(self, do: str, decision: dict[str, Any]) -> str:
        articles, target = self.cleaned_data["articles"], self.cleaned_data["to"]
        if do == "split":
            ids = [article.pk for article in articles]
            new = services.split_story(self.story, article_ids=ids, **decision)
            return f"Story {new.pk} has {len(ids)} of the articles now."
        if do == "move" and target is None:
            self.add_error("to", "Say to which story.")
            return ""
        story = target if do == "move" else None
        moved = services.move_articles(articles, story=story, out_of=self.story, **decision)
        return moved.words

    @property
    def chosen(self) -> set[str]:
        return set(self.data.getlist("articles")) if self.is_bound else set()


class MergeChosenForm(forms.Form):
    """Into which of some stories the others go."""

    into = forms.ModelChoiceField(
        Story.objects.none(), label="Merge into", widget=forms.RadioSelect, empty_label=None
    )
    reason = DecisionForm.base_fields["reason"]

    def __init__(self, *args: Any, stories: list[Story], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Story.objects.with_headline().filter(pk__in=[one.pk for one in stories])
        self.fields["into"].queryset = chosen


FORMS: dict[str, type[DecisionForm]] = {
    "rename": RenameForm,
    "lock": LockForm,
    "unlock": LockForm,
    "merge": MergeForm,
    "put_in": PutInForm,
    "split": ChosenForm,
    "take_out": ChosenForm,
    "move": ChosenForm,
}
