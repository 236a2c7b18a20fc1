"""
How long threads take, on SQLite and on PostgreSQL: 1,000,000 comments, one thread of 50,000.

    python -m tests.bench.threads
    python -m tests.bench.threads --database-url sqlite:////somewhere/made.sqlite3

Both databases are made and removed again, unless addresses name others; an empty one is filled, one
that tests.bench.generate has filled is measured as it is, and posted into. Prints a Markdown table
for each engine: every case over the 200 largest threads, in milliseconds, each page being the
median of three loads. Exits 1 when a statement reads the whole table of comments, or the p99 of a
page is above 10 ms.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from tests import provision
from tests.cluster import temporary_cluster

TARGET_MS = 10
SMALL_THREADS = 20
POSTS = 100


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.measure:
        return measure(threads=wanted.threads, rounds=wanted.rounds)
    failed = False
    with tempfile.TemporaryDirectory(prefix="foldline-bench-") as folder:
        for place in wanted.database_url or ("sqlite", "postgresql"):
            with database(place, Path(folder)) as url:
                env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": folder, "RATE_LIMITS": "off"}
                sizes = [f"--{n}={getattr(wanted, n)}" for n in ("articles", "comments", "votes")]
                module = [sys.executable, "-m"]
                # Refused when there is a site already, which is then what is measured.
                subprocess.run([*module, "tests.bench.generate", *sizes], env=env, check=False)
                own = ["--measure", f"--threads={wanted.threads}", f"--rounds={wanted.rounds}"]
                done = subprocess.run([*module, "tests.bench.threads", *own], env=env, check=False)
                failed |= done.returncode != 0
    return int(failed)


@contextmanager
def database(place: str, folder: Path) -> Iterator[str]:
    programs = provision.postgres_bin()
    if place == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
    elif place != "postgresql":
        yield place
    elif programs is None:
        raise SystemExit("no PostgreSQL: neither initdb nor postgres was found")
    else:
        with temporary_cluster(programs) as url:
            yield url


def measure(*, threads: int, rounds: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

    import django  # noqa: PLC0415  (only the process that measures has a database)

    django.setup()
    from django.db import connection  # noqa: PLC0415  (needs the setup)

    from tests.bench import thread_pages as pages  # noqa: PLC0415  (needs the setup)
    from tests.bench.measuring import HEADINGS, Taken, at, scans, timed_cursors  # noqa: PLC0415

    articles = pages.largest_articles(threads + 1)
    small = pages.small_articles(SMALL_THREADS)
    taken: defaultdict[str, Taken] = defaultdict(Taken)
    read_whole: dict[str, list[str]] = {}
    known: set[str] = set()
    with timed_cursors():
        cases = chain(
            pages.reading_cases(articles),
            pages.huge_cases(articles[0]),
        )
        for name, act in cases:
            for sql, params in taken[name].add(act, rounds):
                # A plan may differ between a huge thread and a small one, so each kind is asked.
                if (name + sql) not in known:
                    known.add(name + sql)
                    read_whole.setdefault(name, []).extend(scans(sql, params))
        read = list(taken)
        for name, act in pages.unread_cases(articles):
            taken[name].add(act, rounds)
        for name, act in pages.writing_cases(articles[0], small, POSTS):
            taken[name].add(act)
    print(f"\n**{connection.vendor}**, {pages.how_large()}; milliseconds\n")
    print("| what |", " | ".join(HEADINGS), "|")
    print("| --- |", " ".join("---: |" for _ in HEADINGS))
    for name, times in taken.items():
        print(f"| {name} |", " | ".join(times.row()), "|")
    everything = [total for name in read for total in taken[name].totals]
    in_database = [one for name in read for one in taken[name].in_database]
    works = [one for name in read for one in taken[name].works]
    slow = [name for name in read if at(taken[name].totals, 0.99) > TARGET_MS]
    whole = sorted({step for steps in read_whole.values() for step in steps})
    figures = *(at(each, 0.99) for each in (everything, in_database, works)), max(everything)
    print(f"\nAll {len(everything):,} pages:", end=" ")
    print("p99 {:.1f} ms ({:.1f} in the database; {:.1f} of work), most {:.1f}.".format(*figures))
    print(f"Above {TARGET_MS} ms at p99: {', '.join(slow) or 'nothing'}.")
    print(f"Reading the whole table: {', '.join(whole) or 'nothing'}.", flush=True)
    return int(bool(slow or whole))


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.threads",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--votes", type=int, default=500_000)
    parser.add_argument("--threads", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database-url", action="append")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
