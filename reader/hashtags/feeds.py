"""One hashtag's newest articles as Atom."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.feeds import FEED_SIZE, answer_feed
from reader.hashtags.finding import find_hashtag, newest_articles


@require_safe
@conditional_page
def hashtag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """A hashtag's newest articles; the feed of an alias moves on."""
    hashtag = find_hashtag(slug)
    if hashtag is None:
        raise Http404("No such hashtag")
    if hashtag.slug != slug:
        return redirect("hashtags:hashtag_feed", hashtag.slug, permanent=True)
    return answer_feed(
        request,
        title=f"{hashtag} · {settings.SITE_NAME}",
        path=hashtag.get_absolute_url(),
        articles=newest_articles(hashtag, count=FEED_SIZE),
    )
