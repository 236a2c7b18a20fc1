"""Remove the sample edition."""

from typing import Any

from django.core.management.base import BaseCommand

from reader.articles.sample_edition import in_words, remove_sample_edition


class Command(BaseCommand):
    help = "Remove the sample edition with its comments; nothing else is touched."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = in_words(remove_sample_edition())
        if removed:
            self.stdout.write(f"The sample edition is gone: {removed}.")
        else:
            self.stdout.write("There was no sample edition; nothing changed.")
