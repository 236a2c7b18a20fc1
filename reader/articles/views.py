"""The front page, sections, publishers and articles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reader.articles.models import Article, Publisher, Section
from reader.articles.querysets import ArticleQuerySet
from reader.http import moved, render_page_or_part
from reader.keyset import BadCursor, Page, keyset_page

RIVER_SIZE = 30
# As long as what stands beside it.
FRONT_SIZE = 15
BLOCK_COUNT = 6
BLOCK_SIZE = 3
MOST_DISCUSSED_COUNT = 5


def river(
    request: HttpRequest, articles: ArticleQuerySet, *, first_size: int = RIVER_SIZE
) -> Page[Article]:
    """Load the page of a river that the address asks for; an address we never made is a 404."""
    after = request.GET.get("after")
    try:
        return keyset_page(
            articles.visible().for_list(), after=after, size=RIVER_SIZE if after else first_size
        )
    except BadCursor as problem:
        raise Http404("No such page") from problem


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show what leads, what is new, the sections and what is talked about."""
    page = river(request, Article.objects.all(), first_size=FRONT_SIZE)
    context: dict[str, object] = {"page": page}
    if not request.GET.get("after"):
        visible = Article.objects.visible().for_list()
        sections = list(Section.objects.for_masthead(BLOCK_COUNT))
        unseen = visible.besides(page.items)
        blocks = list(unseen.in_blocks(sections, size=BLOCK_SIZE).newest_first())
        context |= {
            "lead": page.items[0] if page.items else None,
            "section_blocks": [
                (section, [a for a in blocks if a.section_id == section.pk]) for section in sections
            ],
            "most_discussed": visible.most_discussed()[:MOST_DISCUSSED_COUNT],
        }
    return render_page_or_part(request, "articles/front.html", "articles/_river.html", context)


@require_safe
def article_detail(request: HttpRequest, article_id: int, slug: str = "") -> HttpResponse:
    """Show an article; a wrong slug moves on to the right address, a withdrawn one says so."""
    article = get_object_or_404(Article.objects.for_page(), pk=article_id)
    if article.status == Article.Status.WITHDRAWN:
        return render(request, "articles/article_gone.html", {"article": article}, status=410)
    if not article.is_visible:
        raise Http404("No such article")
    if slug != article.slug:
        return moved(request, article)
    return render(request, "articles/article_detail.html", {"article": article})


@require_safe
def section_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a section's articles, newest first."""
    section = get_object_or_404(Section, slug=slug)
    page = river(request, section.articles.all())
    return render_page_or_part(
        request,
        "articles/section_detail.html",
        "articles/_river.html",
        {"section": section, "page": page},
    )


@require_safe
def publisher_index(request: HttpRequest) -> HttpResponse:
    """List the publishers by name."""
    publishers = Publisher.objects.known().by_name()
    return render(request, "articles/publisher_index.html", {"publishers": publishers})


@require_safe
def publisher_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a publisher's articles, newest first; one with hidden ones only is not there."""
    publisher = get_object_or_404(Publisher.objects.with_page(), slug=slug)
    page = river(request, publisher.articles.all())
    return render_page_or_part(
        request,
        "articles/publisher_detail.html",
        "articles/_river.html",
        {"publisher": publisher, "page": page},
    )
