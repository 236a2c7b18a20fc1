"""Every question about the index: which articles fit, how many, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models.functions import Substr
from django.utils import timezone

from reader.articles.models import Article
from reader.keyset import BadCursor, Page
from reader.languages import marked
from reader.search.engines import BEST_MAX, Engine, Lookup, TookTooLong, current_engine, patience
from reader.search.entries import PLACE_MAX, article_at, place_at
from reader.search.facets import Tally, tally_of
from reader.search.nodes import All, Node, Note, Question
from reader.search.paging import BEST, NEWEST, page_of_places
from reader.search.ranking import fitting_headlines_first
from reader.search.resolving import resolve, sentences
from reader.search.snippets import Piece, highlight, snippet

RESULTS_SIZE = 20
FEED_SIZE = 30
# Beyond this the page says "more than".
COUNT_MAX = 1_000
# A snippet comes from the beginning of the text; reading all of a book for it would be dear.
READ_MAX = 40_000
# Of the engines, for the results of a page or a feed.
FIND_SECONDS = 0.55
# To list more of what is not even in the index takes longer than the search.
CLOSED_MAX = 5_000

TOO_LONG = marked(
    "This search takes too long. Make it narrower: with a rarer word, a publisher or a time."
)
ONLY_NEWEST = marked("So many texts may fit that only the newest of them were read.")
AFTER = re.compile("[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Result:
    article: Article
    headline: list[Piece]
    # Empty when only the headline or the standfirst has the words.
    snippet: list[Piece]


@dataclass(frozen=True)
class Found:
    results: list[Result] = field(default_factory=list)
    # What the next page's address carries as `after`; None on the last page.
    next_after: int | None = None
    count: int = 0
    count_is_exact: bool = True
    # This is the last page of the best, and there are more: only the newest of them were weighed.
    ends_early: bool = False
    # Only when they were asked for.
    facets: Tally | None = None
    # What of the question was not understood or is not here, in the reader's language.
    notes: list[str] = field(default_factory=list)
    # Nobody knows what fits: it took longer than anybody waits. A note says so.
    is_too_long: bool = False

    @property
    def articles(self) -> list[Article]:
        return [result.article for result in self.results]


def find_articles(
    question: Question,
    *,
    within: Sequence[Node] = (),
    order: str = BEST,
    after: int | None = None,
    with_facets: bool = False,
) -> Found:
    """
    Find the articles that readers may see and that fit question and filters, in three queries.

    Operators cost one more each, and facets one; with facets the count goes up to 10,000 and is
    about right beyond.

    `after` is what the page before gave as next_after: a place when the newest come first, else how
    many were shown.
    """
    question = resolve(question.narrowed(within))
    if question.tree is None:
        return Found(notes=sentences(question.notes))
    try:
        with patience(FIND_SECONDS):
            return _found(question, lookup_of(question.tree), order, after, with_facets)
    except TookTooLong:
        return Found(notes=sentences([*question.notes, Note(TOO_LONG)]), is_too_long=True)


def _found(
    question: Question, lookup: Lookup, order: str, after: int | None, with_facets: bool
) -> Found:
    engine = current_engine()
    page = page_of_places(engine, lookup, size=RESULTS_SIZE, order=order, after=after)
    if with_facets:
        facets = tally_of(engine, lookup)
        count, count_is_exact = facets.count, facets.is_exact
    else:
        facets, count = None, engine.count(lookup, most=COUNT_MAX + 1)
        count, count_is_exact = min(count, COUNT_MAX), count <= COUNT_MAX
    results = _results(question, page.shown)
    if order == BEST:
        results = fitting_headlines_first(results, question, lambda result: result.article.title)
    return Found(
        results,
        next_after=page.next_after,
        count=count,
        count_is_exact=count_is_exact,
        ends_early=page.ends_early(count),
        facets=facets,
        notes=sentences([*question.notes, *said_of(engine, lookup)]),
    )


def said_of(engine: Engine, lookup: Lookup) -> list[Note]:
    """Say when there may be more than is ever found."""
    return [Note(ONLY_NEWEST)] if engine.is_partial(lookup) else []


def newest_articles(
    question: Question, *, within: Sequence[Node] = (), after: int | None = None
) -> Page[Article]:
    """
    Find the newest articles that fit, as many as a feed has, in two queries.

    Raise TookTooLong: a feed that seemed to be empty would be believed.
    """
    question = resolve(question.narrowed(within))
    if question.tree is None:
        return Page([], None)
    lookup = lookup_of(question.tree)
    with patience(FIND_SECONDS):
        page = page_of_places(current_engine(), lookup, size=FEED_SIZE, after=after)
    numbers = [article_at(place) for place in page.shown]
    found = Article.objects.visible().for_list().in_bulk(numbers)
    articles = [found[pk] for pk in numbers if pk in found]
    return Page(articles, str(page.next_after) if page.next_after else None)


def read_after(text: str, *, order: str) -> int | None:
    """Read the `after` of an address; raise BadCursor when this site never made it."""
    if not text:
        return None
    most = PLACE_MAX if order == NEWEST else BEST_MAX
    if not AFTER.fullmatch(text) or int(text) > most:
        raise BadCursor(text[:40])
    return int(text)


def lookup_of(tree: All, since: datetime | None = None) -> Lookup:
    """Ask the engines for what readers may see; the tree has been resolved."""
    # Places count whole seconds, and this one has begun. Nothing that is dated later is visible.
    end = timezone.now() + timedelta(seconds=1)
    waiting = Article.objects.waiting().filter(listed_at__lt=end).values_list("pk")
    sql, params = waiting.query.sql_with_params()
    # Drafts and withdrawn articles leave the index in the transaction that makes them so. Still the
    # latest of them are asked for, in case somebody wrote past the services.
    closed, more = Article.objects.closed().values_list("pk")[:CLOSED_MAX].query.sql_with_params()
    gate = f"{{number}} NOT IN ({sql} UNION ALL SELECT * FROM ({closed}) closed)"  # noqa: S608
    since_place = place_at(since) if since else 0
    return Lookup(tree, since_place, gate, [*params, *more], before=place_at(end))


def _results(question: Question, places: Sequence[int]) -> list[Result]:
    ids = [article_at(place) for place in places]
    articles = (
        Article.objects.visible().for_list().annotate(searched=Substr("body_text", 1, READ_MAX))
    ).in_bulk(ids)
    return [_result(question, articles[pk]) for pk in ids if pk in articles]


def _result(question: Question, article: Article) -> Result:
    wanted = question.wanted
    return Result(
        article,
        highlight(article.headline, wanted),
        snippet(article.searched, wanted) or snippet(article.standfirst, wanted),  # type: ignore[attr-defined]
    )
