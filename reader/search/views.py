"""The search page and its feed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from reader.articles.feeds import answer_articles
from reader.http import render_page_or_part
from reader.keyset import BadCursor
from reader.search.correcting import find_meant
from reader.search.finding import NEWEST, newest_articles, read_after
from reader.search.forms import FilterForm
from reader.search.grammar import parse_question
from reader.search.suggesting import suggest_for

# What many people type is answered once for all of them.
SUGGESTIONS_KEPT_SECONDS = 60


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what fits the words and the filters of the address; htmx gets the results alone."""
    question = parse_question(request.GET.get("q", ""))
    filters = FilterForm(request.GET)
    try:
        after = read_after(request.GET.get("after", ""), order=filters.chosen_order)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    meant = find_meant(
        question,
        exactly="exact" in request.GET,
        marks=filters.marks,
        since=filters.since,
        order=filters.chosen_order,
        after=after,
    )
    return render_page_or_part(
        request,
        "search/search_page.html",
        "search/_results.html" if after else "search/_found.html",
        {
            "question": question,
            "filters": filters,
            "found": meant.found,
            "meant": meant,
            "after": after,
        },
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Say how the words in the search box may go on, as the options of a list."""
    suggestions = suggest_for(request.GET.get("q", ""))
    response = render(request, "search/_suggestions.html", {"suggestions": suggestions})
    if not request.COOKIES:
        patch_cache_control(response, public=True, max_age=SUGGESTIONS_KEPT_SECONDS)
    return response


@require_safe
@conditional_page
def search_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest articles that fit a search, whenever they were published."""
    question = parse_question(request.GET.get("q", ""))
    filters = FilterForm(request.GET)
    try:
        after = read_after(request.GET.get("after", ""), order=NEWEST)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    asked = request.GET.copy()
    asked.pop("after", None)
    return answer_articles(
        request,
        form,
        title=f"{question.quoted} · {settings.SITE_NAME}",
        path=f"{reverse('search:search_page')}?{asked.urlencode()}",
        page=newest_articles(question, marks=filters.marks, after=after),
    )
