import django.db.models.deletion
from django.db import migrations, models

MAKE_WORDS = {
    "sqlite": [
        # The tokens come folded and split; ASCII punctuation never occurs, so it can part them.
        "CREATE VIRTUAL TABLE search_words USING fts5"
        " (title, standfirst, body, marks, tokenize = 'ascii')",
    ],
    "postgresql": [
        "CREATE TABLE search_words"
        " (place bigint PRIMARY KEY, article_id bigint NOT NULL, words tsvector NOT NULL)",
        # Serves every search that is not for a very common word.
        "CREATE INDEX search_words_words ON search_words USING gin (words)",
        # Knowing more than a thousand words, the planner sees which ones are rare.
        "ALTER TABLE search_words ALTER COLUMN words SET STATISTICS 1000",
    ],
}


def make_words(apps, schema_editor):
    for statement in MAKE_WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("place", models.BigIntegerField(unique=True)),
            ],
            options={"verbose_name_plural": "search entries"},
        ),
        migrations.RunPython(make_words, drop_words, elidable=False),
    ]
