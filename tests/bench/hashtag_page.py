"""
What the page of a hashtag with 200,000 articles asks of the database, and the pages beside it.

    python -m tests.bench.hashtag_page
    python -m tests.bench.hashtag_page --database-url sqlite --articles 20000

A database is made and removed again, unless an address names another, which must be empty. Prints
Markdown: the first page of the hashtag, pages all over its river to the last, the same after other
hashtags were merged into it, the index with what is trending, and the page of somebody who follows
thirty hashtags. Times are those of the database, fetching included, each the median of five rounds.
Exits 1 when a page of the hashtag takes longer than ten milliseconds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.threads import database

TARGET_MS = 10
PAGES = 30


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.measure:
        return measure(wanted.articles)
    with (
        tempfile.TemporaryDirectory(prefix="foldline-bench-") as folder,
        database(wanted.database_url, Path(folder)) as url,
    ):
        env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": folder}
        command = [sys.executable, "-m", "tests.bench.hashtag_page", "--measure"]
        command += [f"--articles={wanted.articles}"]
        return subprocess.run(command, env=env, check=False).returncode


def measure(articles: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

    import django  # noqa: PLC0415  (only the process that measures has a database)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.bench.hashtag_page_site import Site  # noqa: PLC0415  (needs the setup)

    call_command("migrate", verbosity=0)
    site = Site(articles=articles)
    start = time.perf_counter()
    site.fill()
    print(f"made in {time.perf_counter() - start:.0f} s\n", flush=True)
    print(
        "| page | pages | statements | median ms | at most ms |\n"
        "| --- | ---: | ---: | ---: | ---: |"
    )
    worst = max(site.first_page(), site.pages("pages all over its river", PAGES))
    site.merge_others()
    worst = max(
        worst,
        site.first_page("first page, 12 merged into it"),
        site.pages("pages of its river, 12 merged into it", PAGES),
    )
    site.index()
    site.following()
    if worst > TARGET_MS:
        print(f"MISSED: a page of the hashtag takes {worst:.1f} ms in the database", flush=True)
    return int(worst > TARGET_MS)


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.hashtag_page",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=200_000, help="of the hashtag")
    parser.add_argument("--database-url", default="postgresql", help="or sqlite, or an address")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
