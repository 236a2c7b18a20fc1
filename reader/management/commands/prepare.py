"""Make the site ready to open, all in one process, so that the next start is quick."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from reader.articles.models import Article
from reader.static_stamp import stamp_of

SOURCES = ("static", "reader/assets.py", "requirements.txt")


class Command(BaseCommand):
    help = (
        "Make the site ready to open: tables, sample edition, an account for the desk, static files. "
        "What is there already stays as it is."
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
            self._migrate()
            if settings.SAMPLE_EDITION and not Article.objects.exists():
                call_command("load_sample_edition", stdout=self.stdout)
            call_command("ensure_editor", stdout=self.stdout)
            self._collect_static_files()
        except DatabaseError as error:
            raise CommandError(f"The database refused: {_first_line(error)}") from error
        except OSError as error:
            raise CommandError(f"The system refused: {error}") from error

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the tables up to date …")
            call_command("migrate", interactive=False, verbosity=0)

    def _collect_static_files(self) -> None:
        place = Path(settings.STATIC_ROOT)
        stamp = place.with_name("static.stamp")
        wanted = stamp_of(settings.BASE_DIR / source for source in SOURCES)
        if (place / "staticfiles.json").exists() and stamp.exists():
            if stamp.read_text() == wanted:
                return
        self.stdout.write("Collecting static files …")
        # Files of earlier versions stay: a page that is open somewhere may still ask for them.
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
