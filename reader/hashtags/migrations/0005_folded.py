from django.db import migrations

# Keys of names with Ǣ, Ǽ or Ǿ kept half of the letter, under which nobody finds them.
LEFT = {"æ": "ae", "ø": "o"}


def fold_what_was_left(apps, schema_editor):
    for name in ("Hashtag", "HashtagAddress"):
        model = apps.get_model("hashtags", name)
        for letter in LEFT:
            for row in model.objects.filter(slug__contains=letter).order_by("pk"):
                slug = "".join(LEFT.get(c, c) for c in row.slug)
                # Where there is one of that key already, this one stays as lost as it was.
                if not model.objects.filter(slug=slug).exists():
                    model.objects.filter(pk=row.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("hashtags", "0004_known_from")]

    operations = [
        migrations.RunPython(fold_what_was_left, migrations.RunPython.noop, elidable=True)
    ]
