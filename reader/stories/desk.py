"""One story at the desk: its articles, what editors decided, and what they decide now."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reader.articles.models import Article
from reader.articles.places import NUMBER
from reader.deciding import answer_decision, say_or_refuse
from reader.stories import services
from reader.stories.forms import (
    FORMS,
    ChosenForm,
    DecisionForm,
    LockForm,
    MergeForm,
    PutInForm,
    RenameForm,
)
from reader.stories.models import Story, StoryChange

LOG_SIZE = 30


def of_story(request: HttpRequest, story: Story, *, site: AdminSite) -> HttpResponse:
    """Show a story with its log; carry out what the editor decides about it."""
    may_change = request.user.has_perm("stories.change_story")
    forms = {
        "rename": RenameForm(story=story, auto_id="rename-%s", initial={"title": story.title}),
        "lock": LockForm(story=story, auto_id="lock-%s"),
        "merge": MergeForm(story=story, auto_id="merge-%s"),
        "put_in": PutInForm(story=story, auto_id="put-in-%s"),
        "chosen": ChosenForm(story=story, auto_id="chosen-%s"),
    }

    def decide(do: str, what: str) -> str:
        if not may_change:
            raise PermissionDenied
        if do not in FORMS:
            act = partial(_change, story, do, what, by=request.user)
            return say_or_refuse(request, act, services.StoryRefused)
        name = next(name for name, form in forms.items() if type(form) is FORMS[do])
        filled = FORMS[do](request.POST, story=story, auto_id=forms[name].auto_id)
        words, forms[name] = filled.carry_out(do, by=request.user), filled
        return words

    return answer_decision(
        request,
        "admin/stories/story/of_story.html",
        decide=decide,
        context=lambda: {
            **site.each_context(request),
            **_page_of(story, forms),
            "may_change": may_change,
        },
    )


def _change(story: Story, do: str, what: str, *, by: Any) -> str:
    """Undo, or let in again; say what was done, or nothing when it could not be."""
    if do == "undo" and NUMBER.fullmatch(what):
        change = story.changes.filter(pk=what).first()
        if change is not None:
            services.undo_story_change(change, by=by)
            return f"Undone: {change.words}."
    if do == "put_back" and NUMBER.fullmatch(what):
        article = Article.objects.for_list().filter(pk=what).first()
        if article is not None:
            return services.move_article(article, story=story, by=by).words
    return ""


def _page_of(story: Story, forms: dict[str, DecisionForm]) -> dict[str, Any]:
    log = list(StoryChange.objects.of_story(story).for_desk()[:LOG_SIZE])
    return {
        "title": "Story",
        "subtitle": story.name,
        "story": story,
        "forms": forms,
        "members": forms["chosen"].members,  # type: ignore[attr-defined]
        "exclusions": story.exclusions.for_desk(),
        "log": log,
        "untouched": "No editor has changed this story, or all of it was undone.",
        "last": next((change for change in log if change.undone_at is None), None),
        "list_url": reverse("admin:stories_story_changelist"),
    }
