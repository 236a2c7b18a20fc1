"""
Every change to the index of comments.

Who writes a comment holds its thread; who changes an article holds that. Both take the entries
after it and read what they write afterwards, so the one who comes last writes what is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from comments.finding.engine import comment_engine
from comments.finding.laying_out import LAYOUT, article_marks, entry_of
from comments.finding.models import CommentEntry, NameWord
from comments.threads.models import Comment
from comments.threads.services import lock_threads
from reader.accounts.models import User
from reader.articles.models import Article
from reader.search.entries import place_of
from reader.search.words import TOKEN_MAX_LENGTH, tokens_of

BATCH_SIZE = 500
OWN = ("pk", "created_at", "body_html", "author_id", "guest_name", "article_id")
READ = (*OWN, "article__publisher_id", "article__section_id", "article__language")
REWRITTEN = ("place", "article_id", "marks", "layout")
NAME_WORDS_MAX = 50

Say = Callable[[str], None]


class Read(NamedTuple):
    """What of a comment and its article is laid out; the fields of READ."""

    pk: int
    created_at: datetime
    body_html: str
    author_id: int | None
    guest_name: str
    article_id: int
    publisher_id: int | None
    section_id: int | None
    language: str

    @property
    def place(self) -> int:
        return place_of(self.pk, self.created_at)


@transaction.atomic(savepoint=False)
def index_comments(comment_ids: Sequence[int], *, new: Comment | None = None) -> int:
    """
    Make the index fit comments as they are now; return how many of them are in it.

    What is held, withdrawn or removed leaves it. Listens to threads, whose row the caller holds.
    """
    if new is not None:
        return _index_new(new)
    return sum(_index_batch(ids) for ids in _batches(comment_ids))


@transaction.atomic
def follow_articles(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """
    Make the marks of comments fit the publisher, section and language of their articles.

    Whether an article may be seen is asked with every search. Listens to articles.
    """
    indexed = CommentEntry.objects.of_articles(article_ids)
    known = list(indexed.marks_by_article())
    if not known:
        return
    articles = Article.objects.filter(pk__in={article_id for article_id, _ in known})
    facts = {
        pk: " ".join(article_marks(publisher_id=publisher, section_id=section, language=language))
        for pk, publisher, section, language in articles.values_list(
            "pk", "publisher_id", "section_id", "language"
        )
    }
    stale = {article_id for article_id, marks in known if facts.get(article_id) != marks}
    if stale:
        entries = CommentEntry.objects.of_articles(sorted(stale)).order_by("pk")
        index_comments(list(entries.values_list("pk", flat=True)))


@transaction.atomic
def forget_articles(article_ids: Sequence[int]) -> None:
    """Drop what stands under articles that are about to go; their threads are held."""
    entries = CommentEntry.objects.of_articles(article_ids)
    ids = list(entries.order_by("pk").values_list("pk", flat=True))
    for batch in _batches(ids):
        known = CommentEntry.objects.for_writing(batch)
        _drop(dict(known.values_list("comment_id", "place")))


def index_missing_comments(*, say: Say, after: int = 0) -> int:
    """
    Index the comments that ought to be in the index and are not; return how many.

    Batch by batch, each kept, while people read and write; stopped anywhere, it goes on from there.
    What an older version of the site laid out in another way counts as missing.
    """
    return _index_all(LAYOUT, say=say, after=after)


def rebuild_comment_index(*, say: Say, after: int = 0) -> int:
    """
    Index every comment above a number anew, and drop what should not be there; return how many.

    Batch by batch while people search; what it says names the number to go on from.
    """
    done = _index_all(None, say=say, after=after)
    with transaction.atomic():
        comment_engine().tidy()
    return done


def read_names(*, say: Say) -> int:
    """Read the names of people that were not read yet; return how many."""
    done, last = 0, 0
    while people := list(NameWord.objects.people_without(after=last).only("name")[:BATCH_SIZE]):
        with transaction.atomic():
            NameWord.objects.bulk_create(
                [word for person in people for word in _words_of(person)], ignore_conflicts=True
            )
        done, last = done + len(people), people[-1].pk
    if done:
        say(f"{done} names read")
    return done


@transaction.atomic
def read_name(person: User) -> None:
    """Find a person by the name they have now."""
    words = _words_of(person)
    known = NameWord.objects.filter(person=person)
    if [word.token for word in words] != list(
        known.order_by("number").values_list("token", flat=True)
    ):
        known.delete()
        NameWord.objects.bulk_create(words, ignore_conflicts=True)


def follow_name(
    instance: User, *, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Listens to Django."""
    if not raw and (update_fields is None or "name" in update_fields):
        read_name(instance)


