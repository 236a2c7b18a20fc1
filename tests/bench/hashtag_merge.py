"""
How long merging hashtags takes, and taking it back: 1,000,000 links on PostgreSQL.

    python -m tests.bench.hashtag_merge
    python -m tests.bench.hashtag_merge --links 100000 --database-url postgres://…

A database is made and removed again, unless an address names another, which must be empty. Prints
Markdown: the dry run, the merge and its undo, a split and its undo, and pages of the river before
and after. Exits 1 when one takes longer than the targets below, when a dry run does not say what is
done, when a count is not what a recount says, or when an undo does not restore every row.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.threads import database

SECONDS = 10
RIVER_MS = 10
PAGES = 40
# Merged one after the other into the large one, so that its river has so many sources.
SMALL, SMALL_LINKS = 12, 5_000


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.measure:
        return measure(wanted.links)
    with (
        tempfile.TemporaryDirectory(prefix="foldline-bench-") as folder,
        database(wanted.database_url, Path(folder)) as url,
    ):
        env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": folder}
        command = [sys.executable, "-m", "tests.bench.hashtag_merge", "--measure"]
        command += [f"--links={wanted.links}"]
        return subprocess.run(command, env=env, check=False).returncode


def measure(links: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

    import django  # noqa: PLC0415  (only the process that measures has a database)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.bench.hashtag_merge_site import Site  # noqa: PLC0415  (needs the setup)

    call_command("migrate", verbosity=0)
    site = Site(links=links, small=SMALL, small_links=SMALL_LINKS)
    took("making the links", site.fill)
    missed: list[str] = []
    print("\n| what | seconds |\n| --- | ---: |", flush=True)
    before = site.checksums()
    for name, plan, change in site.changes():
        planned = timed(f"{name}: dry run", plan, missed)
        done = timed(name, change, missed)
        if done.outcome != planned:
            missed.append(f"{name}: {planned} was said, {done.outcome} was done")
        missed += site.wrong(name)
        print(f"| ({done.outcome.all_words}) | |", flush=True)
        if name == "merge":
            missed += site.read_river("after the merge", pages=PAGES, target_ms=RIVER_MS)
        timed(f"undo of the {name}", lambda done=done: site.undo(done), missed)
        missed += site.wrong(f"undo of the {name}")
        if site.checksums() != before:
            missed.append(f"the undo of the {name} does not restore every row")
    site.merge_small()
    missed += site.read_river(f"with {SMALL} more merged", pages=PAGES, target_ms=RIVER_MS)
    missed += site.wrong("many merges")
    for sentence in missed:
        print(f"MISSED: {sentence}", flush=True)
    return int(bool(missed))


def timed(name: str, act: Callable[[], Any], missed: list[str]) -> Any:
    start = time.perf_counter()
    result = act()
    seconds = time.perf_counter() - start
    print(f"| {name} | {seconds:.1f} |", flush=True)
    if seconds > SECONDS:
        missed.append(f"{name} takes {seconds:.1f} s")
    return result


def took(name: str, act: Callable[[], Any]) -> None:
    start = time.perf_counter()
    act()
    print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.hashtag_merge",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--links", type=int, default=1_000_000, help="of the hashtag that is merged"
    )
    parser.add_argument("--database-url", default="postgresql")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
