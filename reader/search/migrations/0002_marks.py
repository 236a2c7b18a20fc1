from django.db import migrations, models

# Adding a column with a constant and dropping one are notes in PostgreSQL's catalogue: no row is
# written. `manage.py index_articles` then lays out anew what this version reads differently.
DROP_NUMBER = "ALTER TABLE search_words DROP COLUMN article_id"
# What goes back gets the number from the place, where it always was.
ADD_NUMBER = [
    "ALTER TABLE search_words ADD COLUMN article_id bigint",
    "UPDATE search_words SET article_id = place & 134217727",
    "ALTER TABLE search_words ALTER COLUMN article_id SET NOT NULL",
]


def drop_number(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP_NUMBER)


def add_number(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ADD_NUMBER:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="marks",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="layout",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(drop_number, add_number, elidable=False),
    ]
