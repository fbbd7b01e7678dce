from django.db import migrations


def add_rule(apps, schema_editor):
    rules = apps.get_model("cases", "Rule").objects.using(schema_editor.connection.alias)
    if not rules.exists():
        rules.create(
            name="Unhappy customers",
            lowest_score=0,
            highest_score=6,
            requires_consent=False,
            due_working_hours=24,
            position=1,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_work")]
    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop, elidable=False)]
