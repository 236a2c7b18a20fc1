"""Suggest hashtags for articles."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader.hashtags.services import suggest_everywhere


class Command(BaseCommand):
    help = (
        "Give hashtags to articles that have none. What editors added or rejected stays as it is, "
        "with --all too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="read all articles again")

    def handle(self, *args: Any, **options: Any) -> None:
        number = suggest_everywhere(again=options["all"], say=self.stdout.write)
        articles = "1 article" if number == 1 else f"{number} articles"
        self.stdout.write(f"Suggested hashtags for {articles}.")
