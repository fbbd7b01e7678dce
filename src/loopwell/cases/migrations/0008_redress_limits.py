"""How much may each role give, until somebody says otherwise; praise comes once per answer."""

from decimal import Decimal

from django.db import migrations, models

LIMITS = {
    "front_line": Decimal(50),
    "call_back": Decimal(50),
    "supervisor": Decimal(200),
    "manager": Decimal(1000),
    "programme": None,
    "administrator": None,
}


def add_limits(apps, schema_editor):
    rows = apps.get_model("cases", "RedressLimit").objects.using(schema_editor.connection.alias)
    if not rows.exists():
        for role, amount in LIMITS.items():
            rows.create(role=role, amount=amount)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_strays")]
    operations = [
        migrations.RunPython(add_limits, migrations.RunPython.noop, elidable=False),
        migrations.AddConstraint(
            "coachingnote",
            models.UniqueConstraint(
                fields=["response", "employee"],
                condition=models.Q(kind="praise"),
                name="praised_once",
            ),
        ),
    ]
