"""The counts that a thread keeps: moved with every change, recounted to see whether they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from comments.badges.models import Badge
from comments.threads.counts import Counted, carry_up, recount
from comments.threads.models import Comment, Thread
from comments.threads.ranking import own_rank
from comments.threads.services.answering import carry_answer
from comments.threads.services.lifting import LIFT_FIELDS, carry_lift
from comments.threads.services.locking import lock_thread, mark_changed
from reader.articles.models import Article
from reader.articles.services import adjust_comment_count

RECOUNTED_FIELDS = (
    "reply_count", "desc_count", "in_tree", "up", "down", "rank", "best", "lifted_by",
    "is_answered",
)  # fmt: skip


def move_counts(comment: Comment, *, by: int, was_in_tree: bool) -> None:
    """
    Carry one published comment more or less up to the article, with whom it lifts and answers.

    The caller holds the thread and has written the comment's own row.
    """
    moved = comment.in_tree - was_in_tree
    if comment.parent_id is not None:
        above = Comment.objects.above(comment).only("desc_count", *LIFT_FIELDS)[::-1]
        counted = [
            Counted(each.pk, each.parent_id, each.is_published, desc_count=each.desc_count)
            for each in above
        ]
        carried = carry_up(counted, by=by, moved=moved)
        _move(carried.kept, by=by)
        _move(carried.shown, by=by, in_tree=True)
        _move(carried.hidden, by=by, in_tree=False)
        if carried.replied:
            Comment.objects.filter(pk__in=carried.replied).update(reply_count=F("reply_count") + by)
        carry_lift(comment, above)
        carry_answer(comment)
    adjust_comment_count(comment.article_id, by=by)


def _move(comment_ids: list[int], *, by: int, **fields: bool) -> None:
    if comment_ids:
        comments = Comment.objects.filter(pk__in=comment_ids)
        comments.update(desc_count=F("desc_count") + by, **fields)


@dataclass(frozen=True, slots=True)
class Lie:
    """A cached number that a recount does not confirm."""

    what: str
    cached: object
    counted: object

    def __str__(self) -> str:
        return f"{self.what} is {self.cached}, counted {self.counted}"


def find_lies(article_id: int) -> list[Lie]:
    """Recount one thread and tell what does not agree; changes nothing."""
    lies, published = [], 0
    for comment, counted in _recounted(article_id):
        published += comment.is_published
        lies += [
            Lie(f"{name} of comment {comment.pk}", getattr(comment, name), number)
            for name, number in counted.items()
            if getattr(comment, name) != number
        ]
    said = _said_by_article(article_id)
    if said != published:
        lies.append(Lie(f"comment_count of article {article_id}", said, published))
    return lies


def threads_to_check() -> Iterator[int]:
    """Give the article of every thread, and of every count that claims one."""
    threads = Thread.objects.values_list("pk", flat=True)
    claims = Article.objects.filter(comment_count__gt=0).values_list("pk", flat=True)
    yield from threads.union(claims).order_by("pk").iterator()


@transaction.atomic
def check_thread(article_id: int, *, repair: bool) -> list[Lie]:
    """Find the lies of a thread while nobody writes in it, and mend them if told so."""
    thread = lock_thread(article_id)
    lies = find_lies(article_id)
    if lies and repair:
        recount_thread(article_id)
        mark_changed(thread)
    return lies


def recount_thread(article_id: int) -> None:
    """Make every count of a thread true. The caller holds the thread."""
    wrong, published = [], 0
    for comment, counted in _recounted(article_id):
        published += comment.is_published
        if any(getattr(comment, name) != number for name, number in counted.items()):
            for name, number in counted.items():
                setattr(comment, name, number)
            wrong.append(comment)
    Comment.objects.bulk_update(wrong, RECOUNTED_FIELDS, batch_size=200)
    adjust_comment_count(article_id, by=published - _said_by_article(article_id))


def _recounted(article_id: int) -> Iterator[tuple[Comment, dict[str, int | None]]]:
    """Yield each comment of a thread with what its counts should be."""
    fields = ("parent_id", "status", "author_id", "imported_score", *RECOUNTED_FIELDS)
    comments = Comment.objects.in_thread(article_id).order_by("-depth").only(*fields).in_bulk()
    votes = Comment.objects.in_thread(article_id).votes_counted()
    guests = Badge.objects.guests_of(article_id)
    recounted = recount(
        Counted(
            comment.pk,
            comment.parent_id,
            comment.is_published,
            rank=_rank(comment, *votes.get(comment.pk, (0, 0))),
            is_answer=comment.author_id in guests,
        )
        for comment in comments.values()
    )
    for fresh in recounted:
        up, down = votes.get(fresh.pk, (0, 0))
        yield (
            comments[fresh.pk],
            {
                "reply_count": fresh.reply_count,
                "desc_count": fresh.desc_count,
                "in_tree": fresh.in_tree,
                "up": up,
                "down": down,
                "rank": fresh.rank,
                "best": fresh.best,
                "lifted_by": fresh.lifted_by,
                "is_answered": fresh.is_answered,
            },
        )


def _rank(comment: Comment, up: int, down: int) -> int:
    return own_rank(up=up, down=down, imported_score=comment.imported_score)


def _said_by_article(article_id: int) -> int:
    return Article.objects.values_list("comment_count", flat=True).get(pk=article_id)
