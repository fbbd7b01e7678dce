"""The old columns go."""

from django.db import migrations, models

import loopwell.kit.ids


class Migration(migrations.Migration):
    dependencies = [("notify", "0005_split")]

    operations = [
        migrations.RemoveConstraint("alarm", "told_of_case_once"),
        migrations.RemoveIndex("alarm", "alarm_waiting"),
        *(
            migrations.RemoveField("alarm", name)
            for name in ("occasion", "claimed_at", "sent_at", "attempts", "retry_at", "failed_at", "error")
        ),
        migrations.AlterField("alarm", "ref", models.CharField(default=loopwell.kit.ids.new_ref, editable=False, max_length=14, unique=True)),
        migrations.AddConstraint("alarm", models.UniqueConstraint(fields=("user", "key"), name="alarmed_once")),
        migrations.AddIndex("alarm", models.Index(condition=models.Q(("is_listed", True), ("read_at", None)), fields=["user"], name="alarm_unread")),
        migrations.AddIndex("alarm", models.Index(fields=["user", "-id"], name="alarm_inbox")),
    ]
