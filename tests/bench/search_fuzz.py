"""Whatever is typed at a large site: how much of it fails, and how much of it takes long."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client, override_settings

from tests.reader.search.test_fuzz import SLOW, VALUES, WORDS, Typist

if TYPE_CHECKING:
    from tests.bench.search import Mix

SHOWN = 10
# The files of the pages need not have been collected.
PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Said by the site to a program that asks for what takes too long.
NO_ANSWER = 503


def typist_of(mix: Mix, seed: int) -> Typist:
    """Type what the site has, common words before all, and what no site has."""
    common, other = mix.words["common"], [*mix.words["middling"], *mix.words["rare"]]
    some = mix.random.sample(common, min(40, len(common)))
    words = [*some, *some, *mix.random.sample(other, min(40, len(other))), *WORDS]
    names = [f'"{authors[0]}"' for _, _, authors in mix.articles[:10] if authors]
    values = {
        **VALUES,
        "publisher": [*VALUES["publisher"], *mix.publishers[:10]],
        "hashtag": [*VALUES["hashtag"], *mix.hashtags[:10]],
        "author": [*VALUES["author"], *names],
        "lang": [*VALUES["lang"], "es", "ar"],
    }
    return Typist(seed, words, values)


def fuzz(mix: Mix, *, count: int, seed: int) -> int:
    """Ask the site itself, as browsers and readers of feeds do; return how much went wrong."""
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN_FILES}):
        return _asked(typist_of(mix, seed), count)


def _asked(typist: Typist, count: int) -> int:
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    statuses = Counter[int]()
    taken: list[tuple[float, int, str]] = []
    for number in range(count):
        place = ["/search/", "/search/", "/search/", "/search/feed.atom"][number % 4]
        tab = "&tab=comments" if number % 10 == 9 else ""
        order = "newest" if number % 2 else "best"
        address = f"{place}?q={typist.typed()}&order={order}{tab}"
        start = time.perf_counter()
        response = client.get(address)
        seconds = time.perf_counter() - start
        statuses[response.status_code] += 1
        taken.append((seconds, response.status_code, address))
        if (number + 1) % 1_000 == 0:
            print(f"{number + 1:,} asked, {dict(statuses)}", flush=True)
    failed = count - statuses[200] - statuses[NO_ANSWER]
    slow = sum(seconds > SLOW for seconds, _, _ in taken)
    taken.sort(reverse=True)
    middle, high = (taken[int(len(taken) * share)][0] * 1000 for share in (0.5, 0.05))
    print(
        f"\n{count:,} questions: {failed} failed,"
        f" {statuses[NO_ANSWER]} feeds had no answer in time,"
        f" {slow} took over {SLOW:.0f} s; p50 {middle:.0f} ms, p95 {high:.0f} ms.\n"
    )
    for seconds, status, address in taken[:SHOWN]:
        print(f"- {seconds * 1000:.0f} ms, {status}: `{address[:300]}`")
    return failed + slow
