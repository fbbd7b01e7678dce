from django.db import migrations


def add_steps(apps, schema_editor):
    """The owner at once, their manager after half a working day, after a day the unit above."""
    steps = apps.get_model("cases", "EscalationStep").objects.using(schema_editor.connection.alias)
    if not steps.exists():
        for hours, whom in ((0, "owner"), (4, "manager"), (9, "unit")):
            steps.create(after_working_hours=hours, whom=whom)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_act")]
    operations = [migrations.RunPython(add_steps, migrations.RunPython.noop, elidable=False)]
