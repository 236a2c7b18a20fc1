"""Import articles from JSON Lines, plain or gzip."""

from collections.abc import Iterator
from typing import Any

from reader.articles.import_command import ImportCommand
from reader.articles.importing import ImportResult, import_lines
from reader.articles.records import Line


class Command(ImportCommand):
    help = "Import articles from JSON Lines files, plain or gzip; - reads standard input."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An id counts once in a run, in whatever file it stands.
        self.seen: set[str] = set()

    def import_lines(self, lines: Iterator[Line]) -> ImportResult:
        return import_lines(lines, seen=self.seen, say=self.stdout.write)
