"""What open pages ask about their thread while others write in it."""

from functools import partial

from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comments.threads.arrivals import ARRIVAL, count_arrivals, last_arrival
from comments.threads.guests import writer_of

# Below what pages wait between two questions, so that a copy hides nothing from one of them.
FRESH_SECONDS = 5
# Nobody reads it, so it is no page.
NOT_HERE = partial(HttpResponseNotFound, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
def thread_version(request, article_id):
    """
    Give the number of the comment that was published last: the same few bytes for everybody.

    Looks neither at cookies nor at the session, so that any copy of the answer serves all.
    """
    number = last_arrival(article_id)
    if number is None:
        return NOT_HERE()
    response = HttpResponse(str(number), content_type="text/plain")
    response["ETag"] = f'"{number}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@require_safe
def thread_arrivals(request, article_id):
    """Say how many comments others published since a number, and lead to them; 204 for none."""
    since = request.GET.get("since", "")
    if not ARRIVAL.fullmatch(since):
        return NOT_HERE()
    count = count_arrivals(article_id, since=int(since), viewer=writer_of(request))
    if count is None:
        return NOT_HERE()
    if not count:
        return HttpResponse(status=204)
    context = {"article_id": article_id, "since": int(since), "new_count": count}
    return render(request, "threads/_pill.html", context)
