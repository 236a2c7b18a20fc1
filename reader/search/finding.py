"""Every question about the index: which articles fit, how many, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models.functions import Substr

from reader.articles.models import Article
from reader.keyset import BadCursor, Page
from reader.search.engines import BEST_MAX, Lookup, current_engine
from reader.search.entries import PLACE_MAX, article_at, place_at
from reader.search.facets import Tally, tally_of
from reader.search.nodes import All, Node, Question
from reader.search.ranking import fitting_headlines_first
from reader.search.resolving import resolve, sentences
from reader.search.snippets import Piece, highlight, snippet

RESULTS_SIZE = 20
FEED_SIZE = 30
# Beyond this the page says "more than".
COUNT_MAX = 1_000
# A snippet comes from the beginning of the text; reading all of a book for it would be dear.
READ_MAX = 40_000

BEST, NEWEST = "best", "newest"
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
    notes = sentences(question.notes)
    if question.tree is None:
        return Found(notes=notes)
    lookup = lookup_of(question.tree)
    engine = current_engine()
    size = RESULTS_SIZE + 1
    if order == NEWEST:
        places = engine.newest(lookup, before=after, limit=size)
    else:
        places = engine.best(lookup, offset=after or 0, limit=size)
    shown = places[:RESULTS_SIZE]
    has_more = len(places) > RESULTS_SIZE
    so_far = (after or 0) + len(shown)
    if with_facets:
        facets = tally_of(engine, lookup)
        count, count_is_exact = facets.count, facets.is_exact
    else:
        facets, count = None, engine.count(lookup, most=COUNT_MAX + 1)
        count, count_is_exact = min(count, COUNT_MAX), count <= COUNT_MAX
    results = _results(question, shown)
    if order == BEST:
        results = fitting_headlines_first(results, question, lambda result: result.article.title)
    return Found(
        results,
        next_after=(shown[-1] if order == NEWEST else so_far) if has_more else None,
        count=count,
        count_is_exact=count_is_exact,
        ends_early=order == BEST and not has_more and so_far < count,
        facets=facets,
        notes=notes,
    )


def newest_articles(
    question: Question, *, within: Sequence[Node] = (), after: int | None = None
) -> Page[Article]:
    """Find the newest articles that fit, as many as a feed has, in two queries."""
    question = resolve(question.narrowed(within))
    if question.tree is None:
        return Page([], None)
    lookup = lookup_of(question.tree)
    places = current_engine().newest(lookup, before=after, limit=FEED_SIZE + 1)
    shown, has_more = places[:FEED_SIZE], len(places) > FEED_SIZE
    found = Article.objects.visible().for_list().in_bulk(map(article_at, shown))
    articles = [found[pk] for pk in map(article_at, shown) if pk in found]
    return Page(articles, str(shown[-1]) if has_more else None)


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
    # What is hidden is little, so it is listed once rather than asked for with every match.
    sql, params = Article.objects.hidden().values_list("pk").query.sql_with_params()
    return Lookup(tree, place_at(since) if since else 0, f"{{number}} NOT IN ({sql})", params)


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
