from django.db import migrations

# Ranks have 20 bits above 43 bits of the id; a lift costs 0.2 of all ranks on each level, and only
# what stands better than a comment without votes, 651744, lifts.
LIFT = """
UPDATE threads_comment
SET best = (((lift.best >> 43) + 209715) << 43) | threads_comment.id, lifted_by = lift.lifted_by
FROM (
    SELECT p.id, k.best, COALESCE(k.lifted_by, k.id) AS lifted_by
    FROM threads_comment AS p
    JOIN threads_comment AS k ON k.id = (
        SELECT r.id FROM threads_comment AS r
        WHERE r.parent_id = p.id AND r.in_tree = TRUE
            AND (r.status = 'published' OR r.lifted_by IS NOT NULL)
        ORDER BY r.best LIMIT 1
    )
    WHERE p.depth = %s AND p.reply_count > 0
) AS lift
WHERE threads_comment.id = lift.id
    AND (lift.best >> 43) < 651744 AND (lift.best >> 43) + 209715 < threads_comment.rank
"""


def lift_all(apps, schema_editor):
    """Let replies lift what they answer, deepest first: a lift is carried on to the next level."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT MAX(depth) FROM threads_comment")
        (deepest,) = cursor.fetchone()
        for depth in range((deepest or 0) - 1, -1, -1):
            cursor.execute(LIFT, [depth])


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0003_conversation'),
    ]

    operations = [
        migrations.RunPython(lift_all, migrations.RunPython.noop),
    ]
