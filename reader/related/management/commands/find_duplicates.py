"""Print near-duplicates as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reader.related.copies import find_copies


class Command(BaseCommand):
    help = "Print every pair of visible articles whose texts say the same as JSON Lines."

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = 0
        # What it says about its progress is no error.
        self.stderr.style_func = None
        for record in find_copies(say=self.stderr.write):
            pairs += 1
            self.stdout.write(json.dumps(record, ensure_ascii=False))
        self.stderr.write(f"Found {pairs} pair{'' if pairs == 1 else 's'}.")
