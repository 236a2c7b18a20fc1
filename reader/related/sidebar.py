"""What stands beside an article, asked for in one statement and put into blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from reader.articles.models import Article, Publisher
from reader.related.blocks import Blocks, Offer, arrange
from reader.related.models import RelatedLink
from reader.related.profiles import Shingles
from reader.related.sidebar_sql import LOOKED_AT, STATEMENT
from reader.related.telling import (
    why_alike,
    why_in_words,
    why_of_hashtag,
    why_of_pin,
    why_of_section,
    why_of_story,
)
from reader.stories.models import Story

PINNED, BANNED = RelatedLink.Kind.PINNED, RelatedLink.Kind.BANNED
AUTOMATIC, TOLD, ITSELF = RelatedLink.Kind.AUTOMATIC, "told", "itself"


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a block, and why it stands there."""

    other: Article
    why_shown: str
    score: float | None = None
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class StoryTold:
    """The story a page belongs to, as far as readers may see it."""

    story: Story
    articles: int
    publishers: int

    @property
    def is_counted(self) -> bool:
        return self.articles < LOOKED_AT


@dataclass(frozen=True, slots=True)
class Sidebar:
    picks: list[Item] = field(default_factory=list)
    coverage: list[Item] = field(default_factory=list)
    background: list[Item] = field(default_factory=list)
    since: list[Item] = field(default_factory=list)
    story: StoryTold | None = None

    @property
    def items(self) -> list[Item]:
        """All of it, in the order of the page."""
        return [*self.picks, *self.coverage, *self.background, *self.since]


def sidebar_of(article: Article) -> Sidebar:
    """Give what readers see beside an article; one statement."""
    return _arranged(article, _rows(article, gated=True))


def both_lists(article: Article) -> tuple[Sidebar, Sidebar]:
    """
    Give what would stand there had no editor decided anything, and what does; one statement.

    For the desk: that readers cannot see the article itself makes no difference.
    """
    rows = _rows(article, gated=False)
    undecided = [row for row in rows if row.kind not in (PINNED, BANNED)]
    return _arranged(article, undecided), _arranged(article, rows)


def _rows(article: Article, *, gated: bool) -> list[Any]:
    """Load articles with what links them to the page; see sidebar_sql."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows: list[Any] = list(
        Article.objects.raw(STATEMENT, {"page": article.pk, "now": now, "gated": gated})
    )
    for row in rows:
        if row.publisher_id is not None:
            row.publisher = Publisher(
                pk=row.publisher_id, name=row.publisher_name, slug=row.publisher_slug
            )
    return rows


def _arranged(article: Article, rows: list[Any]) -> Sidebar:
    # The statement has them in their order within each kind.
    of_kind: dict[str, list[Any]] = {
        kind: [row for row in rows if row.kind == kind]
        for kind in (PINNED, BANNED, AUTOMATIC, TOLD, ITSELF)
    }
    banned = {row.pk for row in of_kind[BANNED]}
    related = [row for row in of_kind[AUTOMATIC] if row.pk not in banned]
    told = [row for row in of_kind[TOLD] if row.pk not in banned]
    itself = of_kind[ITSELF]
    page = _offer(article, shingles=_shingles(itself[0]) if itself else None)
    blocks = arrange(
        page,
        pinned=[_offer(row, shingles=_shingles(row)) for row in of_kind[PINNED]],
        told=[_offer(row, in_story=True, shingles=_shingles(row)) for row in told],
        related=[
            _offer(row, in_story=bool(row.in_story), shingles=_shingles(row)) for row in related
        ],
    )
    return _told(article, blocks, of_kind[PINNED], told, related)


def _offer(article: Article, *, in_story: bool = False, shingles: Shingles | None) -> Offer:
    return Offer(
        article=article.pk,
        publisher=article.publisher_id,
        published_at=article.published_at,
        is_date=article.published_is_date,
        in_story=in_story,
        shingles=shingles,
    )


def _shingles(row: Any) -> Shingles | None:
    if row.marks is None:
        return None
    return Shingles(np.frombuffer(bytes(row.marks), "<u4"), row.marks_step)


def _told(
    page: Article, blocks: Blocks, pinned: list[Any], told: list[Any], related: list[Any]
) -> Sidebar:
    story = None
    if told:
        first = told[0]
        # As Story.objects.with_headline() loads it.
        known = Story(pk=first.story_number, title=first.story_title)
        known.first_title, known.first_excerpt = first.first_title, first.first_excerpt
        story = StoryTold(known, first.story_articles, first.story_publishers)
    picked = {row.pk: row for row in pinned}
    alike = {row.pk: row for row in related}
    teller = {row.pk: row for row in told}

    def of_story(number: int) -> Item:
        # Names that both have say more than that there is a story, which the heading says.
        link = alike.get(number)
        words = why_in_words(link.why) if link else ""
        if not words and story:
            words = why_of_story(
                articles=story.articles, publishers=story.publishers, counted=story.is_counted
            )
        return Item(teller[number], words, score=link.score if link else None)

    def found(number: int) -> Item:
        row = alike[number]
        why = why_in_words(row.why) or why_of_hashtag(row.hashtag or "")
        if not why and row.section_id is not None and row.section_id == page.section_id:
            why = why_of_section()
        return Item(row, why or why_alike(), row.score)

    return Sidebar(
        picks=[Item(picked[n], why_of_pin(picked[n].reason), is_pinned=True) for n in blocks.picks],
        coverage=[of_story(n) for n in blocks.coverage],
        background=[found(n) for n in blocks.background],
        since=[found(n) for n in blocks.since],
        story=story,
    )
