"""Make the site ready to open, all in one process, so that the next start is quick."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from reader.accounts.services import has_editor
from reader.articles.models import Article
from reader.languages import SOURCE, compile_catalogues
from reader.static_stamp import stamp_of

LANGUAGE_SOURCES = (SOURCE, SOURCE.with_name("languages.py"))
STATIC_SOURCES = ("static", "reader/assets.py", "reader/fonts.py", "requirements.txt")


class Command(BaseCommand):
    help = (
        "Make the site ready to open: tables, sample edition, an account for the desk, languages, "
        "static files. What is there already stays as it is."
    )
    # `check` is for people and for the tests; here it would cost every start half a second.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(
                f"The database does not answer: {_first_line(error)}\n"
                "Start it, or mend DATABASE_URL."
            ) from error
        try:
            is_new = self._migrate()
            self._load_sample(is_new=is_new)
            if not has_editor():
                call_command("ensure_editor", stdout=self.stdout)
            self._compile_catalogues()
            self._collect_static_files()
        except DatabaseError as error:
            raise CommandError(f"The database refused: {_first_line(error)}") from error
        except OSError as error:
            raise CommandError(f"The system refused: {error}") from error

    def _migrate(self) -> bool:
        """Bring the tables up to date; tell whether this made them."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write("Bringing the tables up to date …")
            call_command("migrate", interactive=False, verbosity=0)
        made = {(migration.app_label, migration.name) for migration, _ in plan}
        return ("articles", "0001_initial") in made

    def _load_sample(self, *, is_new: bool) -> None:
        # Who removed the sample does not get it back: an old site was offered it before.
        was_offered = settings.DATA_DIR / "sample.stamp"
        if not settings.SAMPLE_EDITION or Article.objects.exists():
            return
        if is_new or not was_offered.exists():
            call_command("load_sample", stdout=self.stdout)
            was_offered.touch()

    def _compile_catalogues(self) -> None:
        stamp = settings.DATA_DIR / "locale.stamp"
        wanted = stamp_of(LANGUAGE_SOURCES)
        place = Path(settings.LOCALE_PATHS[0])
        if not (place.is_dir() and stamp.exists() and stamp.read_text() == wanted):
            self.stdout.write("Preparing the languages …")
            compile_catalogues(place)
            stamp.write_text(wanted)

    def _collect_static_files(self) -> None:
        place = Path(settings.STATIC_ROOT)
        stamp = settings.DATA_DIR / "static.stamp"
        wanted = stamp_of(settings.BASE_DIR / source for source in STATIC_SOURCES)
        is_there = (place / "staticfiles.json").exists() and stamp.exists()
        if not (is_there and stamp.read_text() == wanted):
            self.stdout.write("Collecting static files …")
            # Files of earlier versions stay: a page that is open somewhere may ask for them.
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(wanted)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
