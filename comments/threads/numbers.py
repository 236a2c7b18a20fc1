"""Primary keys for comments stored many at once; the one place that asks the engine for them."""

from __future__ import annotations

from django.db import connection

from comments.threads.models import Comment

NEXT_ON_POSTGRESQL = """
SELECT nextval(pg_get_serial_sequence('threads_comment', 'id')) FROM generate_series(1, %s)"""
LAST_ON_SQLITE = "SELECT seq FROM sqlite_sequence WHERE name = 'threads_comment'"


def reserve_numbers(count: int) -> list[int]:
    """
    Take the next `count` primary keys of comments, ascending; needs a transaction that writes.

    With them known, replies can name their parents and sort keys their ids in a single insert.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NEXT_ON_POSTGRESQL, [count])
            return sorted(number for (number,) in cursor.fetchall())
        # Nobody else writes meanwhile, and inserting a number moves the sequence behind it.
        cursor.execute(LAST_ON_SQLITE)
        (last,) = cursor.fetchone() or (0,)
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    first = max(last, newest) + 1
    return list(range(first, first + count))
