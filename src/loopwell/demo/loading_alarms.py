"""What were the demo company's people told, and how do they want to be told?

Nothing here reaches anybody: chats and webhooks are switched off, their hosts do not exist.
"""

from datetime import datetime, time, timedelta

from loopwell.access.enums import Role
from loopwell.access.models import Unit, User
from loopwell.access.queries import managers_of
from loopwell.cases.models import Case
from loopwell.demo.logins import logins
from loopwell.integrations.webhooks.models import Attempt, Delivery, Endpoint
from loopwell.integrations.webhooks.payloads import told_of
from loopwell.integrations.webhooks.rules import PURPOSE as SECRET
from loopwell.integrations.webhooks.rules import WAITS, new_secret
from loopwell.journal.rules import Record
from loopwell.kit.sealing import seal
from loopwell.notify.enums import CHAT, EMAIL, How
from loopwell.notify.models import Alarm, Dispatch, Preference, QuietHours, Target
from loopwell.notify.operations.targets import PURPOSE

HOST = "example.com"
MOST_CASES = 300
UNREAD_FOR = timedelta(days=3)


def load_alarms(now: datetime) -> None:
    rows = Case.objects.filter(customer__is_demo=True, owner__isnull=False)
    cases = list(rows.select_related("unit").order_by("-opened_at")[:MOST_CASES])
    _inboxes(cases, now)
    _mentions(cases, now)
    _escalations(cases, now)
    people = sorted({case.owner_id for case in cases if case.owner_id})
    root = Unit.objects.filter(is_demo=True, parent=None).first()
    if not people or root is None:
        return
    _wishes(User.objects.get(pk=people[0]), root, now)
    _webhooks(root, cases, now)
    for login in logins():
        newest = Alarm.objects.filter(user__email=login.email).order_by("-created_at")[:3]
        Alarm.objects.filter(pk__in=[alarm.pk for alarm in newest]).update(read_at=None)


def _inboxes(cases: list[Case], now: datetime) -> None:
    """Each owner heard of each case; what is older than three days they have read."""
    alarms = [
        Alarm(
            user_id=case.owner_id,
            kind="case.opened",
            key=f"case.opened:demo-{case.pk}",
            case=case,
            response_id=case.response_id,
            subject="case",
            subject_id=case.pk,
            facts={"owner": case.owner_id, "who": ""},
            is_urgent=True,
            created_at=case.opened_at,
            read_at=_read_at(case, now),
        )
        for case in reversed(cases)
        if case.owner_id
    ]
    Alarm.objects.bulk_create(alarms)
    Dispatch.objects.bulk_create(
        Dispatch(
            alarm=alarm,
            channel=EMAIL,
            key=f"{EMAIL}:{alarm.user_id}:{alarm.key}",
            leaves_at=alarm.created_at,
            claimed_at=alarm.created_at,
            sent_at=alarm.created_at + timedelta(minutes=1),
        )
        for alarm in alarms
    )


def _escalations(cases: list[Case], now: datetime) -> None:
    """Who leads the unit heard of the calls that were late, their manager of those a day late."""
    late = [case for case in cases if case.unit and (case.reached_at or now) > case.due_at]
    leaders = managers_of({case.unit for case in late if case.unit})
    above = dict(User.objects.filter(pk__in=leaders.values()).values_list("pk", "manager_id"))
    told = [
        (user_id, case, case.due_at + after)
        for case in reversed(late)
        if case.unit_id in leaders
        for user_id, after in (
            (leaders[case.unit_id], timedelta()),
            (above.get(leaders[case.unit_id]), timedelta(days=1)),
        )
        if user_id and (case.reached_at or now) > case.due_at + after
    ]
    Alarm.objects.bulk_create(
        Alarm(
            user_id=user_id,
            kind="case.escalated",
            key=f"case.escalated:demo-{case.pk}",
            case=case,
            response_id=case.response_id,
            subject="case",
            subject_id=case.pk,
            facts={"who": ""},
            is_urgent=True,
            created_at=at,
            read_at=None if now - at < UNREAD_FOR else at,
        )
        for user_id, case, at in told
    )


