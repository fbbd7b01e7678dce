"""Gives a new installation ready words for letters to customers."""

from django.db import migrations

from loopwell.cases.rules.ready_letters import READY


def add_letters(apps, schema_editor):
    alias = schema_editor.connection.alias
    templates = apps.get_model("cases", "LetterTemplate").objects.using(alias)
    for position, ready in enumerate(READY, start=1):
        templates.get_or_create(
            purpose=ready.purpose,
            defaults={"name": ready.name, "words": ready.stored, "position": position},
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_ladder")]
    operations = [migrations.RunPython(add_letters, migrations.RunPython.noop, elidable=False)]
