"""Print stories as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reader.stories.exporting import export_stories


class Command(BaseCommand):
    help = "Print every story with its visible articles as JSON Lines, the earliest first."

    def handle(self, *args: Any, **options: Any) -> None:
        for record in export_stories():
            self.stdout.write(json.dumps(record, ensure_ascii=False))
