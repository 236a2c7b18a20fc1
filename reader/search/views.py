"""The search page, its feed, and what somebody searches again."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from reader.articles.feeds import answer_articles
from reader.http import is_looked_at, render_page_or_part, wants_part
from reader.keyset import BadCursor, keyset_page
from reader.search.addresses import has_empty
from reader.search.answering import in_time
from reader.search.engines import patience
from reader.search.finding import newest_articles, read_after
from reader.search.forms import FilterForm
from reader.search.looking import Look, given_of, look, read_feed
from reader.search.models import SavedSearch
from reader.search.narrowing import address_of
from reader.search.saving import (
    SearchRefused,
    is_saved,
    kept_of,
    look_at,
    remove_search,
    save_search,
)
from reader.search.suggesting import suggest_for

# What many people type is answered once for all of them.
SUGGESTIONS_KEPT_SECONDS = 60
# So long may everything take that a page asks of the index.
PAGE_SECONDS = 0.8
# What is new of each saved search is counted, so a page has not many.
SAVED_PAGE_SIZE = 20


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what fits the words and the filters of the address; htmx gets the results alone."""
    filters = FilterForm(request.GET)
    try:
        after = read_after(request.GET.get("after", ""), order=filters.chosen_order)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    is_part = wants_part(request)
    if has_empty(request.GET) and not is_part:
        return redirect(address_of(given_of(request.GET, filters), after=after))
    with patience(PAGE_SECONDS):
        page = look(request.GET, filters, after, with_facets=not (after and is_part))
    response = render_page_or_part(
        request,
        "search/search_page.html",
        page.results_template if after else "search/_found.html",
        page.context() | {"is_saved": _is_saved(request, page)},
    )
    if is_part and not after:
        response["HX-Push-Url"] = page.path
    return response


def _is_saved(request: HttpRequest, page: Look) -> bool:
    """Ask only for whom it makes a difference."""
    person = request.user
    return person.is_authenticated and page.is_search and is_saved(person, page.saved_query)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Say how the words in the search box may go on, as the options of a list."""
    suggestions = suggest_for(request.GET.get("q", ""), request.GET.dict())
    response = render(request, "search/_suggestions.html", {"suggestions": suggestions})
    if not request.COOKIES:
        patch_cache_control(response, public=True, max_age=SUGGESTIONS_KEPT_SECONDS)
    return response


@require_safe
@conditional_page
@override(settings.LANGUAGE_CODE)
@in_time
def search_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest articles that fit a search, whenever they were published."""
    wanted = read_feed(request.GET)
    return answer_articles(
        request,
        form,
        title=f"{wanted.name} · {settings.SITE_NAME}",
        path=address_of(wanted.given, tab=None, order=None, exact=None),
        page=newest_articles(wanted.question, within=wanted.within, after=wanted.after),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def saved_searches(request: HttpRequest) -> HttpResponse:
    """List what somebody saved, latest first, with how many are new; on POST save a search."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("search:saved_searches"))
    if request.method == "POST":
        return _save(request)
    after = request.GET.get("after")
    try:
        page = keyset_page(
            SavedSearch.objects.of(request.user), fields=("-id",), after=after, size=SAVED_PAGE_SIZE
        )
    except BadCursor as problem:
        raise Http404("No such page") from problem
    context = {"kept": kept_of(page.items), "next_after": page.next_cursor, "after": after}
    return render(request, "search/saved_searches.html", context)


def _save(request: HttpRequest) -> HttpResponse:
    try:
        saved = save_search(request.user, query=request.POST.get("query", ""))
    except SearchRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("search:saved_searches")
    messages.success(request, gettext("Saved. It is among your saved searches."))
    return redirect(f"{reverse('search:search_page')}?{saved.query}")


@require_safe
@never_cache
@login_required
def saved_search(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Lead to the results, newest first; from now on only what comes later is new."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=saved_id)
    if is_looked_at(request):
        look_at(saved)
    return redirect(f"{reverse('search:search_page')}?{saved.query}&order=newest")


@require_POST
@never_cache
@login_required
def remove_saved_search(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Remove a saved search; one that is gone already is gone."""
    if remove_search(request.user, saved_id=saved_id):
        messages.success(request, gettext("The search is removed."))
    return redirect("search:saved_searches")
