"""Bring the search index up to date."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from reader.search.services import index_missing_articles, rebuild_index


class Command(BaseCommand):
    help = (
        "Index the articles that search does not know yet, or from an older version only; with"
        " --all, every one anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="rebuild the whole index"
        )

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        start = monotonic()
        index = rebuild_index if everything else index_missing_articles
        count = index(say=self.stdout.write)
        self.stdout.write(
            f"Indexed {count} article{'' if count == 1 else 's'} in {monotonic() - start:.1f} s."
        )
