"""One story's newest articles as a feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.feeds import answer_articles
from reader.http import moved
from reader.stories.views import shown_story, timeline


@require_safe
@conditional_page
def story_feed(request: HttpRequest, story_id: int, slug: str, form: str) -> HttpResponse:
    """A story's newest articles; the feed of a merged story moves on."""
    shown = shown_story(story_id)
    if shown.address != (story_id, slug):
        return moved(request, "stories:story_feed", *shown.address, form)
    return answer_articles(
        request,
        form,
        title=f"{shown.heading} · {settings.SITE_NAME}",
        path=reverse("stories:story_detail", args=shown.address),
        page=timeline(request, shown.story),
    )
