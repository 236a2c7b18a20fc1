"""What the commands share that read JSON Lines into the site."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from time import monotonic
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError

from reader.articles.announcements import import_steps, run_import_steps
from reader.articles.records import Line, open_lines, read_lines

PROBLEMS_SHOWN = 20


class Result(Protocol):
    """What came of one file."""

    refused: int
    problems: list[str]

    def in_words(self) -> str: ...


class ImportCommand(BaseCommand):
    """
    Read files one after the other; say what was refused; do what follows an import.

    A name that cannot be opened is refused before anything is written.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument(
            "--skip",
            action="append",
            default=[],
            choices=import_steps(),
            help="leave out what follows when articles came in, for example relating",
        )

    def import_lines(self, lines: Iterator[Line]) -> Result:
        raise NotImplementedError

    def finish(self, results: list[Any], *, skip: list[str]) -> None:
        """Do what follows when all files are in."""
        run_import_steps(skip=skip, say=self.stdout.write)

    def handle(self, *args: Any, paths: list[str], skip: list[str], **options: Any) -> None:
        start = monotonic()
        for path in paths:
            self._check(path)
        results = [self._read(path) for path in paths]
        self.finish(results, skip=skip)
        self.stdout.write(f"Done in {monotonic() - start:.1f} s.")
        refused = sum(result.refused for result in results)
        if refused:
            lines = "1 line was" if refused == 1 else f"{refused} lines were"
            self.stdout.write(f"{lines} refused; everything else is in.")

    def _check(self, path: str) -> None:
        try:
            with open_lines(path):
                pass
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem}") from problem

    def _read(self, path: str) -> Result:
        try:
            with open_lines(path) as lines:
                result = self.import_lines(read_lines(lines))
        except (OSError, EOFError) as problem:
            raise CommandError(f"{path} cannot be read: {problem}") from problem
        self.stdout.write(f"{path}: {result.in_words()}.")
        for sentence in result.problems[:PROBLEMS_SHOWN]:
            self.stderr.write(f"  {sentence}")
        if result.refused > PROBLEMS_SHOWN:
            self.stderr.write(f"  … and {result.refused - PROBLEMS_SHOWN} more.")
        return result
