from django.db import migrations

# As they were named when this was written; reader.accounts.roles gives them their permissions.
ROLES = ("author", "editor", "moderator", "chief")


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    # Groups may hold people by the time this is reversed, so they stay.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
