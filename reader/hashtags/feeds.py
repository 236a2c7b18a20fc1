"""One hashtag's newest articles as a feed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import get_tag_uri
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.feeds import answer_articles
from reader.hashtags.finding import find_any_hashtag
from reader.hashtags.views import gone, river
from reader.http import moved


@require_safe
@conditional_page
def hashtag_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """A hashtag's newest articles; the feed of an alias moves on."""
    hashtag = find_any_hashtag(slug)
    if hashtag is None:
        raise Http404("No such hashtag")
    if hashtag.is_blocked:
        return gone(request)
    if hashtag.slug != slug:
        return moved(request, "hashtags:hashtag_feed", hashtag.slug, form)
    index = request.build_absolute_uri(reverse("hashtags:hashtag_index"))
    return answer_articles(
        request,
        form,
        # By its key: a hashtag may get another name, and whoever reads its feed goes on.
        id=f"{get_tag_uri(index, hashtag.created_at)}{hashtag.pk}",
        title=f"{hashtag} · {settings.SITE_NAME}",
        path=hashtag.get_absolute_url(),
        page=river(request, hashtag),
    )
