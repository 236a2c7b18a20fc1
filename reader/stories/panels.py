"""The story of an article, on the article's page at the desk; saved along with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from reader.articles.models import Article
from reader.articles.panels import ArticlePanel, PanelFormSet, SeenField
from reader.articles.places import PlaceField
from reader.stories import services
from reader.stories.forms import DecisionForm
from reader.stories.models import Story, StoryMember
from reader.stories.services.writing import lock_placement

# Of a long story so many are named; its own page has all of them.
OTHERS_SHOWN = 10


class ArticlePlaceForm(forms.ModelForm):
    """Where an article belongs, as an editor says; without an answer it stays where it is."""

    seen = SeenField(required=False)
    do = forms.ChoiceField(label="What to do", required=False)
    to = PlaceField(
        path="stories",
        what="story",
        rows=Story.objects.current,
        label="Story to put it into",
        required=False,
        empty_value="",
    )
    beside = PlaceField(
        path="articles",
        what="article",
        rows=Article.objects.for_list,
        label="Article to begin one with",
        required=False,
        empty_value="",
    )
    reason = DecisionForm.base_fields["reason"]

    class Meta:
        model = StoryMember
        fields = ()

    def __init__(self, *args: Any, member: StoryMember | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["seen"].initial = self.now = str(member.story_id) if member else ""
        there = [("take_out", "Take it out"), ("put", "Put it into another story")]
        field: Any = self.fields["do"]
        field.choices = [
            ("", "Leave it where it is"),
            *(there if member else [("put", "Put it into a story")]),
            ("begin", "Begin a story with another article"),
        ]

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or {}
        do, to, beside = (wanted.get(name) for name in ("do", "to", "beside"))
        if wanted.get("seen") != self.now and self.has_changed():
            self.take_as_seen()
            self.add_error("do", "It was moved while this page was open. Look again.")
        if "do" in self.errors:
            return wanted
        if not do and self.has_changed():
            self.add_error("do", "Say what is to happen.")
        if do == "put" and to is None and "to" not in self.errors:
            self.add_error("to", "Say into which story.")
        if do == "begin" and "beside" not in self.errors:
            if beside is None:
                self.add_error("beside", "Say with which article.")
            elif beside.pk == self.instance.article_id:
                self.add_error("beside", "A story begins with two different articles.")
        return wanted

    def take_as_seen(self) -> None:
        """The page that says so shows the place of now; what is sent from there is about that."""
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("seen")] = self.now
        self.data = data

    def carry_out(self, article: Article, *, by: Any) -> None:
        wanted = self.cleaned_data
        decision = {"by": by, "reason": wanted["reason"]}
        if wanted["do"] == "begin":
            services.begin_story_with([article, wanted["beside"]], **decision)
        else:
            story = wanted["to"] if wanted["do"] == "put" else None
            services.move_article(article, story=story, **decision)

    def validate_unique(self) -> None:
        """The services write the row; this instance never reaches the database."""

    def validate_constraints(self) -> None:
        """As above."""


class StoryFormSet(PanelFormSet):
    """One form, whether the article is in a story or not."""

    @cached_property
    def member(self) -> StoryMember | None:
        return StoryMember.objects.place_of(self.instance)

    @cached_property
    def story(self) -> Story | None:
        if self.member is None:
            return None
        return Story.objects.for_desk().filter(pk=self.member.story_id).first()

    @cached_property
    def others(self) -> list[StoryMember]:
        """The latest of the story's other articles, hidden ones too."""
        if self.story is None:
            return []
        others = self.story.members.for_desk().exclude(article=self.instance)
        return list(others[:OTHERS_SHOWN])

    @property
    def further(self) -> int:
        return self.story.article_count - 1 - len(self.others) if self.story else 0

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "member": self.member}

    def add_fields(self, form: Any, index: int | None) -> None:
        # Not as in a table: each field has a label of its own here.
        super(PanelFormSet, self).add_fields(form, index)

    def prepare(self) -> None:
        # Stories before articles, as everybody who changes stories. What is checked then holds.
        if any(form.has_changed() for form in self.forms):
            lock_placement()

    def named_articles(self) -> set[int]:
        field: Any = ArticlePlaceForm.base_fields["beside"]
        named = (field.number_in(form["beside"].value() or "") for form in self.forms)
        return {number for number in named if number}

    def save_row(self, form: Any, *, by: Any) -> None:
        form.carry_out(self.instance, by=by)


class StoryPanel(ArticlePanel):
    class Media:
        css = {"all": ["desk/decisions.css", "desk/stories.css"]}

    template = "admin/stories/panel.html"
    model = StoryMember
    fk_name = "article"
    form = ArticlePlaceForm
    formset = StoryFormSet
    verbose_name_plural = "Story"
    fields = ("seen", "do", "to", "beside", "reason")
    max_num = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("stories.change_story")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoryMember]:
        # The form is about what becomes of the row, whether there is one or not.
        return StoryMember.objects.none()
