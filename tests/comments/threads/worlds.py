"""A thread and its reader, lived through plainly and with htmx, and compared at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from comments.moderation.models import Report
from comments.threads.models import Comment, CommentRevision, Thread, Vote
from reader.articles.models import Article
from tests.comments.threads.pages import url_of, words
from tests.comments.threads.readers import BROWSER, HtmxReader, PlainReader
from tests.factories import make_article, make_comment, make_user


class World:
    """An article, somebody who reads it, and others who have written under it."""

    def __init__(self, reader: PlainReader) -> None:
        self.reader = reader
        self.article = make_article("Ferry late again")
        self.ada = make_user("Ada")

    def open(self) -> None:
        self.reader.visit(self.article.get_absolute_url())

    def sign_in(self) -> None:
        self.reader.log_in(self.ada)
        self.open()

    def said_by_mara(self, text: str, **fields: Any) -> Comment:
        return make_comment(self.article, text=text, guest_name="Mara", guest_key="m", **fields)

    def post(self, text: str, *, parent: Comment | None = None, times: int = 1, **typed) -> None:
        if parent:
            self.reader.follow(self.reader.link(f"comment-{parent.pk}", "Reply"))
        form = self.reader.form(f"form-{parent.pk if parent else 'new'}")
        self.reader.send(form, text=text, times=times, **typed)

    def vote(self, comment: Comment, way: str) -> None:
        form = self.reader.form(f"comment-{comment.pk}-vote")
        self.reader.send(form, button=form.select_one(f".vote__button--{way}"))

    def ending(self) -> dict[str, Any]:
        """Tell what is stored, and what everybody now sees."""
        self.article.refresh_from_db()
        self._check_here()
        stranger = PlainReader()
        stranger.visit(self.article.get_absolute_url())
        errors = self.reader.errors
        self.open()
        return {
            "stored": stored(self.article),
            # The second life may be refused a second later than the first.
            "refused": [re.sub(r"\d+ seconds?", "some seconds", error) for error in errors],
            "the reader sees": seen(self.reader.thread),
            "a stranger sees": seen(stranger.thread),
        }

    def _check_here(self) -> None:
        """What htmx left on the page is what loading it again brings, too."""
        here = self.reader.thread
        if here is None or self.reader.errors:
            return
        again = PlainReader()
        again.client = self.reader.client
        again.visit(self.article.get_absolute_url())
        assert sorted(seen(here)["comments"]) == sorted(seen(again.thread)["comments"])
        assert seen(here)["count"] == seen(again.thread)["count"]


def stored(article: Article) -> dict[str, Any]:
    """Everything about a thread that stays, by the numbers of comments instead of their keys."""
    comments = Comment.objects.in_thread(article.pk).order_by("seq")
    number = {comment.pk: comment.seq for comment in comments}
    fields = (
        "guest_name", "author__name", "body_src", "body_html", "status", "arrival", "up", "down",
        "rank", "reply_count", "desc_count", "in_tree", "revision_no", "is_answered",
    )  # fmt: skip
    return {
        "comments": [
            (comment.seq, number.get(comment.parent_id), comment.erase_at is not None)
            for comment in comments
        ],
        "words": list(comments.values_list(*fields)),
        "earlier words": list(
            CommentRevision.objects.order_by("pk").values_list("comment__seq", "body_src")
        ),
        "votes": list(Vote.objects.order_by("comment__seq").values_list("comment__seq", "value")),
        "reports": list(
            Report.objects.order_by("pk").values_list("comment__seq", "reason", "note")
        ),
        "count": article.comment_count,
        "thread": list(
            Thread.objects.filter(pk=article.pk).values_list("last_seq", "last_arrival", "version")
        ),
    }


def seen(thread: Tag) -> dict[str, Any]:
    """What a thread shows: its comments with what can be done about each, as they stand there."""
    return {
        "count": words(thread.select_one("[data-comment-count]")),
        "comments": [_shown(article) for article in thread.select("article.comment")],
        "invitation": thread.select_one(".invitation") is not None,
        "words": [field.get_text() for field in thread.select("textarea")],
    }


def _shown(article: Tag) -> tuple[str, ...]:
    above = article.find_parent("li").find_parent("li")
    answered = above.select_one("article.comment") if above else None
    pressed = [
        each.get("aria-pressed", "") for each in article.select(".vote__button[aria-pressed]")
    ]
    return (
        _text(article.select_one(".comment__body")),
        _text(answered.select_one(".comment__body")) if answered else "",
        _text(article.select_one(".comment__title")),
        _text(article.select_one(".vote__score")),
        *pressed,
        *[words(link) for link in article.select(".comment__foot a")],
    )


def _text(element: Tag | None) -> str:
    return words(element) if element else ""


def both_ways(scenario: Callable[[World], None] | None = None, **settings: Any):
    """
    Live a scenario through in a browser without scripts, then with htmx, each time from the start.

    Both must leave the same behind. Arguments are settings of the site.
    """
    if scenario is None:
        return lambda given: both_ways(given, **settings)

    @pytest.mark.django_db
    def test() -> None:
        endings = [_live(scenario, reader, settings) for reader in (PlainReader, HtmxReader)]
        assert endings[0] == endings[1]

    test.__name__, test.__doc__ = scenario.__name__, scenario.__doc__
    return test


def _live(scenario, reader_class, settings: dict[str, Any]) -> dict[str, Any]:
    with transaction.atomic(), override_settings(**{"RATE_LIMITS": False} | settings):
        world = World(reader_class())
        world.open()
        scenario(world)
        ending = world.ending()
        transaction.set_rollback(True)
    cache.clear()
    return ending


def raw_post(world: World, comment: Comment, name: str, **data: str):
    """Send what no form on the page would send."""
    token = world.reader.page.select_one("[name=csrfmiddlewaretoken]")
    sent = {"csrfmiddlewaretoken": token["value"], **data} if token else data
    return world.reader.client.post(url_of(name, comment), sent, headers=BROWSER)
