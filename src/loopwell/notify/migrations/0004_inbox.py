"""Alarms become an inbox: new columns, and tables for ways out, wishes and quiet hours."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import loopwell.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_act"),
        ("cases", "0004_act"),
        ("notify", "0003_occasion"),
        ("responses", "0004_footprint"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("alarm", "ref", models.CharField(max_length=14, null=True)),
        migrations.AddField("alarm", "kind", models.CharField(max_length=60, default="case.opened"), preserve_default=False),
        migrations.AddField("alarm", "key", models.CharField(max_length=100, default=""), preserve_default=False),
        migrations.AlterField("alarm", "case", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="cases.case")),
        migrations.AddField("alarm", "response", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="responses.response")),
        migrations.AddField("alarm", "subject", models.CharField(blank=True, max_length=30, default=""), preserve_default=False),
        migrations.AddField("alarm", "subject_id", models.BigIntegerField(null=True)),
        migrations.AddField("alarm", "facts", models.JSONField(default=dict)),
        migrations.AddField("alarm", "is_urgent", models.BooleanField(default=False)),
        migrations.AddField("alarm", "is_listed", models.BooleanField(default=True)),
        migrations.AddField("alarm", "in_digest", models.BooleanField(default=False)),
        migrations.AddField("alarm", "read_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=loopwell.kit.ids.new_ref, editable=False, max_length=14, unique=True)),
                ("channel", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("sealed", models.TextField()),
                ("shown", models.CharField(max_length=200)),
                ("is_on", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_sent_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=500)),
                ("created_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="alarm_targets", to="access.unit")),
                ("user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="alarm_targets", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("unit__isnull", True), ("user__isnull", False)), models.Q(("unit__isnull", False), ("user__isnull", True)), _connector="OR"), name="target_is_a_persons_or_a_units")],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("channel", models.CharField(max_length=20)),
                ("how", models.CharField(choices=[("now", "At once"), ("hourly", "Once an hour, together"), ("daily", "In the daily digest"), ("off", "Not")], max_length=10)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="alarm_preferences", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("user", "kind", "channel"), name="preferred_once")]},
        ),
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                ("weekends", models.BooleanField(default=False)),
                ("urgent_passes", models.BooleanField(default=True)),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="quiet_hours", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=160, unique=True)),
                ("bundle", models.BooleanField(default=False)),
                ("leaves_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True)),
                ("alarm", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="dispatches", to="notify.alarm")),
                ("target", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="dispatches", to="notify.target")),
            ],
            options={
                "verbose_name_plural": "dispatches",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("claimed_at", None), ("dropped_at", None), ("failed_at", None)), fields=["leaves_at", "id"], name="dispatch_waiting"),
                    models.Index(condition=models.Q(("dropped_at", None), ("sent_at", None)), fields=["id"], name="dispatch_unsent"),
                ],
            },
        ),
    ]
