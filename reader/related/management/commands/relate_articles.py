"""Relate articles to each other."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from reader.related.services import relate_all, relate_waiting


class Command(BaseCommand):
    help = "Relate the articles that are new or changed; with --all, every one anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            dest="everything",
            help="relate every article anew, or go on with that where it was broken off",
        )
        parser.add_argument(
            "--from-start",
            action="store_true",
            help="with --all: forget what was broken off, and begin again",
        )

    def handle(self, *args: Any, everything: bool, from_start: bool, **options: Any) -> None:
        start, say = monotonic(), self.stdout.write
        count = relate_all(say=say, anew=from_start) if everything else relate_waiting(say=say)
        self.stdout.write(
            f"Related {count} article{'' if count == 1 else 's'} in {monotonic() - start:.1f} s."
        )
