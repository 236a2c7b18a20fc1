"""Pick the key points of articles."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from reader.glance.services import refresh_everywhere


class Command(BaseCommand):
    help = "Pick the key points of articles that were not read yet; with --all, of every one anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="read all articles again")

    def handle(self, *args: Any, **options: Any) -> None:
        start = monotonic()
        number = refresh_everywhere(again=options["all"], say=self.stdout.write)
        articles = "1 article" if number == 1 else f"{number} articles"
        self.stdout.write(f"Read {articles} in {monotonic() - start:.1f} s.")
