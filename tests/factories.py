"""Rows for tests: plain functions, no randomness; names count up so that each row is its own."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from comments.threads.models import Comment
from comments.threads.services import post_comment
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


def make_article(title="", *, text="First words.\n\nLast words.", hours_ago=1, **fields) -> Article:
    """Make a visible article; `status`, `embargo_until` and the like pass through."""
    fields.setdefault("status", Article.Status.PUBLISHED)
    fields.setdefault("published_at", timezone.now() - timedelta(hours=hours_ago))
    return services.create_article(
        title=title or f"Article {next(numbers)}",
        body_html=html_from_text(text),
        body_text=text,
        **fields,
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
