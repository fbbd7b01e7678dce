"""Rules have addresses, say what troubled them, and leave with the demo."""

from typing import Any

from django.db import migrations, models

import loopwell.kit.ids


def name_them(apps: Any, editor: Any) -> None:
    rules = apps.get_model("themes", "TextRule")
    for rule in rules.objects.filter(ref=None):
        rule.ref = loopwell.kit.ids.new_ref()
        rule.save(update_fields=["ref"])


def _ref(**more: Any) -> models.CharField:
    return models.CharField(editable=False, max_length=14, **more)


class Migration(migrations.Migration):

    dependencies = [("themes", "0004_learn")]

    operations = [
        migrations.AddField("textrule", "is_demo", models.BooleanField(default=False)),
        migrations.AddField("textrule", "slow", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "textrule",
            "trouble",
            models.CharField(
                blank=True,
                choices=[
                    ("slow", "An expression took too long in too many comments."),
                    ("broken", "Its lines cannot be read any more."),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField("textrule", "ref", _ref(null=True)),
        migrations.RunPython(name_them, migrations.RunPython.noop),
        migrations.AlterField(
            "textrule", "ref", _ref(default=loopwell.kit.ids.new_ref, unique=True)
        ),
    ]
