"""What is measured of threads: every kind of page, as each kind of reader meets it, and writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import Count
from django.utils import timezone

from comments.threads.models import Comment, ReadMark, Thread
from comments.threads.people import Writer
from comments.threads.reading import FOUND, QUESTIONS, load_permalink, load_replies, load_thread
from comments.threads.services import post_comment, vote_comment
from comments.threads.tree import SORTS
from reader.accounts.models import User
from reader.articles.models import Article

PLACES = {"first": 0.0, "middle": 0.5, "late": 0.98}
PLACES_IN_HUGE = 40
FILTERED_PAGES = 5
LISTED, LISTS = 50, 10

Case = tuple[str, Callable[[], Any]]


def largest_articles(count: int) -> list[Article]:
    """Give the visible articles with the largest threads, the largest first."""
    threads = Thread.objects.order_by("-last_seq").values_list("pk", flat=True)[: count * 2]
    articles = Article.objects.visible().in_bulk(list(threads))
    return [articles[pk] for pk in threads if pk in articles][:count]


def small_articles(count: int) -> list[Article]:
    """Give open threads that nobody would call long."""
    threads = Thread.objects.filter(last_seq__range=(3, 12), is_open=True).order_by("pk")
    ids = list(threads.values_list("pk", flat=True)[: count * 2])
    return list(Article.objects.visible().filter(pk__in=ids, comment_count__gt=2)[:count])


def how_large() -> str:
    largest = Thread.objects.order_by("-last_seq").values_list("last_seq", flat=True)
    crowd = Comment.objects.order_by("-reply_count").values_list("reply_count", flat=True)
    return (
        f"{Comment.objects.count():,} comments, largest thread {largest[0]:,}, "
        f"most replies to one comment {crowd[0]:,}"
    )


def reading_cases(articles: list[Article]) -> Iterator[Case]:
    """Name every page of these threads that is asked for, with what asks for it."""
    for article in articles:
        visitors = {"guest": None, "reader": _reader_of(article)}
        comments = Comment.objects.filter(article=article, in_tree=True)
        roots = comments.filter(depth=0)
        crowd = comments.order_by("-reply_count", "id").first()
        for sort, order in SORTS.items():
            for place, share in PLACES.items():
                after = _cursor(roots, order.key, share, descends=order.descends)
                for who, viewer in visitors.items():
                    yield (
                        f"thread, {sort}, {place}, {who}",
                        partial(load_thread, article, sort=sort, after=after, viewer=viewer),
                    )
                after = _cursor(crowd.replies.filter(in_tree=True), order.reply_key, share)
                viewer = visitors["reader"]
                yield (
                    f"replies, {sort}, {place}",
                    partial(load_replies, crowd, sort=sort, after=after, viewer=viewer),
                )
        for what, comment in {
            "most answered": crowd,
            "deepest": comments.order_by("-depth", "id").first(),
            "last": comments.order_by("-seq").first(),
        }.items():
            viewer = visitors["reader"]
            yield f"permalink, {what}", partial(load_permalink, comment.pk, viewer=viewer)
        yield from _filtered_cases(article, visitors["reader"])


def huge_cases(article: Article) -> Iterator[Case]:
    """Name pages all along the largest thread, and along the replies to its first comment."""
    viewer = _reader_of(article)
    comments = Comment.objects.filter(article=article, in_tree=True)
    crowd = comments.order_by("-reply_count", "id").first()
    for sort, order in SORTS.items():
        for number in range(PLACES_IN_HUGE):
            share = number / PLACES_IN_HUGE
            after = _cursor(comments.filter(depth=0), order.key, share, descends=order.descends)
            for who, whose in {"guest": None, "reader": viewer}.items():
                show = partial(load_thread, article, sort=sort, after=after, viewer=whose)
                yield f"the largest thread, {sort}, {who}", show
            after = _cursor(crowd.replies.filter(in_tree=True), order.reply_key, share)
            show = partial(load_replies, crowd, sort=sort, after=after, viewer=viewer)
            yield f"its most answered comment, {sort}", show


def _filtered_cases(article: Article, viewer: User | None) -> Iterator[Case]:
    for only in (*FOUND, *QUESTIONS):
        after = None
        for number in range(FILTERED_PAGES):
            name = f"only {only}, {'first' if number == 0 else 'further'}"
            show = partial(load_thread, article, only=only, after=after, viewer=viewer)
            yield name, show
            after = show().next_cursor
            if after is None:
                break
    for share in PLACES.values():
        since = int(share * Thread.objects.get(pk=article.pk).last_arrival)
        yield "only new, since a number", partial(load_thread, article, only="new", since=since)


def _reader_of(article: Article) -> User | None:
    """Give the reader to whom most of a thread is new."""
    mark = ReadMark.objects.filter(article=article).order_by("seen", "id").first()
    return mark.reader if mark else User.objects.first()


def _cursor(comments: Any, key: str, share: float, *, descends: bool = False) -> str | None:
    """Give the cursor that leads to a page this far into what is listed."""
    if not share:
        return None
    keys = comments.order_by(f"-{key}" if descends else key).values_list(key, flat=True)
    return str(keys[max(0, int(keys.count() * share) - 1)]) if keys else None


def unread_cases(articles: list[Article]) -> Iterator[Case]:
    """Ask how much is new to a reader under 50 articles, as a list of articles does."""
    visit = timezone.now()
    marks = ReadMark.objects.values("reader").annotate(n=Count("pk")).order_by("-n", "reader")
    readers = list(User.objects.filter(pk__in=[row["reader"] for row in marks[:20]]))
    river = list(Article.objects.visible().newest_first()[: LISTED * LISTS])
    for reader in readers:
        for start in range(0, len(river), LISTED):
            listed = river[start : start + LISTED]
            count = partial(ReadMark.objects.new_counts, reader, listed, visit=visit)
            yield f"unread counts, {LISTED} articles of the river", count
        count = partial(ReadMark.objects.new_counts, reader, articles[:LISTED], visit=visit)
        yield f"unread counts, the {LISTED} largest threads", count


def writing_cases(huge: Article, small: list[Article], times: int) -> Iterator[Case]:
    """Post and vote in the huge thread and in small ones, in turns; what is written stays."""
    writers = list(User.objects.order_by("pk")[:50])
    deep = Comment.objects.filter(article=huge, status="published", depth__gte=11).first()
    liked = list(Comment.objects.filter(article=huge, status="published")[:5000:50])
    for number in range(times):
        writer, text = writers[number % len(writers)], f"Measured words, {number}."
        other = small[number % len(small)]
        answered = Comment.objects.filter(article=other, status="published").first()
        yield "post, huge thread", partial(post_comment, huge, text=text, author=writer)
        yield "post, small thread", partial(post_comment, other, text=text, author=writer)
        yield (
            "reply at level 12, huge thread",
            partial(post_comment, huge, text=text, parent=deep, author=writer),
        )
        yield (
            "reply, small thread",
            partial(post_comment, other, text=text, parent=answered, author=writer),
        )
        for where, comment in {"huge": liked[number % len(liked)], "small": answered}.items():
            if comment.author_id != writer.pk:
                # Another than they have, so that every run has something to change.
                held = comment.votes.filter(voter=writer).values_list("value", flat=True).first()
                value = -held if held else (1, -1)[number % 2]
                vote = partial(vote_comment, comment, by=Writer(writer), value=value)
                yield f"vote, {where} thread", vote
