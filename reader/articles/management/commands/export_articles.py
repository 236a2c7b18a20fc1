"""Print every visible article as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reader.articles.exporting import export_records


class Command(BaseCommand):
    help = "Print every visible article as JSON Lines, in the form that import_articles reads."

    def handle(self, *args: Any, **options: Any) -> None:
        for record in export_records():
            self.stdout.write(json.dumps(record, ensure_ascii=False))
