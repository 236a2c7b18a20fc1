"""Bring the vocabulary of search up to date."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from reader.search.vocabulary import count_missing_words, recount_words


class Command(BaseCommand):
    help = (
        "Count the words of articles that changed or were never counted; with --all, of all anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="forget every word first"
        )

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        start = monotonic()
        count = (recount_words if everything else count_missing_words)(say=self.stdout.write)
        self.stdout.write(
            f"Counted the words of {count} article{'' if count == 1 else 's'}"
            f" in {monotonic() - start:.1f} s."
        )
