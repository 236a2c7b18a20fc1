"""The newest comments that fit a search, as a feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from comments.finding.finding import newest_comments
from comments.finding.fitting import COMMENTS
from comments.threads.feeds import feed_entry
from reader.search.answering import in_time
from reader.search.looking import read_feed
from reader.search.narrowing import address_of
from reader.syndication import answer_feed


# A feed is for everybody: it speaks the language of the site, not of who happens to fetch it.
@require_safe
@conditional_page
@override(settings.LANGUAGE_CODE)
@in_time
def comments_search_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest comments that fit a search, whole, whenever they were said."""
    wanted = read_feed(request.GET)
    page = newest_comments(wanted.question, within=wanted.within, after=wanted.after)
    return answer_feed(
        request,
        form,
        title=f"Comments: {wanted.name} · {settings.SITE_NAME}",
        path=address_of(wanted.given, tab=COMMENTS, order=None, exact=None),
        entries=[feed_entry(request, comment) for comment in page.items],
        next_cursor=page.next_cursor,
    )
