"""One story's newest articles as a feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.feeds import answer_articles
from reader.stories.models import StoryMember
from reader.stories.views import shown_story, timeline


@require_safe
@conditional_page
def story_feed(request: HttpRequest, story_id: int, slug: str, form: str) -> HttpResponse:
    """A story's newest articles; the feed of a merged story moves on."""
    story, _ = shown_story(story_id)
    if (story.pk, story.slug) != (story_id, slug):
        return redirect("stories:story_feed", story.pk, story.slug, form, permanent=True)
    title = story.title or StoryMember.objects.earliest_of(story).headline
    return answer_articles(
        request,
        form,
        title=f"{title} · {settings.SITE_NAME}",
        path=story.get_absolute_url(),
        page=timeline(request, story),
    )
