"""Who gets each case: who can, is there, speaks the customer's language and has least to do?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from loopwell.cases.enums import Route
from loopwell.cases.queries.routing import words
from loopwell.cases.queries.routing.claims import Claim, Routed
from loopwell.cases.queries.routing.staff import Staff, base, staff_for
from loopwell.cases.queries.routing.ways import Step, place, steps


@dataclass(frozen=True)
class _Pick:
    """Somebody who can take it, perhaps for somebody who is away; `why` if it is second best."""

    user: int
    instead_of: int | None = None
    why: str = ""


def routes(claims: Iterable[Claim], *, now: datetime) -> dict[int, Routed]:
    """The owner for each claim by its key, in a handful of queries for any number.

    The way the rule names first; when nobody there can, the nearest: the employee's own manager
    where one visit or call is judged, then the account's owner, then who leads the unit or those
    above, at last who runs the programme, who gets it whatever they know.
    """
    rows = list(claims)
    if not rows:
        return {}
    staff = staff_for(rows, now)
    found: dict[int, Routed] = {}
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows:
            routed = _route(row, staff, now.date())
            if routed.owner_id is not None:
                staff.hand_to(routed.owner_id)
            found[row.key] = routed
    return found


def _route(claim: Claim, staff: Staff, utc_day: date) -> Routed:
    day = staff.days.get(place(claim, staff) or 0, utc_day)
    asked = Route(claim.rule.route) if claim.rule else Route.NEAREST
    why = ""
    for step in steps(claim, staff):
        choose = _from_team if step.team else _first_who_can
        picked = choose(step, claim, staff, day)
        if isinstance(picked, _Pick):
            nearer = why or (words.nobody_leads(claim) if step.route == Route.PROGRAMME else "")
            return Routed(picked.user, step.route, picked.instead_of, nearer or picked.why)
        why = why or picked or (words.nobody_there(step.route) if step.route == asked else "")
    return _at_last(step, why)


def _at_last(step: Step, why: str) -> Routed:
    """Even whoever runs the programme is away: better theirs than nobody's."""
    owner = step.people[0] if step.people else None
    return Routed(owner, Route.PROGRAMME, None, why)


def _first_who_can(step: Step, claim: Claim, staff: Staff, day: date) -> _Pick | str:
    """The first who is there or has a deputy who is, and knows what is needed; or why not."""
    why = ""
    for user in step.people:
        if user not in staff.workers:
            continue
        picked = _there(user, staff, day)
        if picked is None:
            why = why or words.away(staff.workers[user].name)
        elif step.route == Route.PROGRAMME:
            return picked
        elif lacks := _lacks(picked.user, claim, staff):
            why = why or lacks
        else:
            return _Pick(picked.user, picked.instead_of, why)
    return why


def _from_team(step: Step, claim: Claim, staff: Staff, day: date) -> _Pick | str:
    """Of those there and able: who speaks the language, has the fewest, waited the longest."""
    members = [user for user in step.people if user in staff.workers]
    knowing = [user for user in members if not _lacks(user, claim, staff)]
    if members and not knowing:
        return _lacks(members[0], claim, staff)
    there = [_Pick(user) for user in knowing if staff.absence(user, day) is None]
    if not there:
        deputies = [_there(user, staff, day) for user in knowing]
        there = [each for each in deputies if each and not _lacks(each.user, claim, staff)]
    if not there:
        return words.all_away(step.route) if knowing else ""
    language = base(claim.language) if claim.rule and claim.rule.same_language else ""

    def turn(pick: _Pick) -> tuple[bool, int, tuple[int, float], int]:
        foreign = bool(language) and language not in staff.workers[pick.user].languages
        return (foreign, staff.load.get(pick.user, 0), staff.turn.get(pick.user, (0, 0)), pick.user)

    best = min(there, key=turn)
    if turn(best)[0]:
        return _Pick(best.user, best.instead_of, words.nobody_speaks(step.route, claim.language))
    return best


def _there(user: int, staff: Staff, day: date) -> _Pick | None:
    """They themselves, or their deputy, or the deputy's; None when the chain ends nowhere."""
    seen = {user}
    current = user
    while (absence := staff.absence(current, day)) is not None:
        following = absence.deputy
        if following is None or following in seen or following not in staff.workers:
            return None
        seen.add(following)
        current = following
    return _Pick(current, None if current == user else user)


def _lacks(user: int, claim: Claim, staff: Staff) -> str:
    """What the rule asks of whoever calls and this person does not have; "" for nothing."""
    rule = claim.rule
    if rule is None:
        return ""
    if rule.skill and rule.skill.casefold() not in staff.workers[user].skills:
        return words.nobody_can(Route(rule.route), rule.skill)
    if rule.training_id and (rule.training_id, user) not in staff.trained:
        return words.nobody_trained(rule)
    return ""
