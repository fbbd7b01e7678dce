"""How are a journey and its moments made, changed, moved and removed?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.models import User
from loopwell.access.rules import Actor, require
from loopwell.people.models import Account, Journey, Moment
from loopwell.people.queries.interactions import touchpoints_in_use
from loopwell.people.queries.lists import visible_accounts
from loopwell.people.queries.lookups import Directory
from loopwell.people.rules.problems import Problem
from loopwell.people.rules.ready_journeys import READY, BadJourney, JourneyExists


@dataclass(frozen=True)
class MomentChange:
    """All of a moment; `owner` is an e-mail or external id, `partner` an account's name or
    external id. Without a partner we deliver it ourselves."""

    name: str
    touchpoint: str
    owner: str = ""
    partner: str = ""


@transaction.atomic
def create_journey(*, actor: Actor, now: datetime, name: str, ready: str = "") -> Journey:
    """With the moments of a ready-made one, or with none; touchpoints that occur already keep
    their spelling ("Delivery"). Raises BadJourney, JourneyExists."""
    require(actor, Right.RUN_SURVEYS)
    journey = Journey.objects.create(name=_free_name(name), created_at=now)
    found = next((each for each in READY if each.slug == ready), None)
    spelled = {name.casefold(): name for name in touchpoints_in_use(actor)}
    Moment.objects.bulk_create(
        Moment(
            journey=journey,
            position=at,
            name=str(each.name),
            touchpoint=spelled.get(each.touchpoint, each.touchpoint),
        )
        for at, each in enumerate(found.moments if found else (), 1)
    )
    return journey


@transaction.atomic
def rename_journey(*, actor: Actor, now: datetime, journey: Journey, name: str) -> None:
    require(actor, Right.RUN_SURVEYS)
    journey.name = _free_name(name, journey)
    journey.save(update_fields=["name"])


def delete_journey(*, actor: Actor, now: datetime, journey: Journey) -> None:
    """Answers and programmes stay: they name touchpoints, not journeys."""
    require(actor, Right.RUN_SURVEYS)
    journey.delete()


@transaction.atomic
def save_moment(
    *,
    actor: Actor,
    now: datetime,
    journey: Journey,
    change: MomentChange,
    moment: Moment | None = None,
) -> Moment:
    """Adds one at the end, or changes it. Raises BadJourney with messages by field."""
    require(actor, Right.RUN_SURVEYS)
    fields: dict[str, list[str]] = {}
    if not change.name.strip():
        fields["name"] = [_("Say what happens, such as “Is connected at home”.")]
    if not change.touchpoint.strip():
        fields["touchpoint"] = [_("Say which touchpoint it is.")]
    owner = _owner(actor, change.owner, fields)
    partner = _partner(actor, change.partner, fields)
    if fields:
        raise BadJourney(next(iter(fields.values()))[0], fields=fields)
    last = Moment.objects.filter(journey=journey).aggregate(last=Max("position"))["last"] or 0
    found = moment or Moment(journey=journey, position=last + 1)
    found.name, found.touchpoint = change.name.strip()[:200], change.touchpoint.strip()[:60]
    found.owner, found.partner = owner, partner
    found.save()
    return found


@transaction.atomic
def move_moment(*, actor: Actor, now: datetime, moment: Moment, earlier: bool) -> None:
    """Changes places with its neighbour; the first stays first."""
    require(actor, Right.RUN_SURVEYS)
    rows = list(
        Moment.objects.select_for_update()
        .filter(journey_id=moment.journey_id)
        .order_by("position", "id")
    )
    at = next(place for place, each in enumerate(rows) if each.pk == moment.pk)
    other = at - 1 if earlier else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    _number(rows)


@transaction.atomic
def remove_moment(*, actor: Actor, now: datetime, moment: Moment) -> None:
    require(actor, Right.RUN_SURVEYS)
    journey = moment.journey_id
    moment.delete()
    _number(list(Moment.objects.filter(journey_id=journey).order_by("position", "id")))


def _number(rows: list[Moment]) -> None:
    for position, each in enumerate(rows, 1):
        each.position = position
    Moment.objects.bulk_update(rows, ["position"])


def _free_name(name: str, journey: Journey | None = None) -> str:
    told = name.strip()[:200]
    if not told:
        reason = _("Give the journey a name.")
        raise BadJourney(reason, fields={"name": [reason]})
    others = Journey.objects.filter(name=told)
    if journey is not None:
        others = others.exclude(pk=journey.pk)
    if others.exists():
        raise JourneyExists(_("Another journey has this name."))
    return told


def _owner(actor: Actor, text: str, fields: dict[str, list[str]]) -> User | None:
    found = Directory(actor).person(text) if text.strip() else None
    if isinstance(found, Problem):
        fields["owner"] = [found.reason]
        return None
    return found


def _partner(actor: Actor, text: str, fields: dict[str, list[str]]) -> Account | None:
    told = text.strip()
    if not told:
        return None
    seen = visible_accounts(actor)
    found = list(seen.filter(external_id=told)[:1]) or list(seen.filter(name=told)[:2])
    if len(found) == 1:
        return found[0]
    fields["partner"] = [
        _("several accounts have this name: use the external id")
        if found
        else _("no account of this name or external id: add it under Accounts first")
    ]
    return None
