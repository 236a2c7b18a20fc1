"""One comment in its place."""

from __future__ import annotations

from typing import NamedTuple

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.reading.rows import Reader
from comments.threads.tree import SORTS, Branch, ThreadComment
from reader.accounts.models import User
from reader.articles.models import Article


class Permalink(NamedTuple):
    article: Article
    # What the comment answers, top first.
    ancestors: list[ThreadComment]
    branch: Branch
    is_open: bool


def load_permalink(
    comment_id: int,
    *,
    sort: str = "best",
    viewer: User | None = None,
    guest_key: str | None = None,
) -> Permalink:
    """
    Load one comment's branch and what it answers, two statements at any depth.

    Raise Comment.DoesNotExist when this viewer may not see the comment or its article.
    """
    comment = Comment.objects.for_action().get(pk=comment_id)
    reader = Reader(comment.article_id, Writer(viewer, guest_key))
    ancestors, branch = reader.branch(comment, SORTS[sort].among_replies())
    return Permalink(comment.article, ancestors, branch, reader.is_open)
