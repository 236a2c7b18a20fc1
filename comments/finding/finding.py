"""Every question about the index of comments: which of them fit, how many, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from comments.finding.engine import comment_engine
from comments.finding.fitting import fitted, with_people
from comments.finding.laying_out import person_mark, plain_text
from comments.finding.models import CommentEntry, NameWord
from comments.threads.models import Comment
from reader.keyset import Page
from reader.languages import marked
from reader.search.engines import Lookup, TookTooLong, patience
from reader.search.entries import article_at, author_mark
from reader.search.facets import EXACT_MAX, tally_of
from reader.search.finding import FIND_SECONDS, TOO_LONG, said_of
from reader.search.nodes import All, Any, Mark, Node, Note, Phrase, Question
from reader.search.paging import page_of_places
from reader.search.resolving import resolve, sentences
from reader.search.snippets import SNIPPET_LENGTH, Piece, snippet
from reader.search.tabs import Count, Listed, Wanted

RESULTS_SIZE = 20
FEED_SIZE = 30
# So many people of one name are asked for.
NAMESAKES_MAX = 100
TOO_MANY = marked("Very many people are called “%(value)s”; only some of them are asked for.")


@dataclass(frozen=True)
class Result:
    comment: Comment
    snippet: list[Piece]


@dataclass(frozen=True)
class FoundComments(Listed):
    # This is the last page of the best, and there are more: only the newest of them were weighed.
    ends_early: bool = False
    # Nobody knows what fits: it took longer than anybody waits. A note says so.
    is_too_long: bool = False


def find_comments(wanted: Wanted, after: int | None) -> FoundComments:
    """
    Find the comments that everybody may read and that fit question and filters.

    In four statements, two more for every operator that asks for names. What is counted is exact up
    to 10,000 and about right beyond.
    """
    question = question_of(wanted.question, wanted.within)
    if question.tree is None:
        return FoundComments(notes=sentences(question.notes))
    try:
        with patience(FIND_SECONDS):
            return _found(question, lookup_of(question.tree), wanted.order, after)
    except TookTooLong:
        return FoundComments(notes=sentences([*question.notes, Note(TOO_LONG)]), is_too_long=True)


def _found(question: Question, lookup: Lookup, order: str, after: int | None) -> FoundComments:
    engine = comment_engine()
    page = page_of_places(engine, lookup, size=RESULTS_SIZE, order=order, after=after)
    tally = tally_of(engine, lookup)
    return FoundComments(
        results=_results(question, page.shown),
        next_after=page.next_after,
        count=tally.count,
        count_is_exact=tally.is_exact,
        notes=sentences([*question.notes, *said_of(engine, lookup)]),
        facets=tally,
        ends_early=page.ends_early(tally.count),
    )


def count_comments(wanted: Wanted) -> Count:
    """Count what find_comments() would find, in a statement or two. Raise TookTooLong."""
    question = question_of(wanted.question, wanted.within)
    if question.tree is None:
        return Count()
    lookup, engine = lookup_of(question.tree), comment_engine()
    count = engine.count(lookup, most=EXACT_MAX + 1)
    if count <= EXACT_MAX:
        return Count(count, is_exact=not count or not engine.is_sample(lookup))
    return Count(max(count, engine.estimate(lookup)), is_exact=False)


def newest_comments(
    question: Question, *, within: Sequence[Node] = (), after: int | None = None
) -> Page[Comment]:
    """Find the newest comments that fit, as many as a feed has. Raise TookTooLong."""
    question = question_of(question, within)
    if question.tree is None:
        return Page([], None)
    lookup = lookup_of(question.tree)
    with patience(FIND_SECONDS):
        page = page_of_places(comment_engine(), lookup, size=FEED_SIZE, after=after)
    following = str(page.next_after) if page.next_after else None
    return Page(_comments_at(page.shown), following)


def question_of(question: Question, within: Sequence[Node] = ()) -> Question:
    """Put what the index of comments knows for what was typed and chosen."""
    question = resolve(fitted(question.narrowed(within)))
    if question.tree is None:
        return question
    notes: list[Note] = []
    known: dict[tuple[str, ...], Node] = {}

    def find_people(tokens: tuple[str, ...]) -> Node:
        if tokens not in known:
            people = NameWord.objects.called(tokens, most=NAMESAKES_MAX + 1)
            if len(people) > NAMESAKES_MAX:
                notes.append(Note(TOO_MANY, " ".join(tokens)))
            named = [Mark(person_mark(person)) for person in people[:NAMESAKES_MAX]]
            known[tokens] = Any((Mark(author_mark(tokens)), *named))
        return known[tokens]

    tree = All(tuple(with_people(part, find_people) for part in question.tree.parts))
    return replace(question, tree=tree, notes=(*question.notes, *notes))


def lookup_of(tree: All) -> Lookup:
    """
    Ask the engine for what everybody may read; the tree has been resolved.

    What is held, withdrawn or removed is not in the index. What stands under a hidden article is,
    for an article comes and goes by the clock.
    """
    hidden = CommentEntry.objects.of_hidden_articles().values_list("pk")
    sql, params = hidden.query.sql_with_params()
    return Lookup(tree, 0, f"{{number}} NOT IN ({sql})", params)


def _comments_at(places: Sequence[int]) -> list[Comment]:
    ids = [article_at(place) for place in places]
    comments = Comment.objects.public().for_list().in_bulk(ids)
    return [comments[pk] for pk in ids if pk in comments]


def _results(question: Question, places: Sequence[int]) -> list[Result]:
    wanted = question.wanted
    return [_result(comment, wanted) for comment in _comments_at(places)]


def _result(comment: Comment, wanted: Sequence[Phrase]) -> Result:
    text = plain_text(comment.body_html)
    cut = snippet(text, wanted)
    return Result(comment, cut or [Piece(Truncator(" ".join(text.split())).chars(SNIPPET_LENGTH))])
