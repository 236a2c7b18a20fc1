"""The whole site: every room's rows in the order in which they can be known."""

from __future__ import annotations

import resource
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from random import Random

from reader.search.models import SearchEntry
from reader.search.services import rebuild_index
from tests.bench.generated import articles, hashtags, people, threads
from tests.bench.generated.articles import PUBLISHED, WITHDRAWN, Articles, Told
from tests.bench.generated.hashtags import Hashtags
from tests.bench.generated.people import People
from tests.bench.generated.shapes import thread_sizes
from tests.bench.generated.storing import Store, empty
from tests.bench.generated.threads import Threads

YEARS = 6
DAY = 86_400
# As many comments, or articles, are held in memory at once; a thread is never parted.
WINDOW_COMMENTS = 20_000
WINDOW_ARTICLES = 2_000
LARGE = 1_000
SECONDS_PER_WORD = 5
ROOMS = (people, hashtags, articles, threads)

Tell = Callable[[str], None]


class NotEmpty(Exception):
    """The database has something in it that nobody asked to lose."""


def generate(
    *,
    articles: int,
    comments: int,
    votes: int = 0,
    people: int | None = None,
    seed: int = 1,
    until: str | None = None,
    fresh: bool = False,
    with_revisions: bool = False,
    with_search: bool = False,
    tell: Tell = print,
) -> None:
    """Write everything in one transaction, in windows of time, oldest articles first."""
    started = time.monotonic()
    store = Store([model for room in ROOMS for model in room.TABLES])
    if fresh:
        empty([*store.models, SearchEntry], tables=["search_words", "comment_words"])
    for model in store.models:
        if model._default_manager.exists():
            raise NotEmpty(f"There are {model._meta.verbose_name_plural}; --fresh removes them.")
    end = _midnight(until)
    since = end - YEARS * 365 * DAY
    random = Random(f"{seed} site")
    crowd = People(people or max(50, comments // 25))
    tags = Hashtags(articles, random)
    news = Articles(articles, tags, seed=seed, since=since, until=end)
    talk = Threads(crowd, seed=seed, until=end, comments=comments, votes=votes)
    sizes = thread_sizes(articles, comments, random)
    said = time.monotonic()
    with store.loading():
        crowd.store(store, random, since=since, until=end)
        news.store_places(store, random)
        talk.store_staff(store, news.publishers)
        for window in _windows(news, sizes):
            counts = talk.store(store, window)
            news.store(store, window, counts, with_revisions=with_revisions)
            if time.monotonic() - said > SECONDS_PER_WORD:
                said = time.monotonic()
                tell(f"{_sums(news, talk)}, {_rate(store.count, started)}")
        tags.store(store)
        loaded = time.monotonic()
        tell(f"All rows after {loaded - started:.0f} s; indexes and references follow.")
    tell(
        f"{_sums(news, talk)}, {crowd.count:,} people, {news.hashtags.links.count:,} hashtag links"
        f" in {time.monotonic() - started:.0f} s ({_rate(store.count, started)}), "
        f"{_peak_mib():.0f} MiB of memory at most."
    )
    if with_search:
        rebuild_index(say=tell)


def _windows(news: Articles, sizes: array) -> Iterator[list[tuple[Told, int]]]:
    """Take articles in order, each with the number of its comments; some may have none."""
    window: list[tuple[Told, int]] = []
    comments = owed = 0
    for pk, size in enumerate(sizes, 1):
        told = news.told(pk)
        # A draft has no readers, and the largest threads should be open to all.
        if size and told.status != PUBLISHED and (told.status != WITHDRAWN or size > LARGE):
            owed, size = owed + size, 0
        elif owed and size:
            size, owed = size + owed, 0
        window.append((told, size))
        comments += size
        if comments >= WINDOW_COMMENTS or len(window) >= WINDOW_ARTICLES:
            yield window
            window, comments = [], 0
    if window:
        yield window


def _midnight(day: str | None) -> int:
    newest = date.fromisoformat(day) if day else datetime.now(UTC).date()
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())


def _sums(news: Articles, talk: Threads) -> str:
    return (
        f"{news.sheet.count:,} articles, {talk.comments.count:,} comments, "
        f"{talk.votes.count:,} votes"
    )


def _rate(rows: int, started: float) -> str:
    return f"{rows / (time.monotonic() - started):,.0f} rows/s"


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
