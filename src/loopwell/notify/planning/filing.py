"""How do alarms get into inboxes, and which ways do they take from there?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from loopwell.access.models import User
from loopwell.access.queries import actor_for
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to as visible_cases
from loopwell.notify.enums import EMAIL, IN_APP, How, Urgency
from loopwell.notify.kinds import kind_of
from loopwell.notify.models import Alarm, Dispatch, Target
from loopwell.notify.planning.recipients import Wanted
from loopwell.notify.queries.wishes import Wishes, targets_above, wishes_of_all
from loopwell.notify.rules import leaves_at
from loopwell.responses.models import Response


def file_alarms(wanted: Iterable[Wanted], now: datetime) -> int:
    """One alarm for each person and thing, however often it is asked for; returns how many new."""
    asked = {(each.user_id, each.key): each for each in wanted}
    if not asked:
        return 0
    wishes = _wishes({user for user, _key in asked}, now)
    for stand_in in list(_deputies(asked.values(), wishes)):
        asked.setdefault((stand_in.user_id, stand_in.key), stand_in)
    wishes |= _wishes({user for user, _key in asked} - wishes.keys(), now)
    new = _new_alarms(asked, wishes, now)
    Alarm.objects.bulk_create(new)
    ways = [way for alarm in new for way in _ways(alarm, wishes[alarm.user_id], now)]
    ways += _team_ways(new, now)
    Dispatch.objects.bulk_create(ways, ignore_conflicts=True)
    return len(new)


def _wishes(user_ids: set[int], now: datetime) -> dict[int, Wishes]:
    return wishes_of_all(list(User.objects.filter(pk__in=user_ids)), now) if user_ids else {}


def _deputies(wanted: Iterable[Wanted], wishes: dict[int, Wishes]) -> Iterator[Wanted]:
    """For cases of somebody who is away, whoever stands in for them and sees the case."""
    for each in wanted:
        person = wishes.get(each.user_id)
        if person is None or not person.is_away or not person.deputy_id or not each.case_id:
            continue
        deputy = User.objects.filter(pk=person.deputy_id, is_active=True).first()
        if deputy and visible_cases(actor_for(deputy)).filter(pk=each.case_id).exists():
            facts = {**each.facts, "instead_of": person.user.name}
            yield replace(each, user_id=deputy.pk, facts=facts)


def _new_alarms(
    asked: dict[tuple[int, str], Wanted], wishes: dict[int, Wishes], now: datetime
) -> list[Alarm]:
    keys = {key for _user, key in asked}
    known = set(Alarm.objects.filter(key__in=keys).values_list("user_id", "key"))
    cases = _existing(Case, (each.case_id for each in asked.values()))
    answers = _existing(Response, (each.response_id for each in asked.values()))
    found = []
    for (user_id, key), each in asked.items():
        gone = each.case_id is not None and each.case_id not in cases
        if (user_id, key) in known or user_id not in wishes or gone:
            continue
        kind, person = kind_of(each.kind), wishes[user_id]
        by_mail = person.how(kind, EMAIL)
        found.append(
            Alarm(
                user_id=user_id,
                kind=each.kind,
                key=key,
                case_id=each.case_id,
                response_id=each.response_id if each.response_id in answers else None,
                subject=each.subject,
                subject_id=each.subject_id,
                facts=each.facts,
                is_urgent=kind.urgency is Urgency.AT_ONCE,
                is_listed=kind.always or person.how(kind, IN_APP) is not How.OFF,
                in_digest=(by_mail is How.DAILY or person.is_away) and by_mail is not How.OFF,
                created_at=now,
            )
        )
    return found


def _existing(model: type[Case] | type[Response], ids: Iterable[int | None]) -> set[int]:
    wanted = {each for each in ids if each is not None}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))


def _ways(alarm: Alarm, person: Wishes, now: datetime) -> Iterator[Dispatch]:
    """By mail and to each of the person's chats, at the moment that they like."""
    kind = kind_of(alarm.kind)
    if person.is_away:
        return
    receivers: list[tuple[str, Target | None]] = [(EMAIL, None)]
    receivers += [(target.channel, target) for target in person.targets]
    for channel, target in receivers:
        how = How.NOW if kind.always else person.how(kind, channel)
        if how not in (How.NOW, How.HOURLY):
            continue
        passes = kind.always or (alarm.is_urgent and person.quiet.urgent_passes)
        quiet = None if passes else person.quiet
        yield Dispatch(
            alarm=alarm,
            channel=channel,
            target=target,
            key=f"{channel}:{f't{target.pk}' if target else alarm.user_id}:{alarm.key}",
            bundle=how is How.HOURLY,
            leaves_at=leaves_at(now, how=how, quiet=quiet, zone=person.zone),
        )


def _team_ways(alarms: Sequence[Alarm], now: datetime) -> list[Dispatch]:
    """What concerns a unit goes to the unit's channels too, once, however many are told."""
    for_teams = [alarm for alarm in alarms if kind_of(alarm.kind).team]
    cases = Case.objects.select_related("unit").in_bulk(
        {a.case_id for a in for_teams if a.case_id is not None}
    )
    answers = Response.objects.select_related("unit").in_bulk(
        {a.response_id for a in for_teams if a.response_id is not None}
    )
    units = {}
    for alarm in for_teams:
        about = cases.get(alarm.case_id or 0) or answers.get(alarm.response_id or 0)
        if about is not None and about.unit is not None:
            units[alarm.pk] = about.unit
    targets = targets_above(units.values()) if units else {}
    return [
        Dispatch(
            alarm=alarm,
            channel=target.channel,
            target=target,
            key=f"{target.channel}:t{target.pk}:{alarm.key}",
            leaves_at=now,
        )
        for alarm in for_teams
        if alarm.pk in units
        for target in targets[units[alarm.pk].pk]
    ]
