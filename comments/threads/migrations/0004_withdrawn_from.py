from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('threads', '0004_lifts'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='withdrawn_from',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        # Words that were withdrawn before there was a way back are due at once.
        migrations.RunSQL(
            "UPDATE threads_comment SET erase_at = CURRENT_TIMESTAMP"
            " WHERE status = 'withdrawn' AND body_src <> ''",
            migrations.RunSQL.noop,
        ),
    ]