def _words_of(person: User) -> list[NameWord]:
    tokens = tokens_of(str(person))[:NAME_WORDS_MAX]
    return [
        NameWord(person=person, number=number, token=token[:TOKEN_MAX_LENGTH])
        for number, token in enumerate(tokens)
    ]


def _index_all(layout: int | None, *, say: Say, after: int) -> int:
    done, last, is_over = 0, after, False
    while not is_over:
        missing = CommentEntry.objects.without_entry(after=last, layout=layout)
        rows = list(missing.values_list("pk", "article_id")[:BATCH_SIZE])
        is_over = len(rows) < BATCH_SIZE
        ids = [pk for pk, _ in rows]
        # Numbers between these, too: what is in the index and should not be.
        up_to = None if is_over else ids[-1]
        entries = CommentEntry.objects.between(last, up_to) if layout is None else None
        done += _index_range(ids, sorted({article for _, article in rows}), entries)
        if ids:
            last = ids[-1]
            say(f"{done} comments indexed, up to number {last}")
    return done


@transaction.atomic
def _index_range(ids: Sequence[int], article_ids: Sequence[int], entries: Any) -> int:
    # Ascending, as everybody takes them who takes more than one.
    lock_threads(article_ids)
    strays = entries.exclude(pk__in=ids).values_list("pk", flat=True) if entries is not None else ()
    return index_comments(sorted({*ids, *strays}))


def _index_batch(comment_ids: Sequence[int]) -> int:
    known = dict(CommentEntry.objects.for_writing(comment_ids).values_list("comment_id", "place"))
    comments = Comment.objects.filter(pk__in=comment_ids, status="published").order_by("pk")
    found = [Read(*row) for row in comments.values_list(*READ)]
    staying = {read.pk: read.place for read in found}
    # What stays is written over, never taken out: whoever waits for its row would find none.
    _drop({pk: place for pk, place in known.items() if staying.get(pk) != place})
    return _put(found)


def _index_new(comment: Comment) -> int:
    """Do the same for what nobody else knows yet, at a third of the cost: people wait for it."""
    # Read again, since the caller has the row now, and had the article before.
    articles = Article.objects.filter(pk=comment.article_id)
    facts = articles.values_list("publisher_id", "section_id", "language").get()
    return _put([Read._make([*(getattr(comment, name) for name in OWN), *facts])])


def _put(comments: Sequence[Read]) -> int:
    entries, rows = [], []
    for read in comments:
        facts = article_marks(
            publisher_id=read.publisher_id, section_id=read.section_id, language=read.language
        )
        entry = entry_of(
            place=read.place,
            body_html=read.body_html,
            facts=facts,
            language=read.language,
            author_id=read.author_id,
            guest_name=read.guest_name,
        )
        entries.append(entry)
        rows.append(
            CommentEntry(
                comment_id=read.pk,
                place=entry.place,
                article_id=read.article_id,
                marks=" ".join(facts),
                layout=LAYOUT,
            )
        )
    if rows:
        comment_engine().put(entries)
        CommentEntry.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["comment"], update_fields=REWRITTEN
        )
    return len(rows)


def _drop(places: Mapping[int, int]) -> None:
    """Take comments out of the index, given where each stands."""
    if places:
        comment_engine().remove(list(places.values()))
        CommentEntry.objects.filter(pk__in=places).delete()


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]
