"""Rows for tests: plain functions, no randomness; names count up so that each row is its own."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

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
