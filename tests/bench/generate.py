"""
Fill an empty database with a made-up site, as large as wanted and shaped like a real one.

    python -m tests.bench.generate --articles 10000 --comments 100000 --votes 50000 \
        --database-url postgres://…

Few threads are huge and many small; one in the middle has a tenth of all comments, 50,000 at most,
and more than a quarter of those answer its first. The same numbers, seed and date give the same
site. Nothing is written unless everything is.
"""

import argparse
import os
import sys


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.database_url:
        os.environ["DATABASE_URL"] = wanted.database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

    import django  # noqa: PLC0415  (which database is known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (needs the setup)

    from tests.bench.generated.site import NotEmpty, generate  # noqa: PLC0415  (needs the setup)

    call_command("migrate", verbosity=0)
    try:
        generate(
            articles=wanted.articles,
            comments=wanted.comments,
            votes=wanted.votes,
            people=wanted.people,
            seed=wanted.seed,
            until=wanted.until,
            fresh=wanted.fresh,
            with_revisions=wanted.revisions,
            with_search=wanted.search,
            tell=lambda words: print(words, flush=True),
        )
    except NotEmpty as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.generate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--votes", type=int, default=50_000)
    parser.add_argument("--people", type=int, help="a 25th of the comments unless said")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", help="the newest article's date, 2026-11-23; today unless said")
    parser.add_argument("--revisions", action="store_true", help="with every article's first words")
    parser.add_argument("--search", action="store_true", help="with the index of the search")
    parser.add_argument("--database-url", help="else DATABASE_URL of the environment")
    parser.add_argument("--fresh", action="store_true", help="empty that database first")
    wanted = parser.parse_args(arguments)
    if wanted.fresh and not wanted.database_url:
        parser.error("--fresh needs --database-url, so that it is clear what will be emptied")
    return wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
