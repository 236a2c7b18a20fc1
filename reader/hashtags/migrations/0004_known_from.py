from django.db import migrations, models
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce


def settle(apps, schema_editor):
    """
    Give each hashtag the moment from which readers know of it.

    Pages of all of them worked so far; from now on those of drafts and of what is to come do not.
    """
    Hashtag = apps.get_model('hashtags', 'Hashtag')
    ArticleHashtag = apps.get_model('hashtags', 'ArticleHashtag')
    meant = Coalesce('hashtag__alias_of', 'hashtag')
    # A withdrawn article was seen once; since when is not written down.
    seen = Q(article__shown_from__isnull=False) | Q(article__status='withdrawn')
    links = ArticleHashtag.objects.exclude(state='waiting').filter(seen).order_by()
    openings = links.values_list(meant).annotate(
        opens=Min(Coalesce('article__shown_from', 'article__created_at'))
    )
    sql, params = openings.query.sql_with_params()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f'WITH found (meant, opens) AS ({sql}) UPDATE hashtags_hashtag'  # noqa: S608
            ' SET known_from = found.opens FROM found WHERE found.meant = hashtags_hashtag.id',
            params,
        )
    # Nobody knows which articles those had that have none now.
    Hashtag.objects.filter(known_from=None, article_links=None, alias_of=None).exclude(
        aliases__article_links__isnull=False
    ).update(known_from=F('created_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('hashtags', '0003_activity'),
    ]

    operations = [
        migrations.AddField(
            model_name='hashtag',
            name='known_from',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
