"""Group articles into stories."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from reader.related.services import relate_waiting
from reader.related.services.storying import cluster_stories


class Command(BaseCommand):
    help = "Group all visible articles into stories; what editors decided about them stays."

    def handle(self, *args: Any, **options: Any) -> None:
        start = monotonic()
        # A text that was never read cannot be compared.
        relate_waiting(say=self.stdout.write)
        done = cluster_stories(say=self.stdout.write)
        self.stdout.write(
            f"Put {done.in_stories} of {done.articles} articles into {done.stories} "
            f"stor{'y' if done.stories == 1 else 'ies'} in {monotonic() - start:.1f} s; "
            f"{done.changed} changed place."
        )
