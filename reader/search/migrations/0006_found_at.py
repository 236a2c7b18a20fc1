from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.utils import timezone


def await_openings(apps, schema_editor):
    """Have what is indexed and still hidden found when it opens; most of it is never read again."""
    SearchEntry = apps.get_model("search", "SearchEntry")
    Article = apps.get_model("articles", "Article")
    # The statuses let an index find these few.
    waiting = Article.objects.filter(
        status__in=["scheduled", "published"], shown_from__gt=timezone.now()
    )
    opens = Article.objects.filter(pk=OuterRef("article_id")).values("shown_from")
    SearchEntry.objects.filter(article_id__in=waiting.values("pk")).update(found_at=Subquery(opens))


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("search", "0005_counted_words")]

    operations = [
        # What readers find already is nobody's news: it stays without a moment.
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
        migrations.RunPython(await_openings, migrations.RunPython.noop),
    ]
