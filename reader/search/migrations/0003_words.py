from django.db import migrations, models

# Where a misspelling leads: see spelling.keys_of(). Two numbers a row and nothing else to look up,
# so SQLite keeps them in the index alone.
MAKE_MISSPELT = {
    "sqlite": "CREATE TABLE search_misspelt (key integer NOT NULL, word_id integer NOT NULL,"
    " PRIMARY KEY (key, word_id)) WITHOUT ROWID",
    "postgresql": "CREATE TABLE search_misspelt (key integer NOT NULL, word_id integer NOT NULL,"
    " PRIMARY KEY (key, word_id))",
}
# The worker counts what is there already, batch by batch.
NOTE_ARTICLES = (
    "INSERT INTO search_countedarticle (article_id, revision_number, due_at)"
    " SELECT id, 0, shown_from FROM articles_article WHERE shown_from IS NOT NULL"
)


def make_misspelt(apps, schema_editor):
    schema_editor.execute(MAKE_MISSPELT[schema_editor.connection.vendor])
    schema_editor.execute(NOTE_ARTICLES)


def drop_misspelt(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_misspelt")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("search", "0002_marks")]

    operations = [
        migrations.CreateModel(
            name="CountedArticle",
            fields=[
                ("article_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("revision_number", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="search_countedarticle_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=32, unique=True)),
                ("token", models.CharField(max_length=32)),
                ("article_count", models.IntegerField(default=0)),
                ("errors_forgiven", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["token"], name="search_word_token")],
            },
        ),
        migrations.RunPython(make_misspelt, drop_misspelt, elidable=False),
    ]
