"""
Emptying the tables after a test that commits.

Django's own way empties every table there is and then makes all permissions and groups again, which
takes longer than most tests. Here only tables that have rows are emptied, and what every migration
leaves behind stays, as long as it is still what it was.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

from comments.finding.engine import comment_engine
from reader.search.engines import current_engine

KEPT = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")

_in_full = TransactionTestCase._fixture_teardown
_quote = connection.ops.quote_name


class QuickEmptying:
    """Takes the place of Django's own way in a database as it is right after the migrations."""

    def __init__(self) -> None:
        self.kept = _rows_of_kept()
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self.tables = sorted({*names} - {*KEPT})

    def install(self) -> None:
        def fixture_teardown(case: TransactionTestCase) -> None:
            if case.available_apps is not None or case.serialized_rollback or not self.run():
                _in_full(case)
                # Made again, the same rows have other keys.
                self.kept = _rows_of_kept()
            # No models of Django's, so nothing has emptied them.
            current_engine().tidy()
            comment_engine().tidy()

        TransactionTestCase._fixture_teardown = fixture_teardown

    def run(self) -> bool:
        """Empty the tables; return False, with nothing done, where only the full way will do."""
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                if not cursor.fetchone()[0]:
                    return False
                # A request that writes still is waited for, as TRUNCATE would.
                cursor.execute(
                    f"LOCK TABLE {', '.join(map(_quote, self.tables))} IN EXCLUSIVE MODE"
                )
                # All rows go, so none of them has to be looked for in other tables.
                cursor.execute("SET LOCAL session_replication_role = replica")
            if _rows_of_kept() != self.kept:
                return False
            for table in self._with_rows(cursor):
                cursor.execute(f"DELETE FROM {_quote(table)}")
        # As after Django's own way, what is known of them is asked for again.
        ContentType.objects.clear_cache()
        return True

    def _with_rows(self, cursor) -> list[str]:
        questions = (
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quote(table)})"
            for table in self.tables
        )
        cursor.execute(" UNION ALL ".join(questions))
        return [row[0] for row in cursor.fetchall()]


def _rows_of_kept() -> list[list[tuple]]:
    with connection.cursor() as cursor:
        rows = []
        for table in KEPT:
            cursor.execute(f"SELECT * FROM {_quote(table)} ORDER BY id")
            rows.append(cursor.fetchall())
    return rows
