"""How do alarms leave: claimed first, sent at most once, failures kept for people to see?"""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import connection as database
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.delivery.transports import Outcome, Result, Unreachable
from loopwell.notify.channels import CHANNELS, Carrier, Channel, Parcel
from loopwell.notify.enums import EMAIL
from loopwell.notify.kinds import kind_of
from loopwell.notify.models import Dispatch, Target
from loopwell.notify.rules import ATTEMPTS, MOST_SINGLE_MAILS, back_off, may_leave
from loopwell.notify.wording import words_for

log = logging.getLogger("loopwell.notify")
Group = list[Dispatch]


def send_alarms(now: datetime) -> int:
    """Sends what waits; returns how many alarms left. For the clock, safe in many processes."""
    return sum(_send_by(channel, now) for channel in list(CHANNELS.values()))


def _send_by(channel: Channel, now: datetime) -> int:
    groups = _groups([way for way in _claim(channel, now) if _can_be_told(way, now)])
    if not groups:
        return 0
    carrier, is_open, left = channel.carrier(), False, 0
    try:
        while groups:
            if not is_open:
                carrier.close()
                carrier.open()
                is_open = True
            group = groups.pop(0)
            result = _send(carrier, group, now)
            if result is not None:
                is_open = not result.broken
                left += len(group) if result.outcome is Outcome.SENT else 0
    except Unreachable as error:
        for group in groups:
            _later(group, str(error), now)
    finally:
        carrier.close()
    return left


def _claim(channel: Channel, now: datetime) -> list[Dispatch]:
    """Marks what waits as being sent, before any far side is spoken to."""
    waiting = Dispatch.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now),
        channel=channel.name,
        claimed_at=None,
        failed_at=None,
        dropped_at=None,
        leaves_at__lte=now,
    ).order_by("leaves_at", "id")
    with transaction.atomic():
        if database.vendor == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True, of=("self",))
        rows = waiting.select_related(
            "target", "alarm__user",
            "alarm__case__customer", "alarm__case__response",
            "alarm__case__unit", "alarm__case__account",
            "alarm__response__customer", "alarm__response__unit", "alarm__response__account",
        )[: channel.at_once]  # fmt: skip
        mine = [way for way in rows if _has_settled(way, now)]
        Dispatch.objects.filter(pk__in=[way.pk for way in mine], claimed_at=None).update(
            claimed_at=now
        )
    return mine


def _has_settled(way: Dispatch, now: datetime) -> bool:
    """Whether the comment has come or will not come any more."""
    alarm = way.alarm
    answer = alarm.case.response if alarm.case else alarm.response
    has_comment = answer is None or bool(answer.comment)
    return may_leave(created_at=alarm.created_at, has_comment=has_comment, now=now)


def _can_be_told(way: Dispatch, now: datetime) -> bool:
    """Whoever cannot be told shows as an error, for somebody to give the case to another."""
    needless = _needless(way)
    if needless:
        Dispatch.objects.filter(pk=way.pk).update(dropped_at=now, error=needless, claimed_at=None)
        return False
    user, problem = way.alarm.user, ""
    of_person = way.target is None or way.target.user_id is not None
    if of_person and not user.is_active:
        problem = _("%(name)s has left: give the case to somebody else.") % {"name": user}
    elif way.channel == EMAIL and not user.email:
        problem = _("%(name)s has no e-mail address.") % {"name": user}
    if problem:
        Dispatch.objects.filter(pk=way.pk).update(failed_at=now, error=problem, claimed_at=None)
    return not problem


def _needless(way: Dispatch) -> str:
    alarm = way.alarm
    if way.target is not None and not way.target.is_on:
        return _("Not needed any more: it was switched off.")
    if way.bundle and alarm.read_at is not None:
        return _("Not needed any more: it was read in the inbox.")
    if alarm.case is None or not kind_of(alarm.kind).until_closed:
        return ""
    was_theirs = alarm.facts.get("owner", alarm.user_id) == alarm.user_id
    passed_on = was_theirs and kind_of(alarm.kind).to_owner and alarm.case.owner_id != alarm.user_id
    if alarm.case.closed_at is not None or (passed_on and not _is_teams(way)):
        return _("Not needed any more: the case was closed or went to somebody else.")
    return ""


def _is_teams(way: Dispatch) -> bool:
    return way.target is not None and way.target.unit_id is not None


def _groups(ways: Sequence[Dispatch]) -> list[Group]:
    """Each alone, or all of one receiver together when they are many or may be bundled."""
    found: list[Group] = []
    for _receiver, rows in groupby(sorted(ways, key=_order), _receiver_of):
        group = list(rows)
        bundled = [way for way in group if way.bundle]
        single = [way for way in group if not way.bundle]
        if len(single) > MOST_SINGLE_MAILS:
            bundled, single = group, []
        found += [[way] for way in single]
        found += [bundled] if bundled else []
    return found


def _receiver_of(way: Dispatch) -> tuple[int, int]:
    return (way.target_id or 0, 0 if _is_teams(way) else way.alarm.user_id)


def _order(way: Dispatch) -> tuple[int, int, int]:
    return (*_receiver_of(way), way.pk)


def _send(carrier: Carrier, group: Group, now: datetime) -> Result | None:
    """One message, and what became of it; None when it could not even be worded."""
    first = group[0]
    user = first.alarm.user
    try:
        words = words_for(user, [way.alarm for way in group], now)
    except Exception as error:  # whatever a template raises: nothing left, logged, retried, shown
        log.exception("alarm for %s could not be worded", user.pk)
        _later(group, f"{type(error).__name__}: {error}", now)
        return None
    result = carrier.send(Parcel(f"alarm-{first.pk}", words, user, first.target))
    if result.outcome is Outcome.SENT:
        _rows(group).update(sent_at=now, error="", retry_at=None)
        _note(first.target, "", now)
    elif result.outcome is Outcome.UNSURE:
        text = _("Perhaps sent: %(error)s") % {"error": result.detail}
        _rows(group).update(failed_at=now, error=text)
        _note(first.target, text, now)
    else:
        _later(group, result.detail, now, final=result.outcome is not Outcome.LATER)
        _note(first.target, result.detail, now)
    return result


def _note(target: Target | None, problem: str, now: datetime) -> None:
    """On the target itself, for whoever keeps it."""
    if target is not None:
        facts = {"last_error": problem[:500]} | ({} if problem else {"last_sent_at": now})
        Target.objects.filter(pk=target.pk).update(**facts)


def _later(group: Group, problem: str, now: datetime, *, final: bool = False) -> None:
    """Surely not sent: tried again, and after some attempts given up where people see it."""
    for way in group:
        attempts = way.attempts + 1
        over = final or attempts >= ATTEMPTS
        Dispatch.objects.filter(pk=way.pk).update(
            claimed_at=None,
            attempts=attempts,
            retry_at=None if over else now + back_off(attempts),
            failed_at=now if over else None,
            error=problem,
        )


def _rows(group: Group) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(pk__in=[way.pk for way in group])
