"""Who is reminded now, automatically, and how often may a customer be reminded at all?

A plan's `reminders` are days after the invitation, each with its number. A customer gets the next
one when it is due, everything before it has left, no personal reminder was a short time ago and
the limit (one more than the plan's reminders, personal ones counted) is not reached. People under
personal follow-up wait while that holds. Quiet hours and holidays are kept when it is sent.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from loopwell.delivery.channels import CHANNELS
from loopwell.delivery.enums import Purpose, State
from loopwell.delivery.models import Message
from loopwell.people.models import Customer
from loopwell.sampling.models import Invitation, OptOut, Plan, Programme, Wave
from loopwell.sampling.queries import asking_of
from loopwell.sampling.rules import EXCLUSIONS

AT_ONCE = 2000
MOST_ROUNDS = 10
AFTER_PERSONAL = timedelta(days=3)
"""No automatic reminder so soon after a personal one."""
BETWEEN = timedelta(days=3)
"""Reminders that were held up keep this distance, or the plan's own if that is shorter."""


def most_reminders(plan: Plan) -> int:
    """Of all kinds together."""
    return len(plan.reminders) + 1


def unanswered(now: datetime) -> QuerySet[Invitation]:
    """Sent, still open, and nothing says that we should be silent."""
    return Invitation.objects.filter(
        sent_at__isnull=False,
        answered_at=None,
        declined_at=None,
        bounced_at=None,
        complained_at=None,
        expires_at__gt=now,
        is_test=False,
    )


def remind_due(now: datetime) -> int:
    """Queues every reminder that is due; each exactly once, however often it is run."""
    return sum(_remind(plan, rows, now) for plan, rows in _plans(now))


def _plans(now: datetime) -> Iterator[tuple[Plan, QuerySet[Invitation]]]:
    programmes = Programme.objects.filter(paused_at=None, ended_at=None).exclude(reminders=[])
    for programme in programmes.exclude(started_at=None).select_related("survey"):
        yield programme, unanswered(now).filter(programme=programme)
    waves = Wave.objects.filter(paused_at=None, programme=None).exclude(reminders=[])
    for wave in waves.exclude(launched_at=None).select_related("version__survey"):
        yield wave, unanswered(now).filter(wave=wave)


def _remind(plan: Plan, rows: QuerySet[Invitation], now: datetime) -> int:
    made = 0
    before = 0
    for number, day in enumerate(sorted(plan.reminders), 1):
        distance = timedelta(days=day - before)
        before = day
        due = _undisturbed(_due(rows, plan, number, day, distance, now), plan, now)
        for _round in range(MOST_ROUNDS):
            queued = _queue(due, number, now)
            made += queued
            if queued < AT_ONCE:
                break
    return made


def _due(
    rows: QuerySet[Invitation],
    plan: Plan,
    number: int,
    day: int,
    distance: timedelta,
    now: datetime,
) -> QuerySet[Invitation]:
    reminders = Message.objects.filter(invitation=OuterRef("pk"), purpose=Purpose.REMINDER)
    on_its_way = reminders.filter(state__in=[State.QUEUED, State.SENDING])
    personal = now - max(AFTER_PERSONAL, distance)
    automatic = now - min(BETWEEN, distance)
    return (
        rows.filter(
            Q(nudged_at=None) | Q(nudged_at__lte=personal),
            Q(reminded_at=None) | Q(reminded_at__lte=automatic),
            ~Exists(on_its_way),
            sent_at__lte=now - timedelta(days=day),
        )
        .annotate(
            made=Count("messages", filter=Q(messages__purpose=Purpose.REMINDER), distinct=True),
            nudged=Count("nudges", distinct=True),
        )
        .filter(made=number - 1, nudged__lt=most_reminders(plan) - F("made"))
    )


def _undisturbed(rows: QuerySet[Invitation], plan: Plan, now: datetime) -> QuerySet[Invitation]:
    """Without those who asked to be left alone or whom somebody looks after."""
    asking = asking_of(plan, now)
    left_alone = OptOut.objects.filter(
        Q(programme=None) | Q(programme=OuterRef("programme")), customer=OuterRef("customer")
    )
    rows = rows.filter(~Exists(left_alone))
    for each in EXCLUSIONS.values():
        if each.stops_reminders:
            held = Customer.objects.filter(each.condition(asking), pk=OuterRef("customer"))
            rows = rows.filter(~Exists(held))
    return rows


def _reachable() -> Q:
    """Whose channel sends messages and has an address for them."""
    wanted = Q(pk__in=[])
    for each in CHANNELS.values():
        field = f"customer__{each.address}"
        wanted |= Q(channel=each.name, **{f"{field}__gt": ""})
    return wanted


def _queue(due: QuerySet[Invitation], number: int, now: datetime) -> int:
    rows = due.filter(_reachable()).select_related("customer").order_by("pk")[:AT_ONCE]
    made = Message.objects.bulk_create(
        [
            Message(
                invitation=each,
                purpose=Purpose.REMINDER,
                number=number,
                channel=each.channel,
                to=getattr(each.customer, CHANNELS[each.channel].address),
                created_at=now,
            )
            for each in rows
        ],
        ignore_conflicts=True,
    )
    return len(made)
