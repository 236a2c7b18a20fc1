"""One event as several publishers tell it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reader.http import render_page_or_part
from reader.keyset import BadCursor, Page, keyset_page
from reader.stories.days import by_day
from reader.stories.models import Story, StoryMember

TIMELINE_SIZE = 30


@require_safe
def story_detail(request: HttpRequest, story_id: int, slug: str = "") -> HttpResponse:
    """Show a story's articles, newest first; a merged story moves on to what it is part of."""
    story, told = shown_story(story_id)
    if (story.pk, story.slug) != (story_id, slug):
        return redirect(story, permanent=True)
    page = timeline(request, story)
    named_after = StoryMember.objects.earliest_of(story)
    context = {
        "story": story,
        "heading": story.title or named_after.headline,
        "named_after": named_after,
        "told": told,
        "page": page,
        "days": by_day(page.items),
    }
    return render_page_or_part(
        request, "stories/story_detail.html", "stories/_timeline.html", context
    )


def shown_story(story_id: int) -> tuple[Story, dict[str, int]]:
    """Find the story that an address leads to, and what there is to be told of it."""
    story = Story.objects.at(story_id)
    told = StoryMember.objects.told_of(story) if story else None
    if story is None or told is None:
        raise Http404("No such story")
    return story, told


def timeline(request: HttpRequest, story: Story) -> Page:
    """Load the page of a story's articles that the address asks for."""
    try:
        page = keyset_page(
            StoryMember.objects.timeline_of(story),
            after=request.GET.get("after"),
            fields=("-listed_at", "-article_id"),
            size=TIMELINE_SIZE,
        )
    except BadCursor as problem:
        raise Http404("No such page") from problem
    return Page([member.article for member in page.items], page.next_cursor)
