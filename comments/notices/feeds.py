"""A person's replies as a feed that only they know of."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import get_tag_uri
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from comments.notices.keys import owner_of
from comments.notices.models import Notice
from comments.threads.render import with_whole_addresses
from comments.threads.views.places import read_on
from reader.keyset import keyset_page
from reader.syndication import Entry, answer_feed

FEED_SIZE = 50


# As other feeds, in the language of the site: a program fetches it, not a browser.
@require_safe
@conditional_page
@override(settings.LANGUAGE_CODE)
def reply_feed(request: HttpRequest, form: str) -> HttpResponse:
    """What others answered to whom the key belongs to; for them alone, and nobody's index."""
    person = owner_of(request.GET.get("key", ""))
    if person is None:
        raise Http404("There is no such feed.")
    with read_on():
        after = request.GET.get("after")
        notices = Notice.objects.of(person).for_list()
        page = keyset_page(notices, fields=("-id",), after=after, size=FEED_SIZE)
    response = answer_feed(
        request,
        form,
        title=f"Replies to {person} · {settings.SITE_NAME}",
        path=reverse("notices:reply_list"),
        entries=[_entry(request, notice) for notice in page.items],
        next_cursor=page.next_cursor,
    )
    patch_cache_control(response, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _entry(request: HttpRequest, notice: Notice) -> Entry:
    comment = notice.comment
    address = request.build_absolute_uri(comment.get_absolute_url())
    said = "replied to you" if notice.reason == Notice.Reason.REPLY else "mentioned you"
    return Entry(
        id=get_tag_uri(address, comment.created_at),
        url=address,
        title=f"{comment.author_label} {said} on {comment.article.headline}",
        html=with_whole_addresses(comment.body_html, request.build_absolute_uri("/")),
        authors=[comment.author_label],
        published_at=comment.created_at,
        updated_at=comment.edited_at or comment.created_at,
        language=comment.lang,
    )
