from django.db import migrations, models
from django.db.models import Case, F, Min, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone


def settle(apps, schema_editor):
    """
    Give each hashtag the moment from which readers know of it.

    Pages of all of them worked so far; from now on those of drafts and of what is to come do not.

    What was taken back or put off was seen before if somebody has commented on it, or if a change
    of its hashtags found it counted. Where neither is so it cannot be told from what nobody has
    seen: the moment that was set first is not kept, and an earlier `published_at` may be the
    publisher's date of what was embargoed from the beginning. Its hashtag opens when it does.
    """
    Hashtag = apps.get_model('hashtags', 'Hashtag')
    ArticleHashtag = apps.get_model('hashtags', 'ArticleHashtag')
    meant = Coalesce('hashtag__alias_of', 'hashtag')
    counted_once = apps.get_model('hashtags', 'LinkBefore').objects.filter(is_counted=True)
    # A withdrawn article was seen once, too. Since when is not written down of any of these.
    seen = (
        Q(article__status='withdrawn')
        | Q(article__comment_count__gt=0)
        | Q(pk__in=counted_once.values('link_id'))
    )
    visible = Q(article__shown_from__lte=timezone.now())
    opens = Case(
        When(~visible & seen, then='article__created_at'), default='article__shown_from'
    )
    links = ArticleHashtag.objects.exclude(state='waiting').order_by()
    openings = links.filter(seen | Q(article__shown_from__isnull=False)).values_list(meant)
    openings = openings.annotate(opens=Min(opens))
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
