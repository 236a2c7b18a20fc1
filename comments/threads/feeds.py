"""The newest comments of a thread as a feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import get_tag_uri
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from comments.threads.models import Comment
from comments.threads.render import with_whole_addresses
from comments.threads.views.places import read_on
from reader.articles.models import Article
from reader.keyset import keyset_page
from reader.syndication import Entry, answer_feed

FEED_SIZE = 50


# A feed is for everybody: it speaks the language of the site, not of who happens to fetch it.
@require_safe
@conditional_page
@override(settings.LANGUAGE_CODE)
def thread_feed(request: HttpRequest, article_id: int, form: str) -> HttpResponse:
    """A thread's newest comments, whole; what is hidden or held is not in it."""
    article = get_object_or_404(Article.objects.visible().for_list(), pk=article_id)
    said = Comment.objects.public().in_thread(article.pk).with_article_and_author()
    with read_on():
        after = request.GET.get("after")
        page = keyset_page(said, fields=("-seq",), after=after, size=FEED_SIZE)
    title = f"Comments on {article.headline}"
    return answer_feed(
        request,
        form,
        title=f"{title} · {settings.SITE_NAME}",
        path=f"{article.get_absolute_url()}#comments",
        entries=[feed_entry(request, comment) for comment in page.items],
        next_cursor=page.next_cursor,
    )


def feed_entry(request: HttpRequest, comment: Comment) -> Entry:
    address = request.build_absolute_uri(comment.get_absolute_url())
    author = comment.author_label
    headline = comment.article.headline
    return Entry(
        id=get_tag_uri(address, comment.created_at),
        url=address,
        title=f"{author} on {headline}",
        html=with_whole_addresses(comment.body_html, request.build_absolute_uri("/")),
        authors=[author],
        published_at=comment.created_at,
        updated_at=comment.edited_at or comment.created_at,
        language=comment.lang,
    )
