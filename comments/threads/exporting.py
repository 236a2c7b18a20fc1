"""Reply trees out as JSON records; importing them elsewhere gives the same threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from comments.threads.models import Comment, Thread
from comments.threads.records import (
    COMMENT_FIELDS,
    PLACE_FIELDS,
    comment_says,
    own_id,
    thread_says,
)
from reader.articles.models import Article

CHUNK_SIZE = 500


def export_records() -> Iterator[dict[str, Any]]:
    """
    Give every comment under visible articles, thread by thread, in the order they were written.

    What was hidden is given without its words and its author. What waits for a moderator is left
    out, unless published comments hang from it.
    """
    visible = Article.objects.visible().filter(pk=OuterRef("article_id"))
    threads = Thread.objects.filter(Exists(visible)).order_by("pk")
    for article_id in threads.values_list("pk", flat=True).iterator(chunk_size=CHUNK_SIZE):
        yield from _thread_records(article_id)


def thread_record(thread: Thread) -> dict[str, Any]:
    """Say what each record of the thread says of it."""
    article = thread.article
    says = thread_says(
        public_id=article.public_id,
        title=article.title,
        url=article.original_url,
        created_at=article.published_at,
        closed_at=thread.closed_at,
    )
    return says | thread.record_extra


def comment_record(comment: Comment, *, name: str, parent_name: str | None) -> dict[str, Any]:
    """Say what the comment holds in the fields of an import, without those of its thread."""
    score: int | None = comment.score
    if comment.record_id is not None and comment.imported_score is None and not score:
        score = None
    says = comment_says(
        record_id=name,
        parent_id=parent_name,
        depth=comment.depth,
        author=_author_of(comment),
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        score=score,
        body=comment.body_src,
        status=comment.status,
        lang=comment.lang,
    )
    if comment.record_id is None:
        says |= {"is_op": False, "licence": None, "source": None}
    extra = comment.record_extra
    # A comment that came with words and has lost them here must not give them back.
    if not comment.is_published and comment.body_src:
        extra = {name: value for name, value in extra.items() if name in PLACE_FIELDS}
    return says | extra


def _thread_records(article_id: int) -> Iterator[dict[str, Any]]:
    thread = Thread.objects.select_related("article").get(pk=article_id)
    of_thread = thread_record(thread)
    names = _names_in(article_id)
    comments = Comment.objects.filter(article_id=article_id).select_related("author")
    for comment in comments.order_by("seq").iterator(chunk_size=CHUNK_SIZE):
        if comment.pk not in names:
            continue
        parent_name = names[comment.parent_id] if comment.parent_id else None
        says = comment_record(comment, name=names[comment.pk], parent_name=parent_name)
        ordered = {field: says[field] for field in COMMENT_FIELDS if field in says}
        yield of_thread | ordered | says


def _names_in(article_id: int) -> dict[int, str]:
    """Name every comment that is given, parents before replies."""
    rows = list(
        Comment.objects.filter(article_id=article_id)
        .order_by("path")
        .values_list("pk", "parent_id", "record_id", "status", "in_tree")
    )
    taken = {record_id for _, _, record_id, _, _ in rows if record_id is not None}
    names: dict[int, str] = {}
    for pk, parent_id, record_id, status, in_tree in rows:
        is_kept = in_tree or status != Comment.Status.HELD
        if is_kept and (parent_id is None or parent_id in names):
            names[pk] = record_id if record_id is not None else own_id(pk, taken)
    return names


def _author_of(comment: Comment) -> str:
    """Name the author as readers see them; nothing when nobody knows."""
    if comment.author_id is None and not comment.guest_key_hash:
        return comment.guest_name
    return comment.author_label