def _read_at(case: Case, now: datetime) -> datetime | None:
    read = case.opened_at + timedelta(hours=2)
    done = case.closed_at is not None or case.reached_at is not None
    return min(read, now) if done or now - case.opened_at > UNREAD_FOR else None


def _mentions(cases: list[Case], now: datetime) -> None:
    """Somebody's manager asks about the case on top."""
    open_ones = [case for case in cases if case.closed_at is None][:12]
    managers = User.objects.select_related("manager").in_bulk(
        {case.owner_id for case in open_ones if case.owner_id}
    )
    Alarm.objects.bulk_create(
        Alarm(
            user_id=case.owner_id,
            kind="case.mentioned",
            key=f"case.mentioned:demo-{case.pk}",
            case=case,
            subject="case",
            subject_id=case.pk,
            facts={"who": managers[case.owner_id].manager.name},  # type: ignore[union-attr]  # filtered below
            created_at=max(case.opened_at, now - timedelta(hours=3)),
        )
        for case in open_ones[::3]
        if case.owner_id and managers[case.owner_id].manager
    )


def _wishes(person: User, root: Unit, now: datetime) -> None:
    Preference.objects.create(
        user=person, kind="case.mentioned", channel=EMAIL, how=How.DAILY.value
    )
    QuietHours.objects.create(user=person, begins=time(20), ends=time(8), weekends=True)
    address = f"jsons://{HOST}/alarms"
    facts = {
        "channel": CHAT,
        "sealed": seal(address, purpose=PURPOSE),
        "is_on": False,
        "created_at": now - timedelta(days=20),
    }
    Target.objects.create(user=person, name="My phone", shown=f"JSON · {HOST}", **facts)
    Target.objects.create(unit=root, name="#customers", shown=f"JSON · {HOST}", **facts)


def _webhooks(root: Unit, cases: list[Case], now: datetime) -> None:
    """One that was paused after a day without an answer, and switched off."""
    paused = now - timedelta(hours=5)
    endpoint = Endpoint.objects.create(
        name="CRM",
        url=f"https://{HOST}/loopwell",
        unit=root,
        types=["response.recorded", "case.opened", "case.closed"],
        sealed=seal(new_secret(), purpose=SECRET),
        is_on=False,
        paused_at=paused,
        paused_why="503 Service Unavailable",
        failures=len(WAITS) + 1,
        is_demo=True,
        created_at=now - timedelta(days=30),
    )
    records = [
        Record(0, 0, "case.opened", case.opened_at, "system", "case", case.pk, {})
        for case in cases[:5]
    ]
    administrators = User.objects.filter(is_demo=True, memberships__role=Role.ADMINISTRATOR)
    Alarm.objects.bulk_create(
        Alarm(
            user=person,
            kind="webhook.paused",
            key=f"webhook.paused:demo-{endpoint.pk}",
            subject="webhook",
            subject_id=endpoint.pk,
            facts={"ref": endpoint.ref, "title": endpoint.name, "who": ""},
            is_urgent=True,
            created_at=paused,
        )
        for person in administrators.distinct()
    )
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            entry_id=-place,
            type="case.opened",
            body=told.body(with_comments=False),
            created_at=told.record.at,
            next_at=now,
            tries=len(WAITS) + 1 if place == 1 else 0,
            failed_at=paused if place == 1 else None,
        )
        for place, told in enumerate(told_of(records), 1)
    )
    if not deliveries:
        return
    at = paused - sum(WAITS, timedelta())
    for wait in (*WAITS, timedelta()):
        Attempt.objects.create(
            delivery=deliveries[0], at=at, status=503, reply="Service Unavailable"
        )
        at += wait
