from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_savedsearch")]

    operations = [
        migrations.AddField(
            model_name="countedarticle",
            name="words",
            field=models.TextField(db_default="", default=""),
        ),
    ]
