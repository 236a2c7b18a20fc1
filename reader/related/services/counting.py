"""In how many articles each term occurs: counted anew, mended and loaded, in bounded memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import numpy as np
from django.db import connection

from reader.related.models import ArticleTerms, TermFrequency
from reader.related.profiles import Profile
from reader.related.services.writing import write_alone
from reader.related.similarity import Frequencies, Ints, length_of, strength
from reader.related.storage import KEY, profile_from

# So many terms are held before they are summed up.
TERMS_HELD = 4_000_000
ROWS_READ = 1_000
# So many counts are moved in one transaction.
TERMS_MOVED = 5_000


def counted_terms(profile: Profile) -> list[tuple[str, int]]:
    """List what an article adds one to, by language and term."""
    return [(profile.language, key) for key in [TermFrequency.ALL, *profile.keys.tolist()]]


def count_change(old: ArticleTerms | None, new: ArticleTerms | None) -> None:
    """Move the term frequencies from what was counted to what is there now."""
    changes: Counter[tuple[str, int]] = Counter()
    if old is not None and old.norm is not None:
        changes.subtract(counted_terms(profile_from(old)))
    if new is not None:
        changes.update(counted_terms(profile_from(new)))
    TermFrequency.objects.move(changes)


def count_articles(rows: Sequence[ArticleTerms]) -> None:
    """Count articles that were not counted before."""
    changes: Counter[tuple[str, int]] = Counter()
    norms: dict[int, float] = {}
    for row in rows:
        profile = profile_from(row)
        changes.update(counted_terms(profile))
        # As if nobody else used its words, until all are counted: too long rather than too short.
        norms[row.pk] = length_of(strength(profile.counts) * np.float32(np.log(1e6)))
    TermFrequency.objects.move(changes)
    ArticleTerms.objects.set_norms(norms)


def mend_counts() -> int:
    """
    Make the counts what the stored articles say; return how many were wrong.

    Articles and counts are compared as they stood at one moment. Whatever others change meanwhile
    they add or take away, so what was wrong then may be added later.
    """
    with _snapshot():
        right, stored = _count_all(), all_frequencies()
    changes: list[tuple[tuple[str, int], int]] = []
    nothing = Frequencies(0, np.empty(0, np.int64), np.empty(0, np.int64))
    for language in right.keys() | stored.keys():
        here, there = right.get(language, nothing), stored.get(language, nothing)
        changes.append(((language, TermFrequency.ALL), here.total - there.total))
        keys, moved = _sums([here.keys, there.keys], [here.articles, -there.articles])
        wrong = np.flatnonzero(moved)
        changes += zip(
            ((language, key) for key in keys[wrong].tolist()), moved[wrong].tolist(), strict=True
        )
    changes = [change for change in changes if change[1]]
    for start in range(0, len(changes), TERMS_MOVED):
        part = dict(changes[start : start + TERMS_MOVED])
        write_alone(partial(TermFrequency.objects.move, part))
    return len(changes)


def all_frequencies() -> dict[str, Frequencies]:
    """Load all counts, those of a million articles in some dozens of megabytes."""
    return {
        language: Frequencies(total, keys, articles)
        for language, total, keys, articles in TermFrequency.objects.whole()
    }


def _count_all() -> dict[str, Frequencies]:
    """Count the articles that are counted."""
    totals: Counter[str] = Counter()
    held: dict[str, list[Ints]] = defaultdict(list)
    sums: dict[str, tuple[Ints, Ints]] = {}
    size = 0

    def sum_up() -> None:
        for language, parts in held.items():
            keys, articles = np.unique(np.concatenate(parts), return_counts=True)
            if language in sums:
                keys, articles = _sums([sums[language][0], keys], [sums[language][1], articles])
            sums[language] = keys, articles
        held.clear()

    for language, stored in _counted_keys():
        keys = np.frombuffer(bytes(stored), KEY)
        totals[language] += 1
        held[language].append(keys)
        size += len(keys)
        if size > TERMS_HELD:
            sum_up()
            size = 0
    sum_up()
    return {language: Frequencies(totals[language], *each) for language, each in sums.items()}


def _counted_keys() -> Iterator[tuple[str, bytes | memoryview]]:
    last = 0
    while True:
        rows = ArticleTerms.objects.counted().filter(pk__gt=last).order_by("pk")
        part = list(rows.values_list("pk", "language", "keys")[:ROWS_READ])
        if not part:
            return
        last = part[-1][0]
        yield from ((language, keys) for _, language, keys in part)


def _sums(keys: list[Ints], counts: list[Ints]) -> tuple[Ints, Ints]:
    """Add up counts of the same keys."""
    all_keys, places = np.unique(np.concatenate(keys), return_inverse=True)
    added = np.zeros(len(all_keys), np.int64)
    np.add.at(added, places, np.concatenate(counts))
    return all_keys, added


@contextmanager
def _snapshot() -> Iterator[None]:
    """See the database as it is now, whatever others write meanwhile; nobody waits for it."""
    if connection.in_atomic_block:
        yield
        return
    begin = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    }
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
