from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_counted_words")]

    operations = [
        # What is there already is nobody's news: it stays without a moment.
        migrations.AddField(
            model_name="searchentry",
            name="found_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                fields=["found_at", "place"],
                condition=models.Q(("found_at__isnull", False)),
                name="search_searchentry_found",
            ),
        ),
    ]
