from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('related', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='articleterms',
            name='meaning',
            field=models.BinaryField(default=b''),
        ),
    ]
