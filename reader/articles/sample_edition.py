"""
The sample edition: invented articles that an empty site opens with, and the way to be rid of them.

The texts are in sample/articles.jsonl, in the form of every import, but each says `hours_ago` where
others have `published_at`, so that the front page is fresh on whatever day the site first opens.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from reader.articles.announcements import Progress, run_import_steps
from reader.articles.importing import import_records
from reader.articles.models import Article, Publisher, Section
from reader.articles.records import SAMPLE_SOURCE
from reader.articles.services import delete_articles, remove_unused_publishers_and_sections

SAMPLE_FILE = Path(__file__).with_name("sample") / "articles.jsonl"
# In the order of the masthead, which an editor may change later.
SECTIONS = (
    "World", "Politics", "Business", "Science", "Climate", "Culture", "Technology", "Sport",
)  # fmt: skip

# What was added or removed, by the plural of its name: {"articles": 35, "comments": 82}.
Counts = dict[str, int]


class LoadListener(Protocol):
    def __call__(self, *, now: datetime) -> Mapping[str, int] | None: ...


RemoveListener = Callable[[], Mapping[str, int] | None]

_load_listeners: list[LoadListener] = []
_remove_listeners: list[RemoveListener] = []


def on_sample_loaded(listener: LoadListener) -> None:
    """
    Have `listener` called in the transaction that loads the sample edition, after its articles.

    It is called at every load, so it adds only what is missing. The counts it returns are reported.
    """
    if listener not in _load_listeners:
        _load_listeners.append(listener)


def on_sample_removed(listener: RemoveListener) -> None:
    """
    Have `listener` called in the transaction that removed the sample's articles.

    Rows that hang from an article are gone by then; this is for what was left without any.
    """
    if listener not in _remove_listeners:
        _remove_listeners.append(listener)


@cache
def sample_records() -> tuple[dict[str, Any], ...]:
    """Read the file, once a process."""
    lines = SAMPLE_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def load_sample_edition(*, now: datetime, say: Progress | None = None) -> Counts:
    """
    Add what is missing of the sample edition, dated back from `now`; return what was added.

    What is there stays as it is, dates and editors' changes included. Articles and what other rooms
    add are one transaction; what follows every import (relating and the like) comes after it.
    """
    with transaction.atomic():
        counts = Counter(_add_articles(now))
        for listener in _load_listeners:
            counts.update(listener(now=now) or {})
    if counts["articles"]:
        run_import_steps(say=say or _keep_quiet)
    return _in_full(counts, "articles", "publishers", "sections")


@transaction.atomic
def remove_sample_edition() -> Counts:
    """
    Delete the sample's articles with all that hangs from them; return what was deleted.

    Publishers and sections go when no other article has them.
    """
    articles = list(Article.objects.from_sample().only("publisher", "section"))
    deleted = delete_articles(articles)
    publishers, sections = remove_unused_publishers_and_sections(
        publishers={article.publisher_id for article in articles if article.publisher_id},
        sections={article.section_id for article in articles if article.section_id},
    )
    counts = Counter(articles=deleted, publishers=publishers, sections=sections)
    for listener in _remove_listeners:
        counts.update(listener() or {})
    return _in_full(counts, "articles", "publishers", "sections")


def is_sample_loaded() -> bool:
    """Tell whether any of it is on the site; a few lookups in a unique index."""
    ids = [record["id"] for record in sample_records()]
    return Article.objects.from_sample().filter(record_id__in=ids).exists()


def in_words(counts: Mapping[str, int]) -> str:
    """Say what was counted: "35 articles, 1 publisher"; nothing when all is nought."""
    return ", ".join(
        f"{count} {name.removesuffix('s') if count == 1 else name}"
        for name, count in counts.items()
        if count
    )


def _add_articles(now: datetime) -> Counts:
    ids = [record["id"] for record in sample_records()]
    known = set(Article.objects.filter(record_id__in=ids).values_list("record_id", flat=True))
    missing = [_dated(record, now) for record in sample_records() if record["id"] not in known]
    publishers, sections = Publisher.objects.count(), Section.objects.count()
    result = import_records(missing)
    if result.problems:
        raise ValueError(f"The sample edition is damaged: {'; '.join(result.problems)}")
    if not sections:
        for place, name in enumerate(SECTIONS, 1):
            Section.objects.filter(name=name).update(place=place)
    return {
        "articles": result.created,
        "publishers": Publisher.objects.count() - publishers,
        "sections": Section.objects.count() - sections,
    }


def _dated(record: dict[str, Any], now: datetime) -> dict[str, Any]:
    published_at = now - timedelta(hours=record["hours_ago"])
    dated = {name: value for name, value in record.items() if name != "hours_ago"}
    return dated | {"published_at": published_at.isoformat(), "source": SAMPLE_SOURCE}


def _in_full(counts: Counter[str], *always: str) -> Counts:
    return dict.fromkeys(always, 0) | dict(counts)


def _keep_quiet(_words: str) -> None:
    pass
