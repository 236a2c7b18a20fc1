"""Import articles from JSON Lines, plain or gzip."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.articles.announcements import import_steps, run_import_steps
from reader.articles.importing import ImportResult, import_lines
from reader.articles.records import open_lines, read_lines

PROBLEMS_SHOWN = 20


class Command(BaseCommand):
    help = "Import articles from JSON Lines files, plain or gzip; - reads standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument(
            "--skip",
            action="append",
            default=[],
            choices=import_steps(),
            help="leave out what follows an import, for example relating",
        )

    def handle(self, *args: Any, paths: list[str], skip: list[str], **options: Any) -> None:
        start = monotonic()
        for path in paths:
            self._check(path)
        refused = 0
        seen: set[str] = set()
        for path in paths:
            result = self._import(path, seen)
            refused += result.refused
            self.stdout.write(f"{path}: {result.in_words()}.")
            for problem in result.problems[:PROBLEMS_SHOWN]:
                self.stderr.write(f"  {problem}")
            if result.refused > PROBLEMS_SHOWN:
                self.stderr.write(f"  … and {result.refused - PROBLEMS_SHOWN} more.")
        run_import_steps(skip=skip, say=self.stdout.write)
        self.stdout.write(f"Done in {monotonic() - start:.1f} s.")
        if refused:
            lines = "1 line was" if refused == 1 else f"{refused} lines were"
            self.stdout.write(f"{lines} refused; everything else is in.")

    def _check(self, path: str) -> None:
        """Refuse a wrong name before anything is written."""
        try:
            with open_lines(path):
                pass
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem}") from problem

    def _import(self, path: str, seen: set[str]) -> ImportResult:
        try:
            with open_lines(path) as lines:
                return import_lines(read_lines(lines), seen=seen, say=self.stdout.write)
        except (OSError, EOFError) as problem:
            raise CommandError(f"{path} cannot be read: {problem}") from problem
