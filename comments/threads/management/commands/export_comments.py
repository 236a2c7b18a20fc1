"""Print the comments under every visible article as JSON Lines."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from comments.threads.exporting import export_records


class Command(BaseCommand):
    help = "Print all public comments as JSON Lines, in the form that import_comments reads."

    def handle(self, *args: Any, **options: Any) -> None:
        for record in export_records():
            self.stdout.write(json.dumps(record, ensure_ascii=False))
