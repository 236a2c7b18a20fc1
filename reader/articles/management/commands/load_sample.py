"""Load the sample edition."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reader.articles.sample_edition import in_words, load_sample_edition


class Command(BaseCommand):
    help = "Load the sample edition: invented articles and comments, dated back from now."

    def handle(self, *args: Any, **options: Any) -> None:
        added = in_words(load_sample_edition(now=timezone.now(), say=self.stdout.write))
        if added:
            self.stdout.write(f"The sample edition is in: {added}.")
        else:
            self.stdout.write("The sample edition was there already; nothing changed.")
