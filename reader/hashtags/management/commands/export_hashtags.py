"""Print the hashtags of every visible article as JSON Lines."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader.hashtags.exporting import export_hashtags

TOP = 10


class Command(BaseCommand):
    help = (
        'Print {"id", "url", "hashtags": [{"name", "score"}]} for every visible article, best '
        "first: what the page shows, then what else the text would give."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--top", type=int, default=TOP, help=f"at most so many ({TOP})")

    def handle(self, *args: Any, **options: Any) -> None:
        for record in export_hashtags(top=max(0, options["top"])):
            self.stdout.write(json.dumps(record, ensure_ascii=False))
