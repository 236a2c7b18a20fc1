from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def keep(apps, schema_editor):
    """
    Have every alias known that led somewhere so far, and every one that was typed.

    One that was merged has articles of its own; while nobody knew what it means, it led nowhere.
    """
    Hashtag = apps.get_model('hashtags', 'Hashtag')
    now = timezone.now()
    unknown = Q(known_from=None) | Q(known_from__gt=now)
    aliases = Hashtag.objects.filter(unknown, alias_of__isnull=False)
    kept = aliases.filter(Q(alias_of__known_from__lte=now) | Q(article_links=None))
    Hashtag.objects.filter(pk__in=list(kept.values_list('pk', flat=True))).update(known_from=now)


class Migration(migrations.Migration):

    dependencies = [
        ('hashtags', '0005_folded'),
    ]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
