"""What an editor says about a hashtag; each form knows its dry run and the service that does it."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from reader.articles.models import Publisher
from reader.hashtags import services
from reader.hashtags.decisions import DecisionForm, OneHashtagForm
from reader.hashtags.models import Hashtag, validate_name
from reader.hashtags.naming import NAME_MAX_LENGTH
from reader.hashtags.outcomes import Outcome, counted, named

# A longer list is what words, a publisher or days are for.
IDS_MAX_LENGTH = 10_000
IDS = re.compile(r"[\s,;#]*(?:[1-9][0-9]{0,17}[\s,;#]*)*")


class HashtagNameField(forms.CharField):
    """A hashtag as typed, with or without the #."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_MAX_LENGTH, validators=[validate_name], **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean((value or "").strip().lstrip("#"))


class KnownHashtagField(HashtagNameField):
    """One that there is, by its name or by one of its other names."""

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        found = Hashtag.objects.called(name).first()
        if found is None:
            raise forms.ValidationError(f"There is no hashtag #{name}.")
        return found.meant


class RenameForm(OneHashtagForm):
    name = HashtagNameField(
        label="New name",
        help_text="The old name becomes an alias, so that its address still leads here.",
    )

    def clean_name(self) -> str:
        """Refuse a name that another hashtag has; an alias of this one may take its place."""
        name: str = self.cleaned_data["name"]
        other = Hashtag.objects.with_name(name).exclude(pk=self.hashtag.pk).first()
        if other is not None and other.alias_of_id != self.hashtag.pk:
            raise forms.ValidationError(f"There is {other} already. Merge the two instead.")
        return name

    @property
    def told(self) -> str:
        old = (
            "the old name becomes an alias"
            if self.outcome and self.outcome.aliases
            else "no alias is made"
        )
        return f"{counted(self.hashtag.article_count)} under the new name; {old}"

    def plan(self) -> Outcome:
        return services.plan_rename(self.hashtag, name=self.cleaned_data["name"])

    def decide(self, decision: dict[str, Any]) -> str:
        renamed = services.rename_hashtag(self.hashtag, name=self.cleaned_data["name"], **decision)
        return f"It is called {renamed} now."


class MergeForm(OneHashtagForm):
    into = KnownHashtagField(
        label="Merge into",
        help_text="The name of a hashtag that there is; this one becomes an alias.",
    )

    def clean_into(self) -> Hashtag:
        into: Hashtag = self.cleaned_data["into"]
        if into == self.hashtag:
            raise forms.ValidationError("That is this one.")
        return into

    def plan(self) -> Outcome:
        return services.plan_merge(self.hashtag, self.cleaned_data["into"])

    def decide(self, decision: dict[str, Any]) -> str:
        into = self.cleaned_data["into"]
        done = services.merge_hashtags(self.hashtag, into, **decision)
        return f"{self.hashtag} now means {into}; {done.outcome.words}."


class AliasForm(OneHashtagForm):
    name = HashtagNameField(
        label="Another spelling or name",
        help_text="A hashtag that has this name already is merged into this one.",
    )

    @property
    def told(self) -> str:
        known = Hashtag.objects.with_name(self.cleaned_data["name"]).first()
        return super().told if known else "a new alias, and no article moves"

    def plan(self) -> Outcome:
        return services.plan_alias(self.cleaned_data["name"], of=self.hashtag)

    def decide(self, decision: dict[str, Any]) -> str:
        name = self.cleaned_data["name"]
        alias = services.alias_hashtag(name, of=self.hashtag, **decision)
        return f"{alias} means {self.hashtag} now."


class SplitForm(OneHashtagForm):
    into = HashtagNameField(
        label="Give them the hashtag", help_text="A new name, or a hashtag that there is."
    )
    words = forms.CharField(
        required=False,
        max_length=200,
        label="With these words",
        help_text="Each of them in the title or the standfirst.",
    )
    publisher = forms.ModelChoiceField(
        Publisher.objects.order_by("name"), required=False, empty_label="Any publisher"
    )
    since = forms.DateField(
        required=False, label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False,
        label="Before",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day itself is not among them.",
    )
    articles = forms.CharField(
        required=False,
        max_length=IDS_MAX_LENGTH,
        label="Or exactly these articles",
        help_text="Their numbers. All that you fill in must fit.",
    )

    def clean_articles(self) -> tuple[int, ...]:
        typed = self.cleaned_data["articles"]
        if not IDS.fullmatch(typed):
            raise forms.ValidationError("Write the numbers of articles, such as 12 15 20.")
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", typed)))

    @property
    def choice(self) -> services.Choice:
        typed = self.cleaned_data
        return services.Choice(
            article_ids=typed["articles"],
            words=typed["words"],
            publisher=typed["publisher"],
            since=_begin_of(typed["since"]),
            until=_begin_of(typed["until"]),
        )

    def plan(self) -> Outcome:
        return services.plan_split(self.hashtag, self.choice, into=self.cleaned_data["into"])

    def decide(self, decision: dict[str, Any]) -> str:
        into = self.cleaned_data["into"]
        done = services.split_hashtag(self.hashtag, self.choice, into=into, **decision)
        return f"{done.words}: {done.outcome.words}."


class BlockForm(OneHashtagForm):
    @property
    def told(self) -> str:
        if self.outcome is None:
            return ""
        verb = "show" if self.hashtag.is_blocked else "hide"
        names = f", with {named(self.outcome.aliases)}" if self.outcome.aliases else ""
        return f"{verb} it on {counted(self.outcome.articles)}{names}"

    def plan(self) -> Outcome:
        return services.plan_block(self.hashtag)

    def decide(self, decision: dict[str, Any]) -> str:
        is_blocked = self.hashtag.is_blocked
        turn = services.unblock_hashtag if is_blocked else services.block_hashtag
        turn(self.hashtag, **decision)
        return f"{self.hashtag} is {'shown again' if is_blocked else 'blocked'}."


class DescribeForm(forms.Form):
    description = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers see it on the hashtag’s page.",
    )


class MergeChosenForm(DecisionForm):
    """Into which hashtag some others go, all together."""

    into = KnownHashtagField(
        label="Merge into", help_text="The name of a hashtag, one of these or another."
    )

    @property
    def sources(self) -> list[Hashtag]:
        return [hashtag for hashtag in self.hashtags if hashtag != self.cleaned_data["into"]]

    def clean(self) -> None:
        if "into" in self.cleaned_data and not self.sources:
            self.add_error("into", f"{self.cleaned_data['into']} is the only one selected.")

    def plan(self) -> Outcome:
        return services.plan_merges(self.sources, self.cleaned_data["into"])

    def decide(self, decision: dict[str, Any]) -> str:
        into, sources = self.cleaned_data["into"], self.sources
        outcome = services.merge_all_hashtags(sources, into, **decision)
        names = ", ".join(str(source) for source in sources)
        return f"{names} now mean{'s' if len(sources) == 1 else ''} {into}; {outcome.words}."


FORMS: dict[str, type[OneHashtagForm]] = {
    "rename": RenameForm,
    "merge": MergeForm,
    "alias": AliasForm,
    "split": SplitForm,
    "block": BlockForm,
}


def _begin_of(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
