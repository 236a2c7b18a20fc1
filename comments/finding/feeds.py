"""The newest comments that fit a search, as a feed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from comments.finding.finding import newest_comments
from comments.finding.fitting import COMMENTS
from comments.threads.feeds import feed_entry
from reader.keyset import BadCursor
from reader.search.finding import NEWEST, read_after
from reader.search.forms import FilterForm
from reader.search.grammar import parse_question
from reader.search.looking import given_of
from reader.search.narrowing import address_of, chosen_filters, said
from reader.syndication import answer_feed


# A feed is for everybody: it speaks the language of the site, not of who happens to fetch it.
@require_safe
@conditional_page
@override(settings.LANGUAGE_CODE)
def comments_search_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest comments that fit a search, whole, whenever they were said."""
    question = parse_question(request.GET.get("q", ""))
    filters = FilterForm(request.GET)
    try:
        after = read_after(request.GET.get("after", ""), order=NEWEST)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    given = given_of(request.GET, filters)
    name = said(question, chosen_filters(filters, given))
    page = newest_comments(question, within=filters.within_feed, after=after)
    return answer_feed(
        request,
        form,
        title=f"Comments: {name} · {settings.SITE_NAME}",
        path=address_of(given, tab=COMMENTS, order=None, exact=None),
        entries=[feed_entry(request, comment) for comment in page.items],
        next_cursor=page.next_cursor,
    )
