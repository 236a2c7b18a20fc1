"""Import reply trees from JSON Lines, plain or gzip."""

from collections.abc import Iterator

from comments.threads.importing import ImportResult, import_lines
from reader.articles.import_command import ImportCommand
from reader.articles.records import Line


class Command(ImportCommand):
    help = "Import comments from JSON Lines files, plain or gzip; - reads standard input."

    def import_lines(self, lines: Iterator[Line]) -> ImportResult:
        return import_lines(lines, say=self.stdout.write)

    def finish(self, results: list[ImportResult], *, skip: list[str]) -> None:
        if any(result.articles for result in results):
            super().finish(results, skip=skip)
        if not any(result.created or result.refused for result in results):
            self.stdout.write("Everything was there already; nothing changed.")
