"""Print the key points of every visible article as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reader.glance.exporting import export_summaries


class Command(BaseCommand):
    help = (
        'Print {"id", "url", "sentences", "offsets"} for every visible article. Offsets count '
        "code points in the body that export_articles prints."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for record in export_summaries():
            self.stdout.write(json.dumps(record, ensure_ascii=False))
