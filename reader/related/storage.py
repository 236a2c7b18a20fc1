"""Profiles in and out of their rows."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reader.articles.models import Article
from reader.related.listing import Item
from reader.related.models import ArticleTerms
from reader.related.profiles import METHOD, Profile, Shingles, profile_of

# Little-endian, whatever machine writes them.
KEY, COUNT, MARK = np.dtype("<i8"), np.dtype("<f4"), np.dtype("<u4")
MEANING = np.dtype("<f2")
SECONDS_A_DAY = 86400
Stored = bytes | memoryview

# Of a row, what plain_item() and shingles_from() want.
PLAIN_FIELDS = (
    "language",
    "keys",
    "counts",
    "meaning",
    "article__published_at",
    "article__publisher_id",
)
MARK_FIELDS = ("marks", "marks_step")
NO_SHINGLES = Shingles(np.empty(0, MARK), 1)

# Of an article, what read_article() reads.
TEXT_FIELDS = ("title", "standfirst", "body_text", "language", "revision_number")


def read_article(article: Article) -> ArticleTerms:
    """Read an article's words into a row that is not saved yet."""
    body = f"{article.standfirst}\n\n{article.body_text}"
    profile = profile_of(article.title, body, language=article.language)
    return ArticleTerms(
        article_id=article.pk,
        revision=article.revision_number,
        method=METHOD,
        language=profile.language,
        keys=profile.keys.astype(KEY).tobytes(),
        counts=profile.counts.astype(COUNT).tobytes(),
        marks=profile.shingles.marks.astype(MARK).tobytes(),
        marks_step=profile.shingles.step,
        surfaces=profile.surfaces,
        names=profile.names,
        meaning=profile.meaning.astype(MEANING).tobytes(),
    )


def profile_from(row: ArticleTerms) -> Profile:
    return Profile(
        language=row.language,
        keys=_array(row.keys, KEY),
        counts=_array(row.counts, COUNT),
        shingles=shingles_from(row.marks, row.marks_step),
        surfaces=bytes(row.surfaces),
        names=bytes(row.names),
        meaning=_array(row.meaning, MEANING),
    )


def item_from(row: ArticleTerms) -> Item:
    """Make what choosing works with; the row was loaded by with_facts()."""
    article = row.article
    return Item(
        article=row.article_id,
        profile=profile_from(row),
        publisher=article.publisher_id,
        publisher_name=article.publisher.name if article.publisher else "",
        day=day_of(article),
    )


def plain_item(
    article: int,
    language: str,
    keys: Stored,
    counts: Stored,
    meaning: Stored,
    published_at: datetime | None,
    publisher: int | None,
) -> Item:
    """Make what likeness is measured of; it knows its words by their numbers alone."""
    profile = Profile(
        language=language,
        keys=_array(keys, KEY),
        counts=_array(counts, COUNT),
        shingles=NO_SHINGLES,
        surfaces=b"",
        names=b"",
        meaning=_array(meaning, MEANING),
    )
    return Item(article, profile, publisher, day=_day(published_at))


def shingles_from(marks: Stored, step: int) -> Shingles:
    return Shingles(_array(marks, MARK), step)


def day_of(article: Article) -> float:
    return _day(article.published_at)


def _day(moment: datetime | None) -> float:
    return moment.timestamp() / SECONDS_A_DAY if moment else math.nan


def _array(stored: Stored, dtype: DTypeLike) -> NDArray:
    # PostgreSQL answers a memoryview, SQLite bytes.
    return np.frombuffer(bytes(stored), dtype=dtype)
