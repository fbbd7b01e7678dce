"""How does a case end with something learnt, and how is it opened again?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.cases.enums import ChurnRisk, Result
from loopwell.cases.models import Case, Closure, Draft, Reopening
from loopwell.cases.operations.actions import Promise, keep_action
from loopwell.cases.operations.locking import claim_case, tell
from loopwell.cases.operations.merging import part_again
from loopwell.cases.operations.passing_on import pass_on
from loopwell.cases.operations.redress import Gift, keep_redress
from loopwell.cases.queries import calendar_for, visible_to
from loopwell.cases.rules import NEEDS_ROOT_CAUSE
from loopwell.kit.errors import Forbidden, Invalid, NotFound
from loopwell.kit.working_time import add_working_hours
from loopwell.themes.operations import propose_theme, record_root_causes
from loopwell.themes.rules import Cause

DUE_HOURS_WITHOUT_RULE = 24


@dataclass(frozen=True)
class Interview:
    """What came out of a case: its end, what was learnt, what was done, and why it happened.

    In `proposed` a cause's slug is the name of one that the list does not have.
    """

    result: Result
    learnt: str = ""
    resolution: str = ""
    causes: Sequence[Cause] = ()
    proposed: Sequence[Cause] = ()
    churn_risk: ChurnRisk | None = None
    may_quote: bool | None = None
    minutes: int | None = None
    gift: Gift | None = None
    promises: Sequence[Promise] = ()


@transaction.atomic
def close_case(
    *, actor: Actor, now: datetime, case: Case, version: int, interview: Interview
) -> Case:
    """Ends the case. Whoever spoke with the customer says what was learnt and why it happened."""
    fresh = claim_case(actor=actor, case=case, version=version)
    _check(interview, silent=fresh.response is None)
    if fresh.response is not None:
        causes = [*interview.causes, *_proposed(actor, now, interview)]
        record_root_causes(actor=actor, now=now, response=fresh.response, causes=causes)
    if interview.gift is not None:
        keep_redress(actor=actor, now=now, case=fresh, gift=interview.gift)
    for promise in interview.promises:
        keep_action(actor=actor, now=now, case=fresh, promise=promise)
    closure = Closure.objects.create(
        case=fresh,
        result=interview.result,
        learnt=interview.learnt.strip(),
        resolution=interview.resolution.strip(),
        churn_risk=interview.churn_risk or "",
        may_quote=interview.may_quote,
        minutes=interview.minutes,
        by_id=actor.user_id,
        at=now,
    )
    if interview.result in NEEDS_ROOT_CAUSE and fresh.reached_at is None:
        fresh.reached_at = now
    fresh.closed_at = now
    fresh.save(update_fields=["closed_at", "reached_at"])
    Draft.objects.filter(case=fresh).delete()
    tell(
        actor=actor,
        now=now,
        case=fresh,
        what="closed",
        closure=closure.pk,
        result=interview.result.value,
    )
    return fresh


def _proposed(actor: Actor, now: datetime, interview: Interview) -> list[Cause]:
    return [
        Cause(propose_theme(actor=actor, now=now, name=cause.slug).slug, cause.weight)
        for cause in interview.proposed
    ]


def _check(interview: Interview, *, silent: bool) -> None:
    if interview.result == Result.MERGED:
        message = _("Merge it with the other case instead of closing it.")
        raise Invalid(message, fields={"result": [message]})
    if interview.result not in NEEDS_ROOT_CAUSE:
        return
    fields = {}
    if not interview.learnt.strip():
        fields["learnt"] = [_("Write down what you learnt, in a sentence or two.")]
    if not interview.causes and not interview.proposed and not silent:
        fields["causes"] = [_("Choose at least one root cause.")]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)


@transaction.atomic
def reopen_case(*, actor: Actor, now: datetime, case: Case, version: int, reason: str) -> Case:
    """The case counts as new again: to be called, with a fresh deadline, by who still can."""
    fresh = claim_case(actor=actor, case=case, version=version, closed=True)
    if not reason.strip():
        message = _("Say why it must be opened again.")
        raise Invalid(message, fields={"reason": [message]})
    hours = fresh.rule.due_working_hours if fresh.rule else DUE_HOURS_WITHOUT_RULE
    fresh.closed_at = fresh.reached_at = None
    fresh.next_step_at = now
    calendar = calendar_for(fresh.unit)
    fresh.due_at = add_working_hours(now, hours, calendar)
    resolve = fresh.rule.resolve_working_hours if fresh.rule else None
    fresh.resolve_by = add_working_hours(now, resolve, calendar) if resolve else None
    fresh.escalated_to = None
    fresh.save(
        update_fields=[
            "closed_at", "reached_at", "next_step_at", "due_at", "resolve_by", "escalated_to",
        ]
    )  # fmt: skip
    if fresh.owner_id is not None:
        pass_on(now=now, user_ids=[fresh.owner_id])
        fresh.refresh_from_db(fields=["owner", "version"])
    part_again(actor=actor, now=now, case=fresh)
    reopening = Reopening.objects.create(
        case=fresh, reason=reason.strip()[:300], by_id=actor.user_id, at=now
    )
    tell(
        actor=actor,
        now=now,
        case=fresh,
        what="reopened",
        reopening=reopening.pk,
        owner=fresh.owner_id,
    )
    return fresh


def save_draft(*, actor: Actor, now: datetime, case: Case, data: Mapping[str, str]) -> Draft:
    """Keeps what this person has typed so far; nobody else sees it, nothing else changes."""
    require(actor, Right.WORK_CASES)
    if not visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is no such case."))
    if actor.user_id is None:
        raise Forbidden(_("Only people write drafts."))
    kept = {key: value[:20_000] for key, value in data.items() if value}
    return Draft.objects.update_or_create(
        case=case, user_id=actor.user_id, defaults={"data": kept, "saved_at": now}
    )[0]
