"""What became of each old alarm moves to a dispatch by e-mail."""

from django.db import migrations

from loopwell.kit.ids import new_ref

KINDS = {"assigned": "case.assigned", "reopened": "case.reopened"}
AT_ONCE = 2000


def split(apps, schema_editor):
    Alarm = apps.get_model("notify", "Alarm")
    Dispatch = apps.get_model("notify", "Dispatch")
    last = 0
    while rows := list(Alarm.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        ways = [_moved(alarm, Dispatch) for alarm in rows]
        Alarm.objects.bulk_update(
            rows, ["ref", "kind", "key", "subject", "subject_id", "is_urgent", "read_at"]
        )
        Dispatch.objects.bulk_create(ways)


def _moved(alarm, Dispatch):
    alarm.ref = new_ref()
    alarm.kind = KINDS.get(alarm.occasion.partition("-")[0], "case.opened")
    alarm.key = f"{alarm.occasion}:case-{alarm.case_id}"
    alarm.subject, alarm.subject_id, alarm.is_urgent = "case", alarm.case_id, True
    alarm.read_at = alarm.sent_at  # whoever was told before there was an inbox knows it
    # Until now this was kept as a failure: the case was closed or somebody else's.
    given_up = alarm.failed_at is not None
    needless = given_up and alarm.attempts == 0 and (
        alarm.case.closed_at is not None or alarm.case.owner_id != alarm.user_id
    )
    return Dispatch(
        alarm_id=alarm.pk,
        channel="email",
        key=f"email:{alarm.user_id}:{alarm.key}",
        leaves_at=alarm.created_at,
        claimed_at=alarm.claimed_at,
        sent_at=alarm.sent_at,
        attempts=alarm.attempts,
        retry_at=alarm.retry_at,
        dropped_at=alarm.failed_at if needless else None,
        failed_at=None if needless else alarm.failed_at,
        error=alarm.error,
    )


class Migration(migrations.Migration):
    dependencies = [("notify", "0004_inbox")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
