"""Bring the index of comments up to date."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from comments.finding.services import index_missing_comments, read_names, rebuild_comment_index


class Command(BaseCommand):
    help = "Index the comments that search does not know yet; with --all, every one anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="rebuild the whole index"
        )
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="NUMBER",
            help="begin behind this comment: where --all was stopped",
        )

    def handle(self, *args: Any, everything: bool, after: int, **options: Any) -> None:
        start = monotonic()
        read_names(say=self.stdout.write)
        index = rebuild_comment_index if everything else index_missing_comments
        count = index(say=self.stdout.write, after=after)
        self.stdout.write(
            f"Indexed {count} comment{'' if count == 1 else 's'} in {monotonic() - start:.1f} s."
        )
