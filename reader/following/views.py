"""What a person follows, and the button for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reader.accounts.models import User
from reader.following.services import (
    FollowRefused,
    follow_hashtag,
    followed_by,
    newest_articles,
    unfollow_hashtag,
)
from reader.hashtags.finding import find_hashtag
from reader.hashtags.models import Hashtag
from reader.http import HTMX_HEADERS, SeeOther, render_page_or_part, wants_part
from reader.keyset import BadCursor

RIVER_SIZE = 30


@require_safe
@never_cache
@login_required
def following_list(request: HttpRequest) -> HttpResponse:
    """Show the newest articles of all that a person follows, and what that is."""
    hashtags = followed_by(request.user)
    try:
        page = newest_articles(hashtags, after=request.GET.get("after"), size=RIVER_SIZE)
    except BadCursor as problem:
        raise Http404("No such page") from problem
    return render_page_or_part(
        request,
        "following/following_list.html",
        "articles/_river.html",
        {"hashtags": hashtags, "page": page},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hashtag_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """
    Follow a hashtag or unfollow it; who is not logged in does that first, and then presses.

    The way back from logging in is a GET, as is a link that somebody wrote: both show the button.
    """
    hashtag = find_hashtag(slug)
    if hashtag is None:
        raise Http404("No such hashtag")
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("following:hashtag_follow", args=[hashtag.slug]))
    if request.method == "POST":
        return _answer(request, hashtag, request.user)
    return render(request, "following/hashtag_follow.html", {"hashtag": hashtag})


def _answer(request: HttpRequest, hashtag: Hashtag, person: User) -> HttpResponse:
    wanted = request.POST.get("wanted") != "no"
    if not wants_part(request):
        _change(request, hashtag, person, wanted=wanted)
        is_from_list = request.POST.get("back") == "list"
        place = reverse("following:following_list") if is_from_list else hashtag.get_absolute_url()
        return SeeOther(place)
    say = _carry_out(hashtag, person, wanted=wanted)
    context = {"hashtag": hashtag, "is_following": hashtag in followed_by(person), "say": say}
    response = render(request, "following/_answer.html", context)
    patch_vary_headers(response, HTMX_HEADERS)
    return response


def _change(request: HttpRequest, hashtag: Hashtag, person: User, *, wanted: bool) -> None:
    messages.info(request, _carry_out(hashtag, person, wanted=wanted))


def _carry_out(hashtag: Hashtag, person: User, *, wanted: bool) -> str:
    """Do what is wanted; return what to say about it."""
    if not wanted:
        unfollow_hashtag(hashtag, by=person)
        return gettext("You no longer follow \u2068%(name)s\u2069.") % {"name": hashtag}
    try:
        follow_hashtag(hashtag, by=person)
    except FollowRefused as refusal:
        return str(refusal)
    return gettext("You follow \u2068%(name)s\u2069.") % {"name": hashtag}
