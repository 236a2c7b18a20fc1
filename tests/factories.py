"""Rows for tests: plain functions, no randomness; names count up so that each row is its own."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from comments.threads.models import Comment, Thread
from comments.threads.ranking import best_key, own_rank
from comments.threads.services import post_comment
from comments.threads.tree import path_below
from reader.accounts.models import User
from reader.articles import services
from reader.articles.models import Article, Publisher, Section
from reader.articles.text import html_from_text

numbers = count(1)


def make_user(name="", *, password="a long password", **fields) -> User:
    number = next(numbers)
    name = name or f"Reader {number}"
    email = fields.pop("email", f"reader{number}@mail.example")
    return User.objects.create_user(email, password, name=name, **fields)


def make_publisher(name="") -> Publisher:
    return services.publisher_named(name or f"Gazette {next(numbers)}")


def make_section(name="") -> Section:
    return services.section_named(name or f"Section {next(numbers)}")


def make_article(
    title="", *, text="First words.\n\nLast words.", html="", hours_ago=1, **fields
) -> Article:
    """Make a visible article; `status`, `embargo_until` and the like pass through."""
    fields.setdefault("status", Article.Status.PUBLISHED)
    fields.setdefault("published_at", timezone.now() - timedelta(hours=hours_ago))
    if not html:
        fields["body_text"] = text
    return services.create_article(
        title=title or f"Article {next(numbers)}", body_html=html or html_from_text(text), **fields
    )


def make_moderator(name="") -> User:
    moderator = make_user(name, is_staff=True)
    moderator.groups.add(Group.objects.get(name="moderator"))
    return moderator


def make_comment(article=None, *, text="", parent=None, **fields) -> Comment:
    """Post a comment as a guest, unless `author` is given, as a reply when `parent` is."""
    article = article or (parent.article if parent else make_article())
    text = text or f"Comment {next(numbers)}"
    return post_comment(article, text=text, parent=parent, **fields).comment


def make_older(comment, *, minutes=10) -> Comment:
    """Let a comment have been posted that much earlier."""
    comment.created_at -= timedelta(minutes=minutes)
    comment.save(update_fields=["created_at"])
    return comment


def make_thread(article, answers, **fields) -> list[Comment]:
    """
    Make many comments at once, much quicker than one by one; return them in order.

    `answers` says for each which one it answers, counted from 1, or None: [None, 1, 1, 3].
    """
    comments: list[Comment] = []
    first_pk = 1 + (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    for seq, answered in enumerate(answers, 1):
        parent = comments[answered - 1] if answered else None
        pk = first_pk + seq - 1
        comments.append(
            Comment(
                pk=pk,
                article=article,
                parent=parent,
                depth=parent.depth + 1 if parent else 0,
                seq=seq,
                path=path_below(parent.path if parent else "", seq),
                arrival=seq,
                rank=own_rank(up=0, down=0, imported_score=None),
                best=best_key(pk, own_rank(up=0, down=0, imported_score=None)),
                **{"body_src": f"Comment {seq}", "body_html": f"<p>Comment {seq}</p>"} | fields,
            )
        )
    for comment in reversed(comments):
        if comment.parent:
            comment.parent.reply_count += 1
            comment.parent.desc_count += 1 + comment.desc_count
    Comment.objects.bulk_create(comments, batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('threads_comment', 'id'), %s)",
                [comments[-1].pk],
            )
    Thread.objects.create(article=article, last_seq=len(comments), last_arrival=len(comments))
    services.adjust_comment_count(article.pk, by=len(comments))
    return comments
