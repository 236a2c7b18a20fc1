"""Print related articles as JSON Lines."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.related.exporting import export_lists


class Command(BaseCommand):
    help = "Print every visible article with its related ones as JSON Lines, best first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--top", type=int, default=5, metavar="N", help="at most so many each (default: 5)"
        )

    def handle(self, *args: Any, top: int, **options: Any) -> None:
        if top < 1:
            raise CommandError("--top wants a number from 1 on.")
        for record in export_lists(top=top):
            self.stdout.write(json.dumps(record, ensure_ascii=False))
