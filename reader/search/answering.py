"""What feeds answer where a search takes longer than anybody waits."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reader.search.engines import TookTooLong
from reader.search.finding import TOO_LONG

# When a reader of feeds may ask again.
RETRY_SECONDS = 60

Feed = Callable[[HttpRequest, str], HttpResponse]


def in_time(feed: Feed) -> Feed:
    """Answer 503 rather than with an empty feed, which would be believed."""

    @wraps(feed)
    def answer(request: HttpRequest, form: str) -> HttpResponse:
        try:
            return feed(request, form)
        except TookTooLong:
            return HttpResponse(
                gettext(TOO_LONG),
                status=503,
                content_type="text/plain; charset=utf-8",
                headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
            )

    return answer
