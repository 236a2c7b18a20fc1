"""Stories at the desk: the list, merging from it, and the page of each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from reader.articles.panels import add_article_panel
from reader.stories import services
from reader.stories.desk import of_story
from reader.stories.forms import MergeChosenForm
from reader.stories.models import Story
from reader.stories.panels import StoryPanel

add_article_panel(StoryPanel)


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):
    list_display = ("headline", "article_count", "first_at", "last_at", "is_locked", "merged_into")
    list_filter = ("is_locked", ("merged_into", admin.EmptyFieldListFilter))
    list_per_page = 50
    search_fields = ("title", "slug")
    search_help_text = "Words of an editor’s title or of the headline a story is named after."
    ordering = ("-last_at", "-id")
    show_full_result_count = False
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).for_desk()

    @admin.display(description="Story")
    def headline(self, story: Story) -> str:
        return story.name

    def has_add_permission(self, request: HttpRequest) -> bool:
        # The machine begins stories; an editor splits one off another.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        # Merging keeps the address; deleting would break it.
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        story = self.get_object(request, object_id or "")
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        if story is None:
            raise Http404("No such story")
        return of_story(request, story, site=self.admin_site)

    @admin.action(description="Merge the selected stories…", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Story]) -> HttpResponse | None:
        """Ask into which one, and do it."""
        chosen = [story for story in queryset if story.merged_into_id is None]
        if len(chosen) < 2:
            self.message_user(request, "Choose two or more that are not merged.", messages.WARNING)
            return None
        form = MergeChosenForm(
            request.POST if "into" in request.POST else None,
            stories=chosen,
            initial={"into": max(chosen, key=lambda story: story.article_count).pk},
        )
        if form.is_valid():
            target = form.cleaned_data["into"]
            for story in chosen:
                if story != target:
                    self._merge(request, story, target, form.cleaned_data["reason"])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge stories",
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
        }
        return TemplateResponse(request, "admin/stories/story/merge.html", context)

    def _merge(self, request: HttpRequest, story: Story, target: Story, reason: str) -> None:
        try:
            change = services.merge_stories(story, into=target, by=request.user, reason=reason)
        except services.StoryRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, f"{change.words}.", messages.SUCCESS)
