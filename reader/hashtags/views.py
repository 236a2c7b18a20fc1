"""The index of hashtags, and one hashtag."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader.hashtags.activity import activity_of, day_of
from reader.hashtags.company import company_of
from reader.hashtags.finding import find_any_hashtag, seen_lately
from reader.hashtags.letters import letters
from reader.hashtags.models import Hashtag
from reader.hashtags.narrowing import question_of
from reader.hashtags.rivers import river_page
from reader.hashtags.trending import trending_hashtags
from reader.http import moved, render_page_or_part
from reader.keyset import BadCursor, Page

RIVER_SIZE = 30
BUSIEST_COUNT = 30
EMPTY_SHOWS = 5
# One page of the alphabet.
NAMES_COUNT = 120


@require_safe
def hashtag_index(request: HttpRequest) -> HttpResponse:
    """Show what is trending and what is busy, and the alphabet from where the reader wants it."""
    start = request.GET.get("from", "")
    hashtags = Hashtag.objects.shown()
    names = list(hashtags.from_spelling(start)[: NAMES_COUNT + 1])
    context: dict[str, object] = {
        "start": start,
        "letters": letters(),
        "names": names[:NAMES_COUNT],
        "next_name": names[NAMES_COUNT] if len(names) > NAMES_COUNT else None,
    }
    if not start:
        trends = trending_hashtags(today=day_of(timezone.now()))
        context |= {
            "trends": trends,
            "lately": None if trends else seen_lately(),
            "busiest": hashtags.busiest_first()[:BUSIEST_COUNT],
        }
    return render(request, "hashtags/hashtag_index.html", context)


@require_safe
def hashtag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a hashtag's articles, newest first; an alias or another spelling moves on to it."""
    hashtag = find_any_hashtag(slug)
    if hashtag is None:
        raise Http404("No such hashtag")
    if hashtag.is_blocked:
        return gone(request)
    if question := question_of(hashtag, request.GET):
        asked = urlencode({"q": question, "order": "newest"})
        return redirect(f"{reverse('search:search_page')}?{asked}")
    if hashtag.slug != slug:
        return moved(request, hashtag)
    page = river(request, hashtag)
    context: dict[str, object] = {"hashtag": hashtag, "page": page}
    if not request.GET.get("after"):
        context["activity"] = activity_of(hashtag, today=day_of(timezone.now()))
        context["company"] = company_of(hashtag)
    if not page.items:
        context["busiest"] = Hashtag.objects.shown().busiest_first()[:EMPTY_SHOWS]
    return render_page_or_part(
        request, "hashtags/hashtag_detail.html", "articles/_river.html", context
    )


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a hashtag was blocked; its address worked once, so it is not simply not there."""
    return render(request, "hashtags/hashtag_gone.html", status=410)


def river(request: HttpRequest, hashtag: Hashtag) -> Page:
    """Load the page of a hashtag's river that the address asks for."""
    try:
        page = river_page(hashtag, after=request.GET.get("after"), size=RIVER_SIZE)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    return Page([link.article for link in page.items], page.next_cursor)
