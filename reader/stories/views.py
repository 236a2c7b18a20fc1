"""One event as several publishers tell it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reader.articles.models import Article, slug_for
from reader.http import moved, render_page_or_part, wants_part
from reader.keyset import BadCursor, Page, keyset_page
from reader.stories.days import by_day
from reader.stories.models import Story, StoryMember

TIMELINE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A story as far as readers may see it, at this moment."""

    story: Story
    told: dict[str, int]
    named_after: Article

    @property
    def heading(self) -> str:
        return self.story.title or self.named_after.headline

    @property
    def address(self) -> tuple[int, str]:
        return self.story.pk, slug_for(self.heading, "story")


@require_safe
def story_detail(request: HttpRequest, story_id: int, slug: str = "") -> HttpResponse:
    """Show a story's articles, newest first; a merged story moves on to what it is part of."""
    shown = shown_story(story_id)
    if shown.address != (story_id, slug):
        return moved(request, "stories:story_detail", *shown.address)
    page = timeline(request, shown.story)
    before = None
    if request.GET.get("after") and page.items:
        before = StoryMember.objects.just_above(shown.story, page.items[0])
    context = {
        "story": shown.story,
        "slug": slug,
        "heading": shown.heading,
        "named_after": shown.named_after,
        "told": shown.told,
        "page": page,
        "days": by_day(page.items, before=before),
        "is_part": wants_part(request),
    }
    return render_page_or_part(
        request, "stories/story_detail.html", "stories/_timeline.html", context
    )


def shown_story(story_id: int) -> Shown:
    """Find the story that an address leads to, and what there is to be told of it."""
    story = Story.objects.at(story_id)
    told = StoryMember.objects.told_of(story) if story else None
    # Its last article may go while we look.
    named_after = StoryMember.objects.earliest_of(story) if story and told else None
    if story is None or told is None or named_after is None:
        raise Http404("No such story")
    return Shown(story, told, named_after)


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
