"""Bring the catalogues in step with what is marked in templates and code."""

import re
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.extraction import words_of
from reader.languages import CATALOGUE, SOURCE, catalogues

# Headers that say nothing here, and would change with every run.
IDLE_HEADERS = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    rb"|Last-Translator|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)


class Command(BaseCommand):
    help = "Bring reader/locale in step with the words in templates and code. For developers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", help="begin these, too; for instance: fr")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in options["languages"]:
            self._begin(language)
        words = words_of(settings.BASE_DIR)
        for path in catalogues():
            with path.open("rb") as lines:
                catalogue = read_po(lines)
            # What looks like an old string may mean another thing: nothing is guessed.
            catalogue.update(words, no_fuzzy_matching=True, update_creation_date=False)
            written = BytesIO()
            write_po(written, catalogue, width=100, ignore_obsolete=True, include_lineno=False)
            path.write_bytes(IDLE_HEADERS.sub(b"", written.getvalue()))
            missing = [message.id for message in catalogue if message.id and not _is_done(message)]
            language = path.relative_to(SOURCE).parts[0]
            self.stdout.write(
                f"{language}: {len(catalogue)} strings, {len(missing)} to be translated."
            )

    def _begin(self, language: str) -> None:
        path = SOURCE / language / CATALOGUE
        if path.exists():
            return
        try:
            catalogue = Catalog(
                locale=language.replace("-", "_"),
                header_comment="# docs/translators.md tells how this file is kept.",
                fuzzy=False,
            )
        except ValueError as error:
            raise CommandError(f"{language!r} is no language that is known.") from error
        path.parent.mkdir(parents=True)
        with path.open("wb") as lines:
            write_po(lines, catalogue)


def _is_done(message: Message) -> bool:
    strings = message.string or ""
    return bool(strings) and (isinstance(strings, str) or all(strings))
