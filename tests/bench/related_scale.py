"""
How related articles do on a large site: 100,000 articles on both engines, 1,000,000 on PostgreSQL.

    python -m tests.bench.related_scale
    python -m tests.bench.related_scale --articles 100000 --database-url postgres://…

Databases are made and removed again, unless addresses name others; an empty one is filled with
articles that are related already, one that this has filled before is measured as it is, and
published into. Prints Markdown: publishing, correcting and withdrawing one article, what stands
beside an article, and the pass over all, each in a process of its own, whose memory is that of the
work. Exits 1 when a target of the table below is missed, or the sidebar reads a whole table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.threads import database

# Milliseconds that the worker has for one new article, by the size of the site: the median.
PUBLISH_MS = {100_000: 100, 1_000_000: 300}
SIDEBAR_MS = 10
MEMORY_MIB = 2048
PARTS = ("writing", "reading", "rebuilding")


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.measure:
        return measure(wanted)
    sizes = wanted.articles or [100_000, 1_000_000]
    failed = False
    with tempfile.TemporaryDirectory(prefix="foldline-bench-") as folder:
        for size in sizes:
            for place in wanted.database_url or ("sqlite", "postgresql"):
                # A million articles on SQLite are nobody's site.
                if place == "sqlite" and size > max(PUBLISH_MS) // 2:
                    continue
                with database(place, Path(folder)) as url:
                    failed |= run(url, folder, size, wanted)
                Path(folder, "bench.sqlite3").unlink(missing_ok=True)
    return int(failed)


def run(url: str, folder: str, size: int, wanted: argparse.Namespace) -> bool:
    env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": folder}
    command = [sys.executable, "-m", "tests.bench.related_scale", f"--articles={size}"]
    command += [f"--rounds={wanted.rounds}", f"--seconds={wanted.seconds}"]
    codes = [
        subprocess.run([*command, f"--measure={part}"], env=env, check=False).returncode
        for part in ("generating", *wanted.parts)
    ]
    return any(codes)


def measure(wanted: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

    import django  # noqa: PLC0415  (only the process that measures has a database)

    django.setup()
    from tests.bench import related_cases  # noqa: PLC0415  (needs the setup)

    size = wanted.articles[0]
    parts: dict[str, Callable[[], list[str]]] = {
        "generating": lambda: related_cases.fill(size),
        "writing": lambda: related_cases.write(
            size, rounds=wanted.rounds, target_ms=target_ms(size), target_mib=MEMORY_MIB
        ),
        "reading": lambda: related_cases.look(size, wanted.rounds * 5, target_ms=SIDEBAR_MS),
        "rebuilding": lambda: related_cases.rebuild(wanted.seconds, target_mib=MEMORY_MIB),
    }
    missed = parts[wanted.measure]()
    for sentence in missed:
        print(f"MISSED: {sentence}", flush=True)
    return int(bool(missed))


def target_ms(size: int) -> int:
    return next((ms for limit, ms in PUBLISH_MS.items() if size <= limit), max(PUBLISH_MS.values()))


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.related_scale",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=100, help="articles published and so on")
    parser.add_argument("--seconds", type=float, default=120, help="of the pass over all")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--database-url", action="append")
    parser.add_argument("--measure", choices=("generating", *PARTS), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
